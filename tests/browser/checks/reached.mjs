// Without script, every page is reached from the home page by links, and every link and file of the site is there, down to the anchor.

export const name = 'reached';

/** Walks the whole site. The browser parses each page with scripting off (DOMParser), so what only a script shows is not there. */
export async function visit(site, tab, origin) {
  await tab.goto(origin + site.base);
  const found = await tab.evaluate(crawl, origin + site.base);
  const missed = site.pages.filter(it => !it.isAlias && it.path !== '/404.html' && !found.reached.includes(it.url));
  return [
    ...found.faults,
    ...missed.map(it => ({ page: it.url, selector: 'a[href]', wrong: 'no way leads here from the home page' })),
  ];
}

/** Runs in the tab. Gives the paths of the HTML pages reached, and what is wrong with links. */
async function crawl(home) {
  const origin = new URL(home).origin;
  const answers = new Map([[home, null]]);
  const faults = [];
  const anchors = [];
  const queue = [home];
  const fetched = async url => {
    const response = await fetch(url);
    const isPage = response.headers.get('content-type')?.startsWith('text/html');
    const html = isPage ? new DOMParser().parseFromString(await response.text(), 'text/html') : null;
    return { status: response.status, html };
  };
  const addresses = (html, url) =>
    [...html.querySelectorAll('[href], [src], [srcset], form[method=get][action]')].flatMap(it => {
      const values = [it.getAttribute('href'), it.getAttribute('action'), it.getAttribute('src'), ...(it.getAttribute('srcset') ?? '').split(',').map(it => it.trim().split(' ')[0])];
      // A form needs no script either: it leads where it is sent.
      const leads = it.localName === 'a' || it.localName === 'form';
      return values.filter(Boolean).map(value => ({ selector: `${it.localName}[${value}]`, leads, to: URL.parse ? URL.parse(value, url) : new URL(value, url) }));
    });
  while (queue.length) {
    const batch = queue.splice(0, 8);
    await Promise.all(batch.map(async url => {
      const { status, html } = await fetched(url);
      const anchor = html && new Set([...html.querySelectorAll('[id]')].map(it => it.id));
      answers.set(url, { status, anchor, isPage: Boolean(html) });
      if (!html || status !== 200) return;
      const page = url.slice(origin.length);
      for (const { selector, leads, to } of addresses(html, url)) {
        if (!to) faults.push({ page, selector, wrong: 'this is no address' });
        if (to?.origin !== origin) continue;
        const target = to.href.split('#')[0];
        anchors.push({ page, selector, target, anchor: decodeURIComponent(to.hash.slice(1)), leads });
        if (!answers.has(target)) {
          answers.set(target, null);
          queue.push(target);
        }
      }
    }));
  }
  for (const { page, selector, target, anchor } of anchors) {
    const answer = answers.get(target);
    if (answer.status !== 200) faults.push({ page, selector, wrong: `it leads to ${target}, which answers ${answer.status}` });
    else if (anchor && answer.anchor && !answer.anchor.has(anchor)) faults.push({ page, selector, wrong: `there is no #${anchor} on ${target}` });
  }
  const led = new Set(anchors.filter(it => it.leads).map(it => it.target).concat(home));
  const reached = [...answers].filter(([url, it]) => it.isPage && it.status === 200 && led.has(url)).map(([url]) => url.slice(origin.length));
  return { reached, faults };
}
