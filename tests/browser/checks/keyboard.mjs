// All that can be done with a pointer can be done with keys, and one sees where one is: WCAG 2.1.1, 2.4.1, 2.4.3, 2.4.7, 2.4.11.

export const name = 'keyboard';

/** More stops than any page has: a walk that long has no end. */
const LIMIT = 2000;

/** Walks over the whole page with Tab, from its top; then takes the skip link. */
export async function look(tab) {
  await tab.evaluate(prepare);
  const stops = [];
  for (let stop = await next(tab); stop && !stop.again; stop = await next(tab)) {
    if (stops.push(stop) === LIMIT) return [{ selector: 'body', wrong: `Tab does not come to an end after ${LIMIT} steps` }];
  }
  const missed = await tab.evaluate(() => window.missed());
  return [...stops.flatMap(unseen), ...missed, ...(await skipLink(tab, stops[0]))];
}

async function next(tab) {
  await tab.keyboard.press('Tab');
  return tab.evaluate(() => window.stop());
}

function unseen({ selector, ring, hidden }) {
  return [
    ...(ring ? [] : [{ selector, wrong: 'one does not see that it is focused' }]),
    ...(hidden ? [{ selector, wrong: `it is focused where one does not see it: ${hidden}` }] : []),
  ];
}

async function skipLink(tab, first) {
  if (first?.href !== '#main') return [{ selector: first?.selector ?? 'body', wrong: 'the first that is focused is not the skip link to #main' }];
  await tab.focus('a[href="#main"]');
  await tab.keyboard.press('Enter');
  const focused = await tab.evaluate(() => document.activeElement?.id ?? '');
  return focused === 'main' ? [] : [{ selector: first.selector, wrong: 'the skip link does not move the focus to #main' }];
}

/** Runs in the tab: remembers how all that can be focused looks, and gives the functions that the walk asks. */
function prepare() {
  const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  const ring = it => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, borderWidth, borderStyle } = getComputedStyle(it);
    const outline = outlineStyle === 'none' || outlineWidth === '0px' || /, 0\)$/.test(outlineColor) ? 'none' : `${outlineStyle} ${outlineWidth} ${outlineColor}`;
    return [outline, boxShadow, borderColor, borderWidth, borderStyle].join(' | ');
  };
  const selector = it => {
    const step = it => `${it.localName}${it.id ? `#${it.id}` : ''}${[...it.classList].map(name => `.${name}`).join('')}`;
    const href = it.getAttribute('href');
    return `${it.parentElement ? `${step(it.parentElement)} > ` : ''}${step(it)}${href ? `[href="${href}"]` : ''}`;
  };
  const hidden = it => {
    // A link that runs over several lines has a box for each; the first is what one must see.
    const box = [...it.getClientRects()].find(it => it.width > 0 && it.height > 0);
    if (!box) return 'it has no size';
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    if (right - left < 1 || bottom - top < 1) return `it is out of the window, at ${Math.round(box.left)}, ${Math.round(box.top)}`;
    const above = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const covered = above && !it.contains(above) && !above.contains(it) ? selector(above) : '';
    return covered && `${covered} lies over it`;
  };
  const isSeen = it => it.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && !it.disabled && it.tabIndex >= 0;
  const before = new WeakMap();
  for (const it of document.querySelectorAll('*')) if (it.tabIndex >= 0) before.set(it, ring(it));
  const stops = new Set();
  // The next Tab goes on from what was focused last, so something is, for a moment, at the very top.
  const top = document.createElement('span');
  top.tabIndex = -1;
  document.body.prepend(top);
  top.focus();
  top.remove();
  scrollTo(0, 0);
  window.stop = () => {
    const it = document.activeElement;
    if (!it || it === document.body || it === document.documentElement) return null;
    const again = stops.has(it);
    stops.add(it);
    const now = ring(it);
    const shown = now !== (before.get(it) ?? '') && now !== 'none | none';
    return { selector: selector(it), href: it.getAttribute('href'), ring: shown, hidden: hidden(it), again };
  };
  window.missed = () =>
    [...document.querySelectorAll(FOCUSABLE)].filter(it => isSeen(it) && !stops.has(it)).map(it => ({ selector: selector(it), wrong: 'Tab does not come to it' }));
}
