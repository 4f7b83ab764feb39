// A post without pictures is at most 30 kB as written, HTML with its style sheets and scripts; and no script holds a page up.

import { statSync } from 'node:fs';
import { join } from 'node:path';

export const name = 'light';

const LIMIT = 30_000;

export async function visit(site) {
  return site.pages.flatMap(page => [...blocking(page), ...(site.weighed(page.path) ? heavy(site, page) : [])]);
}

function blocking(page) {
  const scripts = [...page.html.matchAll(/<script\b([^>]*)>/g)].map(it => it[1]);
  const held = scripts.filter(it => /\bsrc=/.test(it) && !/\b(async|defer)\b|type="module"/.test(it));
  return held.map(it => ({ page: page.url, selector: `script${it}`, wrong: 'it holds the page up: give it defer' }));
}

function heavy(site, page) {
  if (/<img\b/.test(page.html)) return [];
  const files = [...page.html.matchAll(/<link rel="stylesheet" href="([^"]+)"|<script[^>]*\bsrc="([^"]+)"/g)].map(it => it[1] ?? it[2]);
  const bytes = files.reduce((sum, it) => sum + size(site, page, it), Buffer.byteLength(page.html));
  return bytes > LIMIT ? [{ page: page.url, selector: 'html', wrong: `with its styles and scripts it has ${bytes} bytes, at most ${LIMIT}` }] : [];
}

/** Gives the bytes of a file of the site by its address; 0 where there is none, which is another check's to say. */
function size(site, page, address) {
  const { pathname } = new URL(address, `http://localhost${page.url}`);
  return statSync(join(site.folder, pathname.slice(site.base.length)), { throwIfNoEntry: false })?.size ?? 0;
}
