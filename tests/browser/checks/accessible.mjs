// WCAG 2.2 AA and best practice, as far as a machine can tell: axe-core.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const name = 'accessible';

/** Looks at the page as it stands. Needs `AXE` in the tab, which the first call puts there. */
export async function look(tab) {
  if (!(await tab.evaluate(() => 'axe' in window))) await tab.evaluate(AXE);
  const violations = await tab.evaluate(async tags => {
    const { violations } = await window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], preload: false });
    return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(it => ({ selector: it.target.join(' '), why: it.failureSummary })) }));
  }, TAGS);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ selector, why }) => ({ selector, wrong: `${id}: ${help}${id === 'color-contrast' ? ` (${why.split('\n')[1]?.trim()})` : ''}` })),
  );
}
