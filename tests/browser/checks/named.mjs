// Each page has a title of its own that ends with the site's, a language, and the direction of that language.

export const name = 'named';

const RIGHT_TO_LEFT = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);

export async function visit(site) {
  const titles = new Map();
  return site.pages.flatMap(page => {
    const title = /<title>([^<]*)<\/title>/.exec(page.html)?.[1].trim() ?? '';
    const other = titles.get(title);
    if (!page.isAlias) titles.set(title, page.url);
    const faults = [];
    const wrong = (selector, wrong) => faults.push({ page: page.url, selector, wrong });
    if (!title) wrong('title', 'it is empty');
    if (other && !page.isAlias) wrong('title', `“${title}” is the title of ${other} too`);
    if (!title.endsWith(site.title)) wrong('title', 'it does not end with the title of the site');
    return [...faults, ...language(page, page.path === '/' ? site.language : null)];
  });
}

function language(page, expected) {
  const [, attributes] = /<html([^>]*)>/.exec(page.html) ?? [null, ''];
  const lang = /\blang="([^"]*)"/.exec(attributes)?.[1] ?? '';
  const dir = /\bdir="([^"]*)"/.exec(attributes)?.[1] ?? 'ltr';
  const right = RIGHT_TO_LEFT.has(lang.split('-')[0]) ? 'rtl' : 'ltr';
  const faults = [];
  if (!isTag(lang)) faults.push({ page: page.url, selector: 'html', wrong: `lang="${lang}" is no language` });
  if (expected && lang !== expected) faults.push({ page: page.url, selector: 'html', wrong: `lang is ${lang}, the site says ${expected}` });
  if (dir !== right) faults.push({ page: page.url, selector: 'html', wrong: `dir is ${dir}, ${lang} is written ${right}` });
  return faults;
}

function isTag(lang) {
  try {
    return Boolean(lang) && Intl.getCanonicalLocales(lang).length === 1;
  } catch {
    return false;
  }
}
