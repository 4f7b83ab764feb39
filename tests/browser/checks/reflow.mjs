// WCAG 1.4.10: no window is so narrow, down to 320 px, that the page has to be scrolled sideways; boxes of wide tables and code may.

export const name = 'reflow';

const WIDTHS = [1280, 768, 320];

/** Makes the window narrower step by step. */
export async function look(tab) {
  const faults = [];
  for (const width of WIDTHS) {
    await tab.setViewportSize({ width, height: 800 });
    faults.push(...(await overflow(tab)));
  }
  return faults;
}

async function overflow(tab) {
  const wide = await tab.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return null;
    const inBox = it => {
      for (let box = it.parentElement; box && box !== document.body; box = box.parentElement) {
        if (getComputedStyle(box).overflowX !== 'visible') return true;
      }
      return false;
    };
    const over = [...document.body.querySelectorAll('*')].filter(it => {
      const { left, right } = it.getBoundingClientRect();
      return (right > clientWidth + 1 || left < -1) && !inBox(it);
    });
    const path = it => (it.id ? `#${it.id}` : `${it.localName}${[...it.classList].map(name => `.${name}`).join('')}`);
    const chain = it => (it.parentElement && it.parentElement !== document.body ? `${path(it.parentElement)} > ${path(it)}` : path(it));
    return { scrollWidth, clientWidth, over: [...new Set(over.map(chain))].slice(0, 6).join(', ') };
  });
  return wide ? [{ selector: wide.over || 'html', wrong: `the page is ${wide.scrollWidth} px wide in a window of ${wide.clientWidth} px` }] : [];
}
