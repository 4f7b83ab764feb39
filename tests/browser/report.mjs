// Counts what passed, and says what did not: the page, what is wrong, and where.

/** How many faults of one check on one page are shown. */
const SHOWN = 8;

export class Report {
  constructor(print = console.log) {
    Object.assign(this, { print, passed: 0, failed: 0, faults: [] });
  }

  /** Adds what one check found at `url`: nothing, or faults `{ selector, wrong }`, which may name a `page` of their own. */
  add(site, check, url, faults, look) {
    if (!faults.length) {
      this.passed += 1;
      return;
    }
    this.failed += 1;
    const lines = faults.map(it => ({ site: site.name, check, page: it.page ?? url, look: look?.name, selector: it.selector, wrong: it.wrong }));
    this.faults.push(...lines);
    this.print(`FAIL ${check}: ${site.name} ${url}${look ? ` (${look.name})` : ''}`);
    for (const it of lines.slice(0, SHOWN)) this.print(`     ${it.page === url ? '' : `${it.page} `}${it.selector}: ${it.wrong}`);
    if (lines.length > SHOWN) this.print(`     and ${lines.length - SHOWN} more`);
  }

  /** Says how it went, and gives the exit status. */
  end() {
    this.print(`${this.passed} passed, ${this.failed} failed`);
    return this.failed ? 1 : 0;
  }
}
