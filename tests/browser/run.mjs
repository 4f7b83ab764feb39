// Proves in a real browser that built sites are good. tests/browser.sh builds them and starts this.
//
//     node run.mjs FOLDER         the self-test, then the sites in FOLDER/own, FOLDER/hard, FOLDER/hard-ar
//     node run.mjs --self-test    pages that are broken on purpose, alone: each check must see its fault

import { join } from 'node:path';
import { launch } from './browser.mjs';
import { Report } from './report.mjs';
import { selfTest } from './self-test.mjs';
import { BuiltSite } from './site.mjs';
import { walk } from './walk.mjs';

const SITES = [
  { name: 'own', title: 'Learning in the open', weighed: path => /^\/blog\/(?!page\/)[^/]+\/$/.test(path) },
  { name: 'hard', title: 'Hard site', each: 3, weighed: path => /^\/blog\/post-/.test(path) },
  { name: 'hard-ar', title: 'موقع صعب', base: '/ar/', language: 'ar', each: 1, first: 'most', validated: 'sample' },
];

const [argument] = process.argv.slice(2);
if (!argument) {
  console.error('usage: node run.mjs FOLDER | --self-test');
  process.exit(2);
}
const report = new Report();
const browser = await launch();
const timed = async (what, work) => {
  const started = Date.now();
  await work();
  console.log(`${what}: ${Math.round((Date.now() - started) / 1000)} s`);
};
await timed('self-test', () => selfTest(browser, report));
for (const it of argument === '--self-test' ? [] : SITES) {
  const site = new BuiltSite({ ...it, folder: join(argument, it.name) });
  await timed(`${site.name}, ${site.pages.length} pages, ${site.sample().length} in the browser`, () => walk(site, browser, report));
}
await browser.close();
process.exitCode = report.end();
