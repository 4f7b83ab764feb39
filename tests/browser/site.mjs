// A built site as the checks see it: its HTML pages, what template each has, and which of them are looked at.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A built site.
 *
 * - `name`: for reports; `title`: its own
 * - `folder`: where it was written to
 * - `base`: the path that it stands under, `/` or `/ar/`
 * - `language`: of the site
 * - `each`: how many pages of each template are looked at in the browser
 * - `extreme`: tells from a path whether the page is looked at in any case
 * - `first`: the way in which the first page of each template is looked at; see `sample`
 * - `validated`: whether every file is validated, or those that are looked at
 * - `weighed`: tells from a path whether the page is an ordinary post, which must be light
 */
export class BuiltSite {
  constructor({ name, title, folder, base = '/', language = 'en-GB', each = Infinity, extreme = path => path.includes('extreme'), first = 'all', validated = 'every', weighed = () => false }) {
    Object.assign(this, { name, title, folder, base, language, each, extreme, first, validated, weighed });
    this.pages = htmlFiles(folder).map(file => new Page(this, file));
    const parents = new Set(this.pages.map(it => it.path.replace(/[^/]+\/$/, '')));
    for (const page of this.pages) page.template = template(page, parents.has(page.path));
  }

  /** Gives the pages to look at in the browser, each with its way: `all` ways, the `most` telling ones, or `once`. */
  sample() {
    const seen = new Map();
    return this.pages.flatMap(page => {
      const count = (seen.get(page.template) ?? 0) + 1;
      seen.set(page.template, count);
      if (page.isAlias) return [];
      if (this.extreme(page.path)) return [{ page, way: 'most' }];
      if (count === 1) return [{ page, way: this.first }];
      return count <= this.each ? [{ page, way: 'once' }] : [];
    });
  }
}

/** An HTML file: `file` in the folder, `path` on the site without its base, `url` on its host. */
export class Page {
  constructor(site, file) {
    this.file = file;
    this.path = `/${file.replace(/(^|\/)index\.html$/, '$1')}`;
    this.url = site.base + encodeURI(this.path.slice(1));
    this.html = readFileSync(join(site.folder, file), 'utf8');
    this.isAlias = /<meta http-equiv="refresh"/i.test(this.html);
  }
}

/** Pages whose addresses have the same shape have the same template; pages at the root are one template. */
function template(page, hasChildren) {
  if (page.isAlias) return 'alias';
  const [first, ...rest] = page.path.split('/').filter(Boolean);
  if (!first) return 'home';
  if (!rest.length) return hasChildren ? page.path : 'page';
  const shape = rest.map(it => (it === 'page' ? 'page' : '*')).join('/');
  return `/${first}/${shape}${hasChildren ? '/' : ''}`;
}

function htmlFiles(folder) {
  const files = readdirSync(folder, { recursive: true }).filter(it => it.endsWith('.html'));
  return files.sort();
}
