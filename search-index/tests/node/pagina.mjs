// node pagina.mjs DIR: the page of examples/pagina.rs in Chromium, from a disk and over http with the policy as header.
// Needs playwright-core, which tests/browser installs.
import assert from 'node:assert';
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const { chromium } = createRequire(new URL('../../../tests/browser/', import.meta.url))('playwright-core');
const dir = path.resolve(process.argv[2]);
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self' file:; base-uri 'none'";
let missing = '';
const server = http.createServer((req, res) => {
  if (req.url === '/favicon.ico') return res.writeHead(204).end();
  const file = path.join(dir, decodeURIComponent(new URL(req.url, 'http://x').pathname.replace('/sub/sitio', '')));
  if (!fs.existsSync(file) || (missing && path.basename(file).startsWith(missing))) return res.writeHead(404).end();
  const type = file.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8';
  res.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(fs.readFileSync(file));
}).listen(0);

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });

async function visit(base) {
  const page = await browser.newPage(), noise = [];
  page.on('console', m => noise.push(m.text()));
  page.on('pageerror', e => noise.push(String(e)));
  page.on('dialog', d => { noise.push('dialog ' + d.message()); d.dismiss(); });
  const count = text => page.waitForFunction(t => document.querySelector('[data-buscar-cuenta]').textContent.includes(t), text, { timeout: 5000 });
  const titles = () => page.locator('[data-buscar-resultados] h3').count();
  const query = () => new URL(page.url()).searchParams;

  await page.goto(base);
  assert.equal(await page.evaluate(() => document.activeElement === document.body), true, 'no focus is taken');
  await page.locator('input[name=q]').focus();
  await page.keyboard.type('contratac');
  await count('«contratac»');
  assert.equal(query().get('q'), 'contratac');
  assert(await titles() > 0 && await page.locator('mark').count() > 0);
  assert.equal(await page.evaluate(() => document.activeElement.name), 'q', 'focus stays while typing');

  await page.locator('input[name=q]').fill('tranparencia');
  await page.keyboard.press('Enter');
  await page.getByText('¿Quiso decir').waitFor();
  await page.locator('[data-buscar-avisos] a').click();
  await count('«transparencia»');
  await page.goBack();
  await count('«tranparencia»');
  assert.equal(await page.locator('input[name=q]').inputValue(), 'tranparencia');

  await page.goto(base + '?q=plan');
  await count('«plan»');
  const all = await page.locator('[data-buscar-cuenta]').textContent();
  await page.locator('details[data-faceta=anio] summary').click();
  const box = page.locator('details[data-faceta=anio] li:not([hidden]) input').first();
  await box.focus();
  await page.keyboard.press('Space');
  await page.waitForFunction(t => document.querySelector('[data-buscar-cuenta]').textContent !== t, all);
  const said = await page.locator('details[data-faceta=anio] li:not([hidden]) .buscar-n').first().textContent();
  await count(said.replace(/[()]/g, '') + ' resultado');
  assert.equal(await page.evaluate(() => document.activeElement.type), 'checkbox', 'focus stays on the filter');
  assert(query().get('anio'));
  await page.reload();
  await count(said.replace(/[()]/g, '') + ' resultado');
  await page.locator('[data-buscar-orden]').selectOption('fecha');
  await page.waitForFunction(() => location.search.includes('orden=fecha'));

  await page.goto(base + '?q=plan');
  await page.getByRole('button', { name: 'Mostrar más' }).click();
  await page.waitForFunction(() => document.querySelectorAll('[data-buscar-resultados] h3').length === 20);
  assert.equal(await page.evaluate(() => [...document.querySelectorAll('h3 a')].indexOf(document.activeElement)), 10);

  await page.goto(base + '?q=hostil');
  await count('1 resultado');
  assert((await page.locator('h3').textContent()).includes('<script>alert(1)</script>'));
  assert((await page.locator('h3 a').getAttribute('href')).endsWith('#a%20b'));

  await page.goto(base + '?q=' + encodeURIComponent('zzxyqwk'));
  await count('Sin resultados');
  assert.deepEqual(noise, []);
  return page;
}

try {
  await visit(pathToFileURL(path.join(dir, 'buscar.html')).href);
  const base = `http://localhost:${server.address().port}/sub/sitio/buscar.html`, page = await visit(base);
  for (missing of ['p-', 'l-', 'f-', 'indice']) {
    await page.goto(base + '?q=plan');
    await page.getByText('Búsqueda incompleta').waitFor({ timeout: 5000 });
    assert(!(await page.locator('[data-buscar-cuenta]').textContent()).includes('Sin resultados'));
    missing = '';
    await page.getByRole('button', { name: 'Volver a intentar' }).click();
    await page.getByText('resultados para «plan»').waitFor({ timeout: 5000 });
  }
  console.log('ok');
} finally {
  await browser.close();
  server.close();
}
