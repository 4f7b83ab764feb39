// Nothing moves while the page loads: no layout shift is seen, and room is kept for each picture, further down too.

export const name = 'still';

/** Runs in the tab before the page does. */
export const watch = () => {
  window.shifts = [];
  const selector = node => (node?.localName ? `${node.localName}${node.id ? `#${node.id}` : ''}${node.className ? `.${String(node.className).split(' ').join('.')}` : ''}` : 'text');
  new PerformanceObserver(list => {
    for (const it of list.getEntries()) window.shifts.push({ value: it.value, moved: it.sources.map(({ node }) => selector(node)) });
  }).observe({ type: 'layout-shift', buffered: true });
};

export async function look(tab) {
  const { shifts, roomless } = await tab.evaluate(seen);
  // A busy machine may paint between any two words, once. What the page does, it does again.
  const again = new Set(shifts.length ? await reloaded(tab) : []);
  return [
    ...shifts.filter(({ moved }) => again.has(moved.join())).map(({ value, moved }) => ({ selector: moved.join(', '), wrong: `it moves while the page loads (${value.toFixed(4)})` })),
    ...roomless.map(it => ({ selector: `img[src="${it}"]`, wrong: 'without width and height no room is kept for it' })),
  ];
}

async function reloaded(tab) {
  await tab.reload({ waitUntil: 'load' });
  const { shifts } = await tab.evaluate(seen);
  return shifts.map(({ moved }) => moved.join());
}

/** Runs in the tab, once all that has moved so far is told. */
async function seen() {
  await new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
  const roomless = [...document.images].filter(it => !it.hasAttribute('width') || !it.hasAttribute('height'));
  return { shifts: window.shifts, roomless: roomless.map(it => it.getAttribute('src')) };
}
