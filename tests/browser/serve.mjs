// Proves in a real browser that `folio serve` keeps a page as its source is: text, faults, style sheets.
//
//     node serve.mjs FOLIO FOLDER      FOLDER is a site that may be changed

import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { launch } from './browser.mjs';

const [folio, folder] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const post = join(folder, 'content/posts/2024-01-02-live.md');
const text = (title, body) => `---\ntitle: ${title}\nsummary: What it is.\ndate: 2024-01-02\n---\n\n${body}\n\n${'A line.\n\n'.repeat(120)}`;
writeFileSync(post, text('Before', 'First words.'));

const server = spawn(folio, ['serve', '--root', folder, '--port', '0', '--now', '2026-11-01'], { stdio: ['ignore', 'pipe', 'ignore'] });
const address = await new Promise(found => {
  createInterface({ input: server.stdout }).on('line', line => line.startsWith('http://') && found(line.split(' ')[0].replace('localhost', '127.0.0.1')));
});
const browser = await launch();
const faults = [];
const expect = (what, holds) => {
  if (!holds) faults.push(what);
};
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', error => errors.push(error.message));
  await page.goto(`${address}blog/live/`);
  await page.evaluate(() => window.scrollTo(0, 900));

  writeFileSync(post, text('After', 'Second words.'));
  await page.waitForFunction(() => document.body.textContent.includes('Second words.'), null, { timeout: 10_000 });
  await page.waitForFunction(() => window.scrollY > 600, null, { timeout: 5_000 }).catch(() => expect('the page stays where it was scrolled to', false));

  writeFileSync(post, text('Housing: a review', 'Third words.'));
  const panel = page.locator('folio-faults section');
  await panel.waitFor({ timeout: 10_000 });
  const told = await panel.innerText();
  expect(`the panel names the line: ${told}`, told.includes('content/posts/2024-01-02-live.md:2:8'));
  expect('the panel shows the way out', told.includes('title: "Housing: a review"'));
  expect('the page is as it was', await page.evaluate(() => document.body.textContent.includes('Second words.')));
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  for (const it of found.violations) faults.push(`axe ${it.id}: ${it.nodes[0].html}`);

  await panel.getByRole('button', { name: 'Close' }).focus();
  await page.keyboard.press('Escape');
  expect('Escape closes the panel', (await page.locator('folio-faults').count()) === 0);

  writeFileSync(post, text('Mended', 'Fourth words.'));
  await page.waitForFunction(() => document.body.textContent.includes('Fourth words.'), null, { timeout: 10_000 });
  expect('a mended page has no panel', (await page.locator('folio-faults').count()) === 0);

  writeFileSync(join(folder, 'static/own.css'), 'h1 { color: rgb(1, 2, 3) !important; }');
  await page.goto(`${address}blog/live/`);
  await page.evaluate(() => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/own.css' });
    document.head.append(link);
    window.marker = 'still here';
  });
  const colour = () => getComputedStyle(document.querySelector('h1')).color;
  await page.waitForFunction(`(${colour})() === 'rgb(1, 2, 3)'`, null, { timeout: 10_000 });
  writeFileSync(join(folder, 'static/own.css'), 'h1 { color: rgb(4, 5, 6) !important; }');
  await page.waitForFunction(`(${colour})() === 'rgb(4, 5, 6)'`, null, { timeout: 10_000 });
  expect('a style sheet changes without a reload', (await page.evaluate(() => window.marker)) === 'still here');

  // What is saved while a page is being loaded, before the page can hear of it, is not lost.
  await context.route('**/_folio/events', async route => {
    await new Promise(later => setTimeout(later, 1_500));
    // A page that has gone does not wait for it any more.
    await route.continue().catch(() => {});
  });
  await page.goto(`${address}blog/live/`);
  await page.evaluate(() => {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/own.css' }));
    window.marker = 'still here';
  });
  await page.waitForFunction(`(${colour})() === 'rgb(4, 5, 6)'`, null, { timeout: 10_000 });
  writeFileSync(join(folder, 'static/own.css'), 'h1 { color: rgb(7, 8, 9) !important; }');
  await page.waitForFunction(`(${colour})() === 'rgb(7, 8, 9)'`, null, { timeout: 10_000 });
  expect('a style sheet saved while the page is loaded changes without a reload', (await page.evaluate(() => window.marker)) === 'still here');
  await page.goto(`${address}blog/live/`);
  writeFileSync(post, text('Early', 'Words saved early.'));
  await page.waitForFunction(() => document.body.textContent.includes('Words saved early.'), null, { timeout: 10_000 });
  await context.unroute('**/_folio/events');

  // Seven tabs: more than the connections that a browser makes to one host.
  const tabs = [];
  for (let number = 0; number < 7; number += 1) {
    const tab = await context.newPage();
    await tab.goto(`${address}blog/live/`);
    tabs.push(tab);
  }
  writeFileSync(post, text('Everywhere', 'Fifth words.'));
  for (const tab of tabs) {
    await tab.waitForFunction(() => document.body.textContent.includes('Fifth words.'), null, { timeout: 10_000 });
  }
  for (const it of errors) faults.push(`script: ${it}`);
} catch (error) {
  faults.push(String(error));
} finally {
  await browser.close();
  server.kill();
}
faults.forEach(it => console.error(`serve: ${it}`));
console.log(`serve: ${faults.length} faults`);
process.exitCode = faults.length ? 1 : 0;
