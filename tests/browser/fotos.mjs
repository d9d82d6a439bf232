// node fotos.mjs SITE_DIR OUT_DIR page.html… – pictures of pages for human eyes: both widths, both schemes, and paper.

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { launch, openTab, SCHEMES, settled, SIZES } from './browser.mjs';

const [site, out, ...rutas] = process.argv.slice(2);
if (rutas.length === 0) {
  console.error('usage: node fotos.mjs SITE_DIR OUT_DIR page.html…');
  process.exit(2);
}

mkdirSync(out, { recursive: true });
const browser = await launch();
try {
  const { tab } = await openTab(browser);
  for (const ruta of rutas) await fotografiar(tab, ruta);
} finally {
  await browser.close();
}

async function fotografiar(tab, ruta) {
  const url = pathToFileURL(resolve(site, ruta)).href;
  const file = (suffix) => join(out, `${ruta.replace(/\.html$/, '').replaceAll('/', '-')}-${suffix}`);
  for (const scheme of SCHEMES) {
    await tab.emulateMedia({ media: 'screen', colorScheme: scheme });
    for (const size of SIZES) {
      await tab.setViewportSize(size);
      // Loaded for each picture, so that nothing of the size before remains.
      await tab.goto(url, { waitUntil: 'load' });
      await tab.evaluate(settled);
      await tab.screenshot({ path: file(`${size.width}-${scheme}.png`), fullPage: true });
    }
  }
  await tab.emulateMedia({ media: 'print', colorScheme: 'light' });
  await tab.pdf({ path: file('a4.pdf'), format: 'A4', printBackground: false, preferCSSPageSize: true });
}
