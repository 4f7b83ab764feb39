// A letter in a browser: wide and narrow, light and dark, with pictures and without.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A letter is shown within the page of a mail program, whose landmarks are not its own. */
const NOT_OF_LETTERS = ['landmark-one-main', 'region'];

/** A picture of one point. */
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

export const LOOKS = [320, 600].flatMap(width =>
  ['light', 'dark'].flatMap(scheme => [true, false].map(pictures => ({ name: `${width} px, ${scheme}, ${pictures ? 'with' : 'without'} pictures`, width, scheme, pictures }))),
);

/** Gives what is wrong with the letter at `url` as it looks in a window. */
export async function look(browser, url, { width, scheme, pictures }) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
  const tab = await context.newPage();
  const faults = [];
  await tab.route('**/*', route => {
    const request = route.request();
    if (request.url() === url) return route.continue();
    if (request.resourceType() !== 'image') faults.push({ selector: request.url(), wrong: `a letter asks for a ${request.resourceType()}` });
    return pictures && request.resourceType() === 'image' ? route.fulfill({ contentType: 'image/png', body: PIXEL }) : route.abort();
  });
  await tab.goto(url);
  const { over, silent } = await tab.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const silent = [...document.images].filter(it => !it.hasAttribute('alt') || (it.closest('a') && !it.alt && !it.closest('a').textContent.trim()));
    return { over: scrollWidth > clientWidth ? scrollWidth : 0, silent: silent.map(it => it.src) };
  });
  if (over) faults.push({ selector: 'html', wrong: `the letter is ${over} px wide in a window of ${width} px` });
  for (const src of silent) faults.push({ selector: src, wrong: 'a picture without words' });
  await tab.evaluate(AXE);
  const violations = await tab.evaluate(async without => {
    const rules = Object.fromEntries(without.map(it => [it, { enabled: false }]));
    const { violations } = await window.axe.run(document, { rules, resultTypes: ['violations'], preload: false });
    return violations.flatMap(({ id, help, nodes }) => nodes.map(it => ({ selector: it.target.join(' '), wrong: `${id}: ${help}` })));
  }, NOT_OF_LETTERS);
  faults.push(...violations);
  if (process.env.SCREENSHOTS && url.startsWith('http')) {
    await tab.screenshot({ path: `${process.env.SCREENSHOTS}/${new URL(url).pathname.replace(/\W+/g, '-')}-${width}-${scheme}${pictures ? '' : '-bare'}.png`, fullPage: true });
  }
  await context.close();
  return faults;
}
