// The search in Debian's Firefox, over WebDriver BiDi.

import assert from 'node:assert/strict';

import puppeteer from 'puppeteer-core';

import { extravio, interior } from './lugares.mjs';

const PATIENCE = 10_000;

/** A proxy that does not exist, but for this machine. */
const NO_NETWORK = {
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'network.proxy.no_proxies_on': '127.0.0.1',
};

export async function firefox(lugares) {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    extraPrefsFirefox: NO_NETWORK,
  });
  const failures = [];
  try {
    for (const lugar of lugares) failures.push(...(await recorrer(browser, lugar)));
  } finally {
    await browser.close();
  }
  return failures;
}

/** Each visit in a tab of its own, in silence. */
async function recorrer(browser, lugar) {
  const noise = [];
  const pagina = { name: `${lugar.name}, Firefox` };
  const hear = (rule, message) => noise.push({ pagina, rule, message: message.split('\n')[0] });
  const context = await browser.createBrowserContext();
  for (const visit of [visita, filtra]) {
    const tab = await context.newPage();
    tab.on('console', (message) => hear('search/console', `${message.type()}: ${message.text()}`));
    tab.on('pageerror', (error) => hear('search/script-error', String(error)));
    tab.setDefaultTimeout(PATIENCE);
    await visit(tab, lugar).catch((error) => hear('search/firefox', `${visit.name}: ${error.message}`));
  }
  await context.close();
  return noise;
}

/** From the box of an inner page to results, a result and back; a slip typed live, without losing the focus. */
async function visita(tab, lugar) {
  await tab.goto(lugar.base + interior(lugar));
  await tab.type('header form[role=search] input[name=q]', 'gestion documental');
  await tab.keyboard.press('Enter');
  await dice(tab, 'resultados para «gestion documental»');
  const links = await hrefs(tab);
  assert.equal(links.length, 10);
  assert.deepEqual(links.map((href) => extravio(lugar, href)).filter(Boolean), []);
  assert.deepEqual(links, lugar.sitio.ask('gestion documental').hits.map(({ url, anchor }) => lugar.base + url + (anchor && `#${anchor}`)));

  const at = links.findIndex((link) => link.includes('#'));
  const title = await tab.evaluate((n) => document.querySelectorAll('h3 a')[n].textContent, at);
  const found = await tab.$$('[data-buscar-resultados] h3 a');
  await found[at].click();
  const arrived = ([href, h1]) => location.href === href && document.querySelector('h1')?.textContent === h1;
  await tab.waitForFunction(arrived, {}, [links[at], title]).catch(() => assert.fail(`${links[at]} did not open`));
  await tab.evaluate(() => history.back());
  await dice(tab, 'resultados para «gestion documental»');
  assert.deepEqual(await hrefs(tab), links);

  await tab.$eval('#consulta', (box) => box.select());
  await tab.type('#consulta', 'tranparencia', { delay: 20 });
  await dice(tab, '«tranparencia»');
  assert.equal(await tab.$eval('#consulta', (box) => box === document.activeElement), true, 'the box lost the focus');
  await (await tab.waitForSelector('[data-buscar-avisos] a')).click();
  await dice(tab, '«transparencia»');
  await tab.evaluate(() => history.back());
  await dice(tab, '«tranparencia»');
}

/** What ticking a filter shows, and back. */
async function filtra(tab, lugar) {
  await tab.goto(`${lugar.base}buscar.html?q=plan`);
  await tab.evaluate(() => (document.querySelector('.ajustes').open = true));
  await tab.waitForSelector('[data-faceta=tipo] .buscar-n');
  await tab.evaluate(() => document.querySelectorAll('.ajustes, [data-faceta]').forEach((box) => (box.open = true)));
  const count = await tab.$eval('[data-faceta=tipo] li:not([hidden]) .buscar-n', (n) => n.textContent.slice(1, -1));
  const all = lugar.sitio.ask('plan').total;
  await (await tab.$('[data-faceta=tipo] li:not([hidden]) input')).click();
  await dice(tab, new RegExp(`^${count} resultado`));
  assert.match(tab.url(), /tipo=/);
  await tab.evaluate(() => history.back());
  await dice(tab, new RegExp(`^${all} resultado`));
}

/** Waits until the count says `text` and the list is at rest. */
async function dice(tab, text) {
  const source = text instanceof RegExp ? text.source : text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const said = (pattern) =>
    new RegExp(pattern).test(document.querySelector('[data-buscar-cuenta]')?.textContent ?? '') &&
    document.querySelector('[data-buscar-resultados]').ariaBusy === 'false';
  await tab.waitForFunction(said, {}, source).catch(async () => {
    const now = await tab.evaluate(() => document.querySelector('[data-buscar-cuenta]')?.textContent ?? location.href);
    assert.fail(`the page never said ${text}, but ${now.slice(0, 200)}`);
  });
}

function hrefs(tab) {
  return tab.$$eval('[data-buscar-resultados] h3 a', (links) => links.map((link) => link.href));
}
