// Runs the checks on a site: those of the site as a whole, and those of single pages, in a few tabs at once.

import * as accessible from './checks/accessible.mjs';
import * as keyboard from './checks/keyboard.mjs';
import * as light from './checks/light.mjs';
import * as named from './checks/named.mjs';
import * as printed from './checks/printed.mjs';
import * as quiet from './checks/quiet.mjs';
import * as reached from './checks/reached.mjs';
import * as reflow from './checks/reflow.mjs';
import * as still from './checks/still.mjs';
import * as valid from './checks/valid.mjs';
import { LOOKS, NARROW_DARK, WIDE_LIGHT, setLook } from './browser.mjs';
import { serve } from './server.mjs';

/** Checks of a site as a whole: `visit(site, tab, origin)` gives its faults. */
const OF_SITES = [valid, named, light, reached];

/** The looks in which each way has axe look at a page, and those in which it walks over it with keys. */
const WAYS = {
  all: { looks: LOOKS, walks: [NARROW_DARK, WIDE_LIGHT] },
  most: { looks: [WIDE_LIGHT, NARROW_DARK], walks: [NARROW_DARK] },
  once: { looks: [WIDE_LIGHT], walks: [] },
};

/** Checks a site with `tabs` pages at once, and tells `report` what passed and what is wrong. */
export async function walk(site, browser, report, tabs = 3) {
  const server = await serve(site.folder, site.base);
  const context = await browser.newContext();
  await context.addInitScript(still.watch);
  const queue = site.sample();
  const pages = async () => {
    const tab = await context.newPage();
    for (let next = queue.shift(); next; next = queue.shift()) await visit(site, next, tab, server.origin, report);
    await tab.close();
  };
  const whole = async () => {
    const tab = await context.newPage();
    for (const check of OF_SITES) report.add(site, check.name, site.base, await check.visit(site, tab, server.origin));
    await tab.close();
  };
  await Promise.all([whole(), ...Array.from({ length: tabs }, pages)]);
  await context.close();
  await server.close();
}

/** Looks at a page in one tab. What takes long, axe and the walk with keys, is done in the looks that its way names. */
async function visit(site, { page, way }, tab, origin, report) {
  const add = (check, faults, look) => report.add(site, check.name, page.url, faults, look);
  await setLook(tab, WIDE_LIGHT);
  const heard = quiet.listen(tab, origin);
  await tab.goto(origin + page.url, { waitUntil: 'load' });
  add(still, await still.look(tab));
  for (const look of WAYS[way].looks) {
    await setLook(tab, look);
    add(accessible, await accessible.look(tab), look);
  }
  add(reflow, await reflow.look(tab));
  for (const look of WAYS[way].walks) {
    await setLook(tab, look);
    add(keyboard, await keyboard.look(tab), look);
  }
  add(printed, await printed.look(tab));
  add(quiet, await heard());
}
