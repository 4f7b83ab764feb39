// Proves that the forms of a newsletter's issues can be read by mail programs, look well, and can be sent.
//
//     node mail.mjs FOLDER...      folders with the forms of issues in them, at any depth
//
// SCREENSHOTS names a folder for pictures of each look, for people.

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { launch } from './browser.mjs';
import { unknown } from './mail/known.mjs';
import { LOOKS, look } from './mail/looks.mjs';
import { mailServer, sent } from './mail/sent.mjs';
import { Report } from './report.mjs';
import { serve } from './server.mjs';

const PAGE = body => `<!DOCTYPE html><html lang="en"><head><title>A</title></head><body><h1>A</h1>${body}</body></html>`;

/** Letters that are broken on purpose, one fault each: a check that can't fail proves nothing. */
const BROKEN = [
  ['a form', 'known', PAGE('<form><input></form>')],
  ['a background picture', 'known', PAGE('<p style="background-image: url(a.png)">Words</p>')],
  ['a grid', 'known', PAGE('<p style="display: grid; position: fixed">Words</p>')],
  ['a wide element', 'looks', PAGE('<p style="width: 700px">Words</p>')],
  ['pale words', 'looks', PAGE('<p style="color: #aaa">Words</p>')],
  ['pale words in the dark', 'looks', PAGE('<style>@media (prefers-color-scheme: dark) { p { color: #ccc } }</style><p>Words</p>')],
  ['a picture without words', 'looks', PAGE('<img src="https://example.org/a.png">')],
  ['a style sheet', 'looks', PAGE('<link rel="stylesheet" href="https://example.org/a.css">')],
];

const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&#160;': '\u00a0', '&nbsp;': '\u00a0' };

const folders = process.argv.slice(2);
if (!folders.length) {
  console.error('usage: node mail.mjs FOLDER...');
  process.exit(2);
}
const report = new Report();
const browser = await launch();
const server = await mailServer();

for (const [what, check, html] of BROKEN) {
  const found = check === 'known' ? unknown(html) : await everyLook(`data:text/html,${encodeURIComponent(html)}`);
  report.add({ name: 'self-test' }, check, what, found.length ? [] : [{ selector: 'html', wrong: 'it is not seen' }]);
}
const changed = await sent(server, Buffer.from('Subject: B\r\n\r\nA\r\n'), { text: 'C', html: '', subject: 'A' });
const unfilled = 'From: a@b.org\r\nSubject: A\r\nContent-Type: text/html\r\n\r\n<a href="{{leave}}">Leave</a>\r\n';
const kept = await sent(server, Buffer.from(unfilled), { text: '', html: '<a href="{{leave}}">Leave</a>', subject: 'A' });
report.add({ name: 'self-test' }, 'sent', 'a word for a service', kept.some(it => /HTML differs/.test(it.wrong)) ? [] : [{ selector: 'draft.eml', wrong: 'it is not seen' }]);
report.add({ name: 'self-test' }, 'sent', 'a wrong message', changed.length > 3 ? [] : [{ selector: 'draft.eml', wrong: 'it is not seen' }]);

for (const folder of folders) {
  const site = { name: folder.split('/').at(-1) };
  const web = await serve(folder, '/');
  const letters = readdirSync(folder, { recursive: true }).filter(it => it.endsWith('email.html')).sort().map(dirname);
  if (!letters.length) report.add(site, 'letters', folder, [{ selector: folder, wrong: 'there are none' }]);
  const bySize = letters.toSorted((a, b) => size(folder, a) - size(folder, b));
  for (const path of letters) {
    const read = name => readFileSync(join(folder, path, name));
    const html = read('email.html').toString();
    report.add(site, 'known', path, unknown(html));
    // What the shortest and the longest show, the others show too.
    const looks = path === bySize[0] || path === bySize.at(-1) ? LOOKS : [];
    for (const it of looks) report.add(site, 'looks', path, await look(browser, `${web.origin}/${path}/email.html`, it), it);
    const subject = /<title>(.*?)<\/title>/s.exec(html)[1].replace(/&#?\w+;/g, it => ENTITIES[it] ?? it);
    report.add(site, 'sent', path, await sent(server, read('draft.eml'), { text: read('email.txt').toString(), html, subject }));
  }
  console.log(`${site.name}: ${letters.length} issues`);
  await web.close();
}
await server.close();
await browser.close();
process.exitCode = report.end();

function size(folder, path) {
  return statSync(join(folder, path, 'email.html')).size;
}

async function everyLook(url) {
  const found = [];
  for (const it of LOOKS) found.push(...(await look(browser, url, it)));
  return found;
}
