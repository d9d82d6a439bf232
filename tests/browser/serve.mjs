// node serve.mjs MICROSITIO SITE – a copy of the site is edited while a browser looks at it through `micrositio serve`.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { launch, openTab } from './browser.mjs';

const [program, source] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'serve-'));
const site = join(work, 'sitio');
cpSync(source, site, { recursive: true, filter: (path) => !/[/](public|target|\.git|\.micrositio)$/.test(path) });
const server = spawn(program, ['serve', '-s', site, '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
const browser = await launch();
try {
  const base = await new Promise((ready, failed) => {
    server.stdout.on('data', (text) => ready(/http:[^ ]+/.exec(text)[0]));
    server.on('exit', () => failed(new Error('the server ended')));
  });
  const [name] = readdirSync(join(site, 'content/procesos')).filter((file) => file.endsWith('.md'));
  const file = join(site, 'content/procesos', name);
  const text = readFileSync(file, 'utf8');
  const code = /^codigo = "(.+)"/m.exec(text)[1];

  const { tab, close } = await openTab(browser, { viewport: { width: 400, height: 300 } });
  const said = [];
  tab.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  tab.on('pageerror', (error) => said.push(String(error)));
  await tab.goto(`${base}procesos/${code.toLowerCase()}.html`);
  const shows = (words) => tab.waitForFunction((w) => document.body.textContent.includes(w), words);
  const overlay = () => tab.locator('micrositio-problemas section');
  const place = () => tab.evaluate(() => scrollY);

  // It reloads by itself, and is read on where it was.
  await tab.evaluate(() => scrollTo({ left: 0, top: 420, behavior: 'instant' }));
  const before = await place();
  assert.ok(before > 300, `the page is long enough to be scrolled: ${before}`);
  for (const words of ['Frase recién escrita.', 'Frase escrita otra vez.']) {
    writeFileSync(file, `${text}\n${words}\n`);
    await shows(words);
    await tab.waitForFunction((y) => document.readyState === 'complete' && Math.abs(scrollY - y) <= 1, before);
  }
  assert.equal(await overlay().count(), await noticesOnly(), 'no error is shown');

  // A problem is shown over the page, as text, with its file and line; what was good stays.
  writeFileSync(file, text.replace(/^nombre = .*$/m, 'nombre = <b>"roto"</b>'));
  await overlay().locator('li.error').first().waitFor();
  const told = await overlay().textContent();
  const line = text.split('\n').findIndex((l) => l.startsWith('nombre = ')) + 1;
  assert.ok(told.includes(`content/procesos/${name}:${line}`), `file and line: ${told}`);
  assert.equal(await overlay().locator('b').count(), 0, 'content is never read as HTML');
  assert.ok((await tab.textContent('body')).includes('Frase escrita otra vez.'), 'the last good site stays');
  assert.equal(await place(), before, 'the page did not move');
  const box = await overlay().boundingBox();
  assert.ok(box.height > 40 && box.y + box.height <= 301, 'it is styled, at the foot of the window');

  // Mended, it vanishes, and the page is the new one.
  writeFileSync(file, `${text}\nFrase sana.\n`);
  await shows('Frase sana.');
  await tab.waitForFunction(() => !document.querySelector('micrositio-problemas')?.shadowRoot.querySelector('li.error'));

  // The theme: a style sheet that the site makes its own.
  const color = () => tab.evaluate(() => getComputedStyle(document.body).outlineColor);
  cpSync(new URL('../../themes', import.meta.url).pathname, join(site, 'themes'), { recursive: true });
  const sheet = join(site, 'themes/sede/estilos/sede.css');
  writeFileSync(sheet, `${readFileSync(sheet, 'utf8')}\nbody { outline-color: rgb(1, 2, 3); }\n`);
  await tab.waitForFunction(() => getComputedStyle(document.body).outlineColor === 'rgb(1, 2, 3)').catch(() => {});
  assert.equal(await color(), 'rgb(1, 2, 3)', 'styles are loaded again');

  // A search, whose index is made behind.
  const search = () => tab.goto(`${base}buscar.html?q=sana`);
  // The last files of the copied theme may load the page once more, just now.
  await search().catch(search);
  await tab.waitForFunction((c) => document.querySelector('main').textContent.includes(c), code);
  assert.deepEqual(said, [], 'the browser has nothing to say');
  await close();
  console.log('ok: serve');

  async function noticesOnly() {
    return (await overlay().locator('li.error').count()) === 0 ? overlay().count() : -1;
  }
} finally {
  await browser.close();
  server.kill();
  rmSync(work, { recursive: true });
}
