// Debian's Chromium: launching it, tabs, and sharing the work among several tabs.

import { join } from 'node:path';

import { chromium } from 'playwright-core';

export const SIZES = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
];
export const SCHEMES = ['light', 'dark'];

/** Two tabs for each of the two cores we count on: while one waits, another works. */
const CONCURRENCY = Number(process.env.CONCURRENCY ?? 4);

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    // A site must not need the network, so there is none but this machine's own.
    args: ['--no-proxy-server', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
}

/** A tab in a context of its own, without animations. */
export async function openTab(browser, options = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block', ...options });
  const tab = await context.newPage();
  return { tab, close: () => context.close() };
}

/** Opens a page: from disk, or at its public address when it only works there, with the folder standing in for the host. */
export async function visit(tab, { url, hosted }) {
  if (hosted) {
    await tab.route(`${hosted.base}**`, (route) =>
      route.fulfill({ path: join(hosted.root, decodeURIComponent(route.request().url().slice(hosted.base.length))) }),
    );
  }
  await tab.goto(url, { waitUntil: 'load' });
}

/**
 * Does `work(tab, item)` for all the items in a few tabs at a time, and gives the failures they return.
 * `open` gives `{ tab, close }`. An item that throws is a failure of its page, and gets the next one a fresh tab.
 */
export async function inTabs(items, open, work) {
  const queue = [...items];
  const failures = [];
  const worker = async () => {
    let held;
    while (queue.length > 0) {
      const item = queue.shift();
      try {
        held ??= await open();
        failures.push(...(await work(held.tab, item)));
      } catch (error) {
        const [message] = error.message.split('\n');
        failures.push({ pagina: item.pagina, rule: 'browser/crash', scheme: item.scheme, message });
        await held?.close().catch(() => {});
        held = undefined;
      }
    }
    await held?.close();
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, queue.length) }, worker));
  return failures;
}

/** Waits until a change of size or media has been laid out and its listeners have run. Runs in the page. */
export function settled() {
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
}
