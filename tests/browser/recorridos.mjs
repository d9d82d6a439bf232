// What a visitor does with the search, step by step. Each takes a tab and a place, and throws at what is not as it should be.

import assert from 'node:assert/strict';
import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

import { SIZES } from './browser.mjs';
import { overflowInPage } from './carga.mjs';
import { extravio, HOSTIL, interior } from './lugares.mjs';

const PATIENCE = 8000;

const CUENTA = '[data-buscar-cuenta]';
const AVISOS = '[data-buscar-avisos]';
const LISTA = '[data-buscar-resultados]';
const RESULTADOS = `${LISTA} h3 a`;
const CAJA = '#consulta';

/** Opens the search page with a query and waits for its answer. */
async function buscar(tab, { base }, q, more = '') {
  await tab.goto(`${base}buscar.html?q=${encodeURIComponent(q)}${more}`);
  await respuesta(tab, q);
}

/** Waits until the page has answered `q`. */
export async function respuesta(tab, q) {
  const done = tab.waitForFunction(answersInPage, { q, CUENTA, LISTA, CAJA }, { timeout: PATIENCE });
  await done.catch(async () => assert.fail(`no answer to «${q.slice(0, 60)}»; the page says: ${await texto(tab, CUENTA)}`));
}

/** Runs in the page. A partial answer does not repeat the query, so the address and the box tell which one it is. */
function answersInPage({ q, CUENTA, LISTA, CAJA }) {
  const asked = new URLSearchParams(location.search).get('q');
  const quiet = document.querySelector(LISTA).ariaBusy === 'false';
  const said = document.querySelector(CUENTA).textContent;
  const own = said.includes(`«${q}»`) || said.startsWith('Ningún documento');
  return quiet && own && asked === q && document.querySelector(CAJA).value === q;
}

async function texto(tab, selector) {
  return (await tab.locator(selector).first().textContent()).slice(0, 300);
}

async function total(tab) {
  const found = /([\d.]+) resultado/.exec(await texto(tab, CUENTA));
  return found ? Number(found[1].replaceAll('.', '')) : 0;
}

const hrefs = (tab) => tab.locator(RESULTADOS).evaluateAll((links) => links.map((link) => link.href));
const enfocado = (tab) => tab.evaluate(() => document.activeElement.id || document.activeElement.localName);

/** The header's box of an inner page answers in the search page, and a result leads to its section, and back. */
async function caja(tab, lugar) {
  await tab.setViewportSize(SIZES[0]);
  await tab.goto(lugar.base + interior(lugar));
  await tab.locator('header form[role=search] input[name=q]').click();
  await tab.keyboard.type('gestion documental');
  await tab.keyboard.press('Enter');
  await tab.waitForURL(/buscar\.html\?q=gestion\+documental$/);
  await respuesta(tab, 'gestion documental');
  const links = await hrefs(tab);
  assert.equal(links.length, 10);
  assert.deepEqual(links.map((href) => extravio(lugar, href)).filter(Boolean), []);

  const titles = await tab.locator(RESULTADOS).allTextContents();
  const named = links.filter((_, i) => /^gestión documental$/i.test(titles[i]));
  assert(named.length > 0 && !named.some((link) => link.includes('#')), `what is called so leads to the top of its page: ${named}`);
  const href = links.find((link) => link.includes('#'));
  assert(href, 'no result leads to a section');
  const link = tab.locator(RESULTADOS).nth(links.indexOf(href));
  const title = await link.textContent();
  await link.click();
  await tab.waitForURL(href);
  assert.equal(await texto(tab, 'h1'), title);
  const id = decodeURIComponent(new URL(href).hash.slice(1));
  const seen = await tab.waitForFunction(isInSight, id, { timeout: PATIENCE }).catch(() => null);
  assert(seen, `the section ${id} is not in sight`);

  await tab.goBack();
  await respuesta(tab, 'gestion documental');
  assert.deepEqual(await hrefs(tab), links, 'the way back shows the same results');
  await tab.goBack();
  await tab.waitForURL(lugar.base + interior(lugar));
}

/** Runs in the page. */
function isInSight(id) {
  const { top, bottom } = document.getElementById(id).getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}

/** Results come as one types: announced, never a false «Sin resultados», and the box keeps focus and text. */
async function alEscribir(tab, lugar) {
  await tab.goto(`${lugar.base}buscar.html`);
  assert.equal(await enfocado(tab), 'body', 'the page takes no focus');
  assert.equal(await tab.locator(CUENTA).getAttribute('aria-live'), 'polite');
  await tab.locator(CAJA).click();
  await tab.evaluate(listenToCount, { CUENTA, CAJA });
  for (const key of 'contratación') {
    await tab.keyboard.type(key);
    // Slow at the first letter and at «contra», as those who think while typing.
    await tab.waitForTimeout('ca'.includes(key) ? 300 : 30);
  }
  await respuesta(tab, 'contratación');
  const { said, lost } = await tab.evaluate(() => window.heard);
  assert(said.length > 0 && said.every((text) => /^\d+ resultados? para «c/.test(text)), `said while typing: ${said.join(' | ')}`);
  assert.equal(lost, 0, 'the box lost the focus');
  assert.equal(await enfocado(tab), 'consulta');
  assert.equal(await tab.locator(CAJA).evaluate((box) => box.selectionStart), 12, 'the caret stays at the end');
  assert((await tab.locator(`${LISTA} mark`).count()) > 0, 'nothing is marked');

  await tab.keyboard.press('Control+A');
  await tab.keyboard.press('Delete');
  await tab.waitForFunction((list) => document.querySelector(list).children.length === 0, LISTA, { timeout: PATIENCE });
  assert.equal(await texto(tab, CUENTA), '');
}

/** Runs in the page. */
function listenToCount({ CUENTA, CAJA }) {
  const heard = (window.heard = { said: [], lost: 0 });
  const count = document.querySelector(CUENTA);
  new MutationObserver(() => count.textContent && heard.said.push(count.textContent)).observe(count, { childList: true, subtree: true });
  document.querySelector(CAJA).addEventListener('blur', () => heard.lost++);
}

/** Each query that was sent is a step of the history, also when it was typed over another one. */
async function atras(tab, lugar) {
  await buscar(tab, lugar, 'acta');
  const first = await hrefs(tab);
  await tab.locator(CAJA).fill('');
  await tab.locator(CAJA).pressSequentially('presupuesto', { delay: 20 });
  await respuesta(tab, 'presupuesto');
  await tab.keyboard.press('Enter');
  await tab.waitForTimeout(300);
  await respuesta(tab, 'presupuesto');
  const second = await hrefs(tab);
  await tab.goBack();
  await respuesta(tab, 'acta');
  assert.deepEqual(await hrefs(tab), first);
  await tab.goForward();
  await respuesta(tab, 'presupuesto');
  assert.deepEqual(await hrefs(tab), second);
}

/** Counts of filters say what ticking gives; address, history and reload keep what was ticked. */
async function filtros(tab, lugar) {
  await buscar(tab, lugar, 'plan');
  const all = await total(tab);
  await abrirFiltros(tab);
  const of = (facet) => tab.locator(`[data-faceta=${facet}] li:not([hidden])`);
  const count = async (item) => Number(/\((\d+)\)/.exec(await item.textContent())[1]);
  const [a, b] = [of('tipo').nth(0), of('tipo').nth(1)];
  const [inA, inB] = [await count(a), await count(b)];
  assert(inA > 0 && inB > 0 && inA + inB <= all);

  const tick = async (item, expected) => {
    await item.locator('input').click();
    await tab.waitForFunction(showsTotal, { CUENTA, expected }, { timeout: PATIENCE });
    assert.equal(await item.locator('input').evaluate((box) => box === document.activeElement), true, 'the focus leaves the filter');
  };
  await tick(a, inA);
  assert.deepEqual([await count(a), await count(b)], [inA, inB], 'alternatives of one facet keep their counts');
  await tick(b, inA + inB);
  const year = of('anio').first();
  const inYear = await count(year);
  await tick(year, inYear);
  const kept = await hrefs(tab);
  const address = new URLSearchParams(new URL(tab.url()).search);
  assert.deepEqual([address.getAll('tipo').length, address.getAll('anio').length], [2, 1]);

  await tab.reload();
  await respuesta(tab, 'plan');
  assert.deepEqual(await hrefs(tab), kept);
  await abrirFiltros(tab);
  await tab.waitForFunction(() => document.querySelectorAll('[data-buscar-filtros] input:checked').length === 3, null, { timeout: PATIENCE });
  for (const [expected, ticked] of [[inA + inB, 2], [inA, 1], [all, 0]]) {
    await tab.goBack();
    await tab.waitForFunction(showsTotal, { CUENTA, expected }, { timeout: PATIENCE });
    const boxes = (ticks) => document.querySelectorAll('[data-buscar-filtros] input:checked').length === ticks;
    await tab.waitForFunction(boxes, ticked, { timeout: PATIENCE });
  }
}

/** Runs in the page. */
function showsTotal({ CUENTA, expected }) {
  return new RegExp(`(^|\\s)${expected} resultado`).test(document.querySelector(CUENTA).textContent);
}

async function abrirFiltros(tab) {
  await tab.evaluate(() => (document.querySelector('.ajustes').open = true));
  await tab.waitForFunction(() => document.querySelector('[data-faceta] .buscar-n'), null, { timeout: PATIENCE });
  await tab.evaluate(() => document.querySelectorAll('[data-faceta]').forEach((box) => (box.open = true)));
}

/** The newest first, as the command says; back to the order before. */
async function orden(tab, lugar) {
  await buscar(tab, lugar, 'plan');
  const before = await hrefs(tab);
  await abrirFiltros(tab);
  await tab.locator('[data-buscar-orden]').selectOption('fecha');
  await tab.waitForURL(/orden=fecha/);
  const changed = ({ RESULTADOS, first }) => document.querySelector(RESULTADOS)?.href !== first;
  await tab.waitForFunction(changed, { RESULTADOS, first: before[0] }, { timeout: PATIENCE });
  await respuesta(tab, 'plan');
  const dates = await tab.locator(`${LISTA} time`).evaluateAll((times) => times.map((time) => time.dateTime));
  assert.deepEqual(dates, [...dates].sort().reverse());
  const { hits } = lugar.sitio.ask('plan', '--by-date');
  assert.deepEqual(await hrefs(tab), direcciones(lugar, hits));
  await tab.goBack();
  await tab.waitForFunction(() => document.querySelector('[data-buscar-orden]').value === '', null, { timeout: PATIENCE });
  await respuesta(tab, 'plan');
  assert.deepEqual(await hrefs(tab), before);
}

/** Where the hits of the command lead, in a place. */
function direcciones({ base }, hits) {
  return hits.map(({ url, anchor }) => base + url + (anchor && `#${encodeURIComponent(anchor)}`));
}

/** A slip of the fingers answers with what is near, and says so. */
async function errata(tab, lugar) {
  await buscar(tab, lugar, 'tranparencia');
  assert((await total(tab)) > 0);
  assert.match(await texto(tab, AVISOS), /¿Quiso decir transparencia\?/);
  await tab.locator(`${AVISOS} a`).click();
  await respuesta(tab, 'transparencia');
  assert.equal(await texto(tab, AVISOS), '');
  await tab.goBack();
  await respuesta(tab, 'tranparencia');
}

const CONSULTAS = [
  '"gestión documental"',
  'plan',
  'plan gestion',
  'plan -gestion',
  'acta 003',
  'planeacion',
  'PQRSD',
  'zzxyqwk',
  'zzxyqwk plan',
  '-plan',
];

/** Phrases, exclusions, codes, accents left out, synonyms: totals and places are those of the command. */
async function sintaxis(tab, lugar) {
  const totals = {};
  for (const q of CONSULTAS) {
    await buscar(tab, lugar, q);
    const native = lugar.sitio.ask(q);
    totals[q] = await total(tab);
    assert.equal(totals[q], native.total, `results for ${q}`);
    assert.deepEqual(await hrefs(tab), direcciones(lugar, native.hits), `results for ${q}`);
    assert.equal((await texto(tab, CUENTA)).startsWith('Ningún documento tiene todas'), native.partial, q);
  }
  assert.equal(totals['plan gestion'] + totals['plan -gestion'], totals.plan);
  assert(totals['"gestión documental"'] > 0);
}

/** More results come below, and the reader goes on at the first new one. */
async function mostrarMas(tab, lugar) {
  await buscar(tab, lugar, 'gestion');
  const first = await hrefs(tab);
  await tab.getByRole('button', { name: 'Mostrar más' }).focus();
  await tab.keyboard.press('Enter');
  await tab.waitForFunction((links) => document.querySelectorAll(links).length === 20, RESULTADOS, { timeout: PATIENCE });
  await tab.waitForFunction((links) => document.querySelectorAll(links)[10] === document.activeElement, RESULTADOS, { timeout: PATIENCE });
  assert.deepEqual((await hrefs(tab)).slice(0, 10), first);
}

const HOSTILES = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '\'"`«»“”\\',
  'plan\u2028plan\u2029plan',
  '😀👩‍👩‍👧‍👦 plan',
  '\u202eאבג עברית',
  '%00%E0%A4%A &q=otra#ancla?x=1+1',
  '__proto__ constructor toString hasOwnProperty',
  '-"-"- - --',
  '${alert(1)} {{7*7}} {% x %}',
  'x'.repeat(10_000),
  'plan '.repeat(2_000).trim(),
  'n'.repeat(10_000),
  '😀'.repeat(2_500),
];

/** Whatever is typed is text: it is answered, nothing of it runs and nothing sticks out. */
async function hostiles(tab, lugar) {
  await tab.setViewportSize(SIZES[0]);
  await tab.goto(`${lugar.base}buscar.html`);
  const elements = () => tab.evaluate(() => document.querySelectorAll('body script, main :is(img, iframe, style)').length);
  const before = await elements();
  for (const q of HOSTILES) {
    // U+2028 is no line break to a box, so it stays.
    await tab.locator(CAJA).fill(q);
    await tab.keyboard.press('Enter');
    await respuesta(tab, q);
    const name = JSON.stringify(q.slice(0, 40));
    assert.equal(await elements(), before, `${name} became an element`);
    assert.equal(await tab.evaluate(overflowInPage), null, `${name} makes the page scroll sideways`);
  }
  for (const q of HOSTILES.filter((text) => encodeURIComponent(text).length < 12_000)) await buscar(tab, lugar, q);
  await tab.goto(`${lugar.base}buscar.html?q=plan&tipo=inexistente`);
  await tab.getByText('con estos filtros').waitFor({ timeout: PATIENCE });
  await tab.getByRole('button', { name: 'Quitar filtros' }).click();
  await tab.waitForURL(/buscar\.html\?q=plan$/);
  await respuesta(tab, 'plan');
  assert((await total(tab)) > 0, 'no way out of a filter that no longer exists');
  await buscar(tab, lugar, 'plan', '&orden=otro');
  assert.equal(await tab.locator('[data-buscar-orden]').evaluate((box) => box.selectedIndex), 0, 'an unknown order is said to be relevance');
  for (const more of ['&constructor=1', '&__proto__=1&toString=2', '&orden=otro', '&desconocido=1&desconocido=2', '&=1&&%']) {
    await buscar(tab, lugar, 'plan', more);
    assert((await total(tab)) > 0, `no results with ${more}`);
  }
}

/** A record whose title and text are hostile is shown as text. */
async function registroHostil(tab, lugar) {
  await buscar(tab, lugar, 'hostilidad');
  const link = tab.locator(RESULTADOS).first();
  const plain = (text) => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  assert.equal(plain(await link.textContent()), plain(HOSTIL));
  await link.click();
  await tab.waitForURL(/paginas\/hostil\.html/);
  assert.equal(plain(await tab.locator('h1').textContent()), plain(HOSTIL));
}

/** From the top of the page by Tab alone: box, button, filters, results, more; Enter opens a result. */
async function teclas(tab, lugar) {
  await tab.setViewportSize(SIZES[1]);
  await buscar(tab, lugar, 'gestion');
  await tab.waitForFunction(() => document.querySelector('[data-faceta] .buscar-n'), null, { timeout: PATIENCE });
  const seen = await tabular(tab);
  const at = (what) => seen.findIndex((stop) => stop.what === what);
  const order = ['skip', 'box', 'send', 'order', 'facet', 'result', 'more', 'footer'].map((what) => [what, at(what)]);
  assert(order.every(([, place]) => place >= 0), `Tab does not reach ${order.filter(([, place]) => place < 0)}`);
  assert.deepEqual(order, [...order].sort((a, b) => a[1] - b[1]), 'the order of Tab');
  assert.deepEqual(seen.filter(({ hidden }) => hidden), [], 'Tab stops where nothing can be seen');
  assert.equal(seen.filter(({ what }) => what === 'result').length, 10);

  await tab.locator('[data-faceta=tipo] summary').focus();
  await tab.keyboard.press('Enter');
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Space');
  await tab.waitForURL(/tipo=/);
  await tab.waitForFunction(() => document.activeElement.matches('[data-faceta=tipo] input:checked'), null, { timeout: PATIENCE });
  await respuesta(tab, 'gestion');

  await tab.locator(RESULTADOS).first().focus();
  const [href] = await hrefs(tab);
  await tab.keyboard.press('Enter');
  await tab.waitForURL(href);
}

async function tabular(tab) {
  const seen = [];
  for (let n = 0; n < 80 && seen.at(-1)?.what !== 'footer'; n++) {
    await tab.keyboard.press('Tab');
    seen.push(await tab.evaluate(stopInPage));
  }
  return seen;
}

/** Runs in the page: what the focus is on. */
function stopInPage() {
  const stop = document.activeElement;
  const kinds = {
    skip: '.saltar',
    box: '#consulta',
    send: '.buscador.grande button',
    order: '[data-buscar-orden]',
    facet: '[data-faceta] summary',
    result: '[data-buscar-resultados] h3 a',
    more: '.buscar-mas button',
    footer: 'footer a',
  };
  const what = Object.keys(kinds).find((kind) => stop.matches(kinds[kind])) ?? stop.localName;
  const { width, height } = stop.getBoundingClientRect();
  const hidden = width < 1 || height < 1 || !stop.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  return { what, hidden, at: stop.outerHTML.slice(0, 80) };
}

/** Without scripts the page says so and offers the lists, and the box of any page leads there. */
export async function sinGuiones(tab, lugar) {
  await tab.goto(lugar.base + interior(lugar));
  await tab.locator('header form[role=search] input[name=q]').fill('plan');
  await tab.keyboard.press('Enter');
  await tab.waitForURL(/buscar\.html\?q=plan$/);
  // Playwright takes no text from within noscript.
  assert(await tab.locator('noscript p').isVisible());
  for (const title of ['Por tipo', 'Por proceso', 'Por año']) {
    const section = tab.locator('section', { has: tab.getByRole('heading', { name: title, exact: true }) }).last();
    assert(await section.isVisible(), title);
    const links = await section.locator('a').evaluateAll((all) => all.map((link) => link.href));
    assert(links.length > 0, title);
    assert.deepEqual(links.map((href) => extravio(lugar, href)).filter(Boolean), []);
  }
}

/** Whatever cannot be loaded is said, never taken for «Sin resultados», and asking again answers. */
export async function faltantes(tab, lugar) {
  // The lexicon is read for a slip; a word that is whole does without it.
  for (const [kind, asked] of [['indice', 'plan'], ['l-', 'plann'], ['p-', 'plan'], ['f-', 'plan']]) {
    const found = await sin(lugar, kind, async () => {
      await tab.goto(`${lugar.base}buscar.html?q=${asked}`);
      await tab.getByText('Búsqueda incompleta').waitFor({ timeout: PATIENCE });
      return texto(tab, CUENTA);
    });
    assert(!found.includes('Sin resultados') && found.includes(kind), `${kind}: ${found}`);
    assert.equal(await tab.locator(RESULTADOS).count(), 0);
    await tab.getByRole('button', { name: 'Volver a intentar' }).click();
    await respuesta(tab, asked);
    assert((await total(tab)) > 0);
  }
  await sin(lugar, 'c-', async () => {
    await buscar(tab, lugar, 'plan');
    assert.equal(await tab.locator(RESULTADOS).count(), 10, 'results do not wait for the filters');
    await tab.evaluate(() => (document.querySelector('.ajustes').open = true));
    await tab.getByText(/No se pudo cargar c-/).waitFor({ state: 'attached', timeout: PATIENCE });
  });
  await sin(lugar, 'q-', async () => {
    await tab.goto(`${lugar.base}buscar.html?q=${encodeURIComponent('"gestión documental"')}`);
    await tab.getByText('Búsqueda incompleta').waitFor({ timeout: PATIENCE });
  });
  await sin(lugar, 'buscar.js', async () => {
    await tab.goto(`${lugar.base}buscar.html?q=plan`);
    assert(await tab.getByRole('heading', { name: 'Por tipo' }).isVisible(), 'the lists are there when the client is not');
    await tab.getByText('El buscador no ha cargado').waitFor({ timeout: PATIENCE });
    assert(!(await texto(tab, 'main')).includes('Sin resultados'));
  });
}

/** Does `work` while the files whose name begins so cannot be read. */
async function sin({ root, host }, kind, work) {
  if (host) {
    host.broken = new RegExp(`^buscar/${kind}`);
    return work().finally(() => (host.broken = null));
  }
  const folder = join(root, 'buscar');
  const moved = readdirSync(folder).filter((name) => name.startsWith(kind));
  for (const name of moved) renameSync(join(folder, name), join(root, name));
  return work().finally(() => moved.forEach((name) => renameSync(join(root, name), join(folder, name))));
}

/** What is visited with scripts and all files there. */
export const visitas = [caja, alEscribir, atras, filtros, orden, errata, sintaxis, mostrarMas, hostiles, registroHostil, teclas];
