// node buscar.mjs MICROSITIO SITE… – the search of built sites, in Chromium and Firefox, from a disk and from a host. SITE are
// sources; each is copied, built beside a hostile record, and searched as visitors do.

import { basename, resolve } from 'node:path';

import { openTabWithAxe, violaciones } from './accesibilidad.mjs';
import { inTabs, launch, openTab, SCHEMES, SIZES } from './browser.mjs';
import { openListeningTab, overflowInPage } from './carga.mjs';
import { firefox } from './firefox.mjs';
import { igualdad } from './igualdad.mjs';
import { construir, lugares } from './lugares.mjs';
import { faltantes, respuesta, sinGuiones, visitas } from './recorridos.mjs';
import { report } from './report.mjs';

const QUERIES = Number(process.env.QUERIES ?? 350);

const [micrositio, ...dirs] = process.argv.slice(2);
if (dirs.length === 0) {
  console.error('usage: node buscar.mjs MICROSITIO SITE…');
  process.exit(2);
}

const started = performance.now();
const timings = [];
const timed = async (name, work) => {
  const from = performance.now();
  const failures = await work();
  timings.push(`${name} ${((performance.now() - from) / 1000).toFixed(1)} s`);
  return failures;
};

const sitios = dirs.map((dir) => construir(resolve(micrositio), dir, basename(resolve(dir))));
const todos = (await Promise.all(sitios.map((sitio, n) => lugares(sitio, n === 0)))).flat();
const enDisco = todos.filter(({ host }) => !host);
const conHost = todos.filter(({ host }) => host);
let failures;
const browser = await launch();
try {
  failures = [
    ...(await timed('visits', () => visitar(todos, visitas, {}))),
    ...(await timed('no scripts', () => visitar(todos, [sinGuiones], { javaScriptEnabled: false }))),
    ...peticiones(conHost),
    ...(await timed('axe', () => accesible(enDisco))),
    // On disk files are moved away, which the hosts of the same folder would miss too.
    ...(await timed('missing', async () => [...(await incompletos(conHost)), ...(await incompletos(enDisco))])),
    ...(await timed('equality', () => iguales(todos))),
    ...(await timed('firefox', () => firefox(todos))),
  ];
} finally {
  await browser.close();
  for (const { host } of todos) host?.close();
  for (const sitio of sitios) sitio.remove();
}

for (const line of report(failures)) console.log(line);
console.log(
  `${failures.length === 0 ? 'ok' : 'FAILED'}: search of ${sitios.length} site(s) in ${todos.length} places, ${failures.length} failures, ` +
    `${((performance.now() - started) / 1000).toFixed(1)} s (${timings.join(', ')})`,
);
process.exitCode = failures.length === 0 ? 0 : 1;

/** Each of the visits in each place, in silence. */
function visitar(places, visits, options) {
  const items = visits.flatMap((visita) => places.map((lugar) => ({ visita, lugar, pagina: lugar })));
  return inTabs(items, () => openListeningTab(browser, options), async (tab, { visita, lugar }) => {
    tab.noise.length = 0;
    const failures = await intentar(tab, visita, lugar);
    // What a page leaves behind when one goes on before it has read everything; and without scripts none is read ahead.
    const left = options.javaScriptEnabled === false ? /net::ERR_ABORTED$|indice\.js: csp$/ : /net::ERR_ABORTED$/;
    const noise = tab.noise.filter(({ message }) => !left.test(message));
    return [...failures, ...noise.map((failure) => ({ pagina: lugar, ...failure, message: `${visita.name}: ${failure.message}` }))];
  });
}

async function intentar(tab, visita, lugar) {
  try {
    await visita(tab, lugar);
    return [];
  } catch (error) {
    const message = error.message.split('\n').slice(0, 12).join(' ');
    return [{ pagina: lugar, rule: `search/${visita.name}`, message }];
  }
}

/** All that was asked for while visitors searched lies in the site, and was there. */
function peticiones(places) {
  return places.flatMap((lugar) =>
    lugar.host.asked
      .filter(({ within, status }) => !within || status !== 200)
      .map(({ path, status }) => ({ pagina: lugar, rule: 'search/request', message: `${path}: ${status}` })),
  );
}

/** A file that is missing makes noise of its own, so only the visit speaks. */
function incompletos(places) {
  const items = places.map((lugar) => ({ lugar, pagina: lugar }));
  return inTabs(items, () => openTab(browser), (tab, { lugar }) => intentar(tab, faltantes, lugar));
}

/** axe with results, filters and notices on the page, on narrow and wide screens, light and dark. */
function accesible(places) {
  const states = ['plan', 'tranparencia', 'zzxyqwk', 'zzxyqwk plan', '"gestión documental" -acta'];
  const items = places.flatMap((lugar) =>
    states.flatMap((q) => SCHEMES.map((scheme) => ({ q, scheme, lugar, pagina: { name: `${lugar.name} ?q=${q}` } }))),
  );
  return inTabs(items, () => openTabWithAxe(browser), async (tab, { q, scheme, lugar, pagina }) => {
    await tab.emulateMedia({ colorScheme: scheme });
    await tab.goto(`${lugar.base}buscar.html?q=${encodeURIComponent(q)}`);
    await respuesta(tab, q);
    await tab.waitForTimeout(200);
    await tab.evaluate(() => document.querySelectorAll('.ajustes, [data-faceta]').forEach((box) => (box.open = true)));
    const failures = [];
    for (const size of SIZES) {
      await tab.setViewportSize(size);
      failures.push(...(await violaciones(tab, { pagina, scheme, width: size.width })));
      const wide = await tab.evaluate(overflowInPage);
      if (wide) failures.push({ pagina, width: size.width, rule: 'load/horizontal-scroll', ...wide });
    }
    return failures;
  });
}

/** The first site from its host, the most queries; from a disk a few, as nothing but the loading differs. */
function iguales(places) {
  const items = places.map((lugar, n) => ({ lugar, pagina: lugar, count: n === 1 ? QUERIES : 30 }));
  return inTabs(items, () => openTab(browser), (tab, { lugar, count }) => igualdad(tab, lugar, resolve(micrositio), count));
}
