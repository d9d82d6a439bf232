// node run.mjs SITE_DIR [SITE_DIR…] – every browser test, over every page of every built site.

import { accesibilidad } from './accesibilidad.mjs';
import { launch, openTab } from './browser.mjs';
import { carga } from './carga.mjs';
import { readFacts, reglasDeDocumento } from './html.mjs';
import { impresion } from './impresion.mjs';
import { nu } from './nu.mjs';
import { report } from './report.mjs';
import { abrirSitio, alojar, reglasDeEnlaces } from './sitio.mjs';
import { teclado } from './teclado.mjs';

const dirs = process.argv.slice(2);
if (dirs.length === 0) {
  console.error('usage: node run.mjs SITE_DIR [SITE_DIR…]');
  process.exit(2);
}

const started = performance.now();
const sitios = dirs.map((dir) => abrirSitio(dir, dirs.length > 1 ? `${dir}/` : ''));
const paginas = sitios.flatMap((sitio) => sitio.paginas);

const timings = [];
const timed = async (name, work) => {
  const from = performance.now();
  const failures = await work();
  timings.push(`${name} ${seconds(from)}`);
  return failures;
};

// Java starts first and works beside the browser.
const nuFailures = timed('nu', () => nu(sitios));
const browser = await launch();
let failures;
try {
  failures = [
    ...sitios.flatMap((sitio) => sitio.failures),
    ...(await timed('html', () => estaticas(browser, sitios))),
    ...(await timed('load', () => carga(browser, paginas))),
    ...(await timed('axe', () => accesibilidad(browser, paginas))),
    ...(await timed('keyboard', () => teclado(browser, sitios))),
    ...(await timed('print', () => impresion(browser, sitios))),
    ...(await nuFailures),
  ];
} finally {
  await browser.close();
}

const errors = failures.filter((failure) => !failure.warning);
for (const line of report(failures)) console.log(line);
console.log(
  `${errors.length === 0 ? 'ok' : 'FAILED'}: ${paginas.length} pages of ${sitios.length} site(s), ` +
    `${errors.length} failures, ${failures.length - errors.length} warnings, ` +
    `${seconds(started)} (${timings.join(', ')})`,
);
process.exitCode = errors.length === 0 ? 0 : 1;

/** The rules that need only the text of the pages. */
async function estaticas(browser, sitios) {
  const { tab, close } = await openTab(browser, { javaScriptEnabled: false });
  try {
    for (const pagina of paginas) pagina.facts = await readFacts(tab, pagina);
  } finally {
    await close();
  }
  sitios.forEach(alojar);
  return sitios.flatMap((sitio) => [...reglasDeDocumento(sitio), ...reglasDeEnlaces(sitio)]);
}

function seconds(from) {
  return `${((performance.now() - from) / 1000).toFixed(1)} s`;
}
