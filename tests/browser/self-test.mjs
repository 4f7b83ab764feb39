// Small sites that are broken on purpose, one fault each: a check that can't fail proves nothing.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Report } from './report.mjs';
import { BuiltSite } from './site.mjs';
import { walk } from './walk.mjs';

const STYLE = `body { margin: 0; font: 1rem sans-serif; color: #111; background: #fff; }
a { color: #0b5566; } a:focus { outline: 3px solid #111; }
.skip { position: absolute; top: -10rem; } .skip:focus { top: 1rem; background: #fff; }
@media print { nav, .skip { display: none; } }`;

/** A page that is good, but for what is put in. */
const page = ({ lang = 'en-GB', dir = 'ltr', title, head = '', skip = '<a class="skip" href="#main">Skip to the text</a>', main = '', style = STYLE } = {}) => `<!doctype html>
<html lang="${lang}" dir="${dir}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title}</title>
  <link rel="icon" href="data:,">
  <style>${style}</style>
  ${head}
</head>
<body>
${skip}
<header><nav aria-label="Menu"><ul><li><a href="/">Home</a></li></ul></nav></header>
<main id="main" tabindex="-1">
<h1>Home</h1>
${main}
</main>
<footer><p>The end.</p></footer>
</body>
</html>
`;

const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"></svg>';
const broken = parts => ({ 'index.html': parts });

/** What is broken, the check that must see it, the words that it must use, and the files: pages by their parts, others as they are. */
const BROKEN = [
  ['a picture without alt', 'accessible', /image-alt/, { ...broken({ main: '<p><img src="a.svg" width="10" height="10"></p>' }), 'a.svg': PICTURE }],
  ['low contrast', 'accessible', /color-contrast/, broken({ main: '<p style="color: #aaa">Pale.</p>' })],
  ['low contrast in the dark', 'accessible', /color-contrast/, broken({ style: `${STYLE} @media (prefers-color-scheme: dark) { p { color: #ccc; } }` })],
  ['a small target', 'accessible', /target-size/, broken({ main: '<p><button type="button" style="inline-size: 12px" aria-label="One"></button><button type="button" style="inline-size: 12px" aria-label="Two"></button></p>' })],
  ['a wide element', 'reflow', /400 px wide/, broken({ main: '<p style="width: 400px">Wide.</p>' })],
  ['an element that is wide in wide windows', 'reflow', /1400 px wide/, broken({ style: `${STYLE} @media (min-width: 1200px) { h1 { width: 1400px; } }` })],
  ['a remote picture', 'quiet', /leaves the host/, broken({ main: '<p><img alt="" src="https://tracker.example/a.png" width="1" height="1"></p>' })],
  ['a script that fails', 'quiet', /it fails/, broken({ head: '<script>nothing.at.all();</script>' })],
  ['a warning on the console', 'quiet', /warning/, broken({ head: '<script>console.warn("careful");</script>' })],
  ['a cookie', 'quiet', /cookie/, broken({ head: '<script>document.cookie = "a=1";</script>' })],
  ['storage', 'quiet', /localStorage/, broken({ head: '<script>localStorage.a = 1;</script>' })],
  ['a database', 'quiet', /IndexedDB/, broken({ head: '<script>indexedDB.open("a");</script>' })],
  ['a picture that moves the text', 'still', /moves/, { ...broken({ main: '<p><img alt="" src="a.svg"></p><p>Below.</p>' }), 'a.svg': PICTURE }],
  ['a picture below that will move the text', 'still', /no room is kept/, { ...broken({ main: '<p style="height: 2000px">Long.</p><p><img alt="" src="a.svg" loading="lazy"></p>' }), 'a.svg': PICTURE }],
  ['no skip link', 'keyboard', /not the skip link/, broken({ skip: '' })],
  ['a skip link that one does not see', 'keyboard', /out of the window/, broken({ style: STYLE.replace('.skip:focus { top: 1rem;', '.skip:focus {') })],
  ['a focus that one does not see', 'keyboard', /does not see that it is focused/, broken({ style: STYLE.replace('outline: 3px solid #111', 'outline: 0') })],
  ['something over a link', 'keyboard', /lies over it/, broken({ main: '<p style="position: relative"><a href="/">Under</a><span style="position: absolute; inset: 0; background: #fff"></span></p>' })],
  ['a link that keys do not reach', 'keyboard', /Tab does not come/, broken({ head: '<script>addEventListener("focusin", it => it.target.id === "x" && it.target.blur())</script>', main: '<p><a id="x" href="/">X</a> <a href="/">Y</a></p>' })],
  ['a menu on paper', 'printed', /it is printed/, broken({ style: STYLE.replace('nav, .skip', '.skip') })],
  ['text that is not on paper', 'printed', /it is not printed/, broken({ style: STYLE.replace('nav, .skip', 'nav, .skip, main') })],
  ['a page without a way', 'reached', /no way leads here/, { ...broken(), 'lost/index.html': {} }],
  ['a link that leads nowhere', 'reached', /answers 404/, broken({ main: '<p><a href="/gone/">Gone</a></p>' })],
  ['an anchor that is not there', 'reached', /there is no #gone/, broken({ main: '<p><a href="#gone">Gone</a></p>' })],
  ['an id twice', 'valid', /no-dup-id/, broken({ main: '<p id="a">A</p><p id="a">B</p>' })],
  ['an element where it may not be', 'valid', /element-permitted-content/, broken({ main: '<ul><p>A</p></ul>' })],
  ['a title twice', 'named', /too/, { ...broken({ title: 'Same – Test', main: '<p><a href="b/">B</a></p>' }), 'b/index.html': { title: 'Same – Test' } }],
  ['a title without the name of the site', 'named', /does not end with/, broken({ title: 'Other' })],
  ['no language', 'named', /no language/, broken({ lang: '' })],
  ['the wrong direction', 'named', /written rtl/, broken({ lang: 'ar' })],
  ['a heavy page', 'light', /bytes, at most/, broken({ main: `<p>${'word '.repeat(7000)}</p>` })],
  ['a script that holds the page up', 'light', /holds the page up/, { ...broken({ head: '<script src="a.js"></script>' }), 'a.js': '' }],
];

/** Requires that nothing is wrong with a good page, and that each check sees its fault. Tells `report`. */
export async function selfTest(browser, report) {
  const self = { name: 'self-test' };
  report.add(self, 'self-test', 'a good page', await faults(browser, { 'index.html': page({ title: 'Test' }) }));
  const files = {};
  for (const [at, [what, , , own]] of BROKEN.entries()) {
    for (const [name, content] of Object.entries(own)) {
      files[`${at}/${name}`] = typeof content === 'string' ? content : page({ title: `${what}, ${name} – Test`, ...content });
    }
  }
  const links = BROKEN.map((_, at) => `<li><a href="/${at}/">Broken ${at}</a></li>`).join('');
  const found = await faults(browser, { ...files, 'index.html': page({ title: 'Test', main: `<ul>${links}</ul>` }) });
  for (const [at, [what, check, words]] of BROKEN.entries()) {
    const own = found.filter(it => it.page.startsWith(`/${at}/`));
    const others = own.map(it => `${it.check}: ${it.wrong}`).join('; ') || 'nothing';
    const seen = own.some(it => it.check === check && words.test(it.wrong));
    report.add(self, 'self-test', what, seen ? [] : [{ page: what, selector: check, wrong: `it does not see this. Found: ${others}` }]);
  }
}

/** Gives what is wrong with a site of these files, where each page is looked at as an extreme one. */
async function faults(browser, files) {
  const folder = mkdtempSync(join(tmpdir(), 'folio-broken-'));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  const report = new Report(() => {});
  await walk(new BuiltSite({ name: 'broken', title: 'Test', folder, weighed: () => true, extreme: () => true }), browser, report);
  rmSync(folder, { recursive: true });
  return report.faults;
}
