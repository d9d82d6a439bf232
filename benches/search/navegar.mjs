// A first search in a fresh Chromium: bytes, requests and time, for each query and tool.

import { createRequire } from 'node:module';

import { host } from './host.mjs';

const { chromium } = createRequire(new URL('../../tests/browser/', import.meta.url))('playwright-core');

const SEARCH = { micrositio: /^buscar\//, pagefind: /^pagefind\// };
const PAGE = { micrositio: 'buscar.html', pagefind: 'pagefind.html' };
/** Of ours, what is read once the results stand: the columns of the filters. */
const AFTER = /^buscar\/c-/;
const QUIET = 300;

/**
 * `folders` is where each tool's site lies, by tool; `queries` are `{ kind, text }`. Tools alternate within each query.
 * A row tells of one query, in milliseconds: `cold`, from the address of the search page with the query, as the box of any page
 * opens it, to results; `warm`, from Enter on a page that stands open; `ready`, the same where Pagefind's page did not wait
 * for Enter to load Pagefind, as its own search box does.
 */
export async function navegar(folders, queries, delay) {
  const hosts = new Map();
  for (const [tool, root] of Object.entries(folders)) hosts.set(tool, await host(root, delay));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-proxy-server', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
  const rows = [];
  try {
    // Neither tool pays for the first page of a browser, nor for what the host compresses only once.
    for (const [tool, host] of hosts) for (const query of queries.slice(0, 2)) await primera(browser, tool, host, query.text);
    for (const query of queries) {
      for (const [tool, host] of hosts) {
        const cold = await primera(browser, tool, host, query.text);
        const warm = await abierta(browser, tool, host, query.text, '');
        const ready = await abierta(browser, tool, host, query.text, '#listo');
        rows.push({ tool, ...query, ...cold, warm, ready });
      }
    }
  } finally {
    await browser.close();
    hosts.forEach((host) => host.close());
  }
  return rows;
}

/** Opens the search page with a query, in a browser that has seen nothing. */
async function primera(browser, tool, host, text) {
  const { tab, close } = await fresca(browser);
  await host.asked();
  await tab.goto(`${host.url}${PAGE[tool]}?q=${encodeURIComponent(text)}`);
  const { at, shown } = await answered(tab);
  await tab.waitForTimeout(QUIET);
  const own = (await host.asked()).filter(({ path }) => SEARCH[tool].test(path));
  const until = own.filter(({ path }) => !AFTER.test(path));
  const bytes = (list) => list.reduce((sum, request) => sum + request.bytes, 0);
  await close();
  return { cold: at, shown, bytes: bytes(until), requests: until.length, after: bytes(own) - bytes(until) };
}

/** Types a query in a search page that stands open and is idle, and presses Enter. */
async function abierta(browser, tool, host, text, hash) {
  const { tab, close } = await fresca(browser);
  await tab.goto(host.url + PAGE[tool] + hash);
  await tab.waitForLoadState('networkidle');
  // Set without typing: a search as one types would be half done when Enter comes. Who typed has had the box in focus for long.
  await tab.locator('#consulta').evaluate((input, value) => {
    input.focus();
    input.value = value;
  }, text);
  await tab.waitForTimeout(QUIET);
  await tab.keyboard.press('Enter');
  const { at, pressed } = await answered(tab);
  await close();
  return at - pressed;
}

async function fresca(browser) {
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.addInitScript(listen);
  return { tab, close: () => context.close() };
}

/** Runs in the page, before anything of it: notes when Enter goes down and when results are painted. */
function listen() {
  window.medida = {};
  document.addEventListener('keydown', (event) => (window.medida.pressed = event.timeStamp), true);
  new MutationObserver(() => {
    const list = document.querySelector('[data-buscar-resultados]');
    const asked = location.search !== '' || window.medida.pressed;
    if (!asked || list?.ariaBusy !== 'false' || window.medida.waits) return;
    window.medida.waits = true;
    requestAnimationFrame(() => setTimeout(() => {
      window.medida.at = performance.now();
      window.medida.shown = list.querySelectorAll('h3').length;
    }));
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-busy'] });
}

async function answered(tab) {
  await tab.waitForFunction(() => window.medida.at, null, { polling: 20, timeout: 60_000 });
  return tab.evaluate(() => window.medida);
}
