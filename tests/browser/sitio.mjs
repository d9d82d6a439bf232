// A built site: its files, where its links lead, and what can be reached from its home without scripts.

import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';

const HOME = 'index.html';
/** Hosts serve it at any depth, so nothing links to it and it links to nothing by a relative address. */
export const NOT_FOUND = '404.html';
const OUTSIDE = /^(https?|mailto|tel):/i;

/** Lists the site in `dir`; `label` goes before the name of its pages in the report. */
export function abrirSitio(dir, label) {
  const root = realpathSync(dir);
  const files = new Set(
    readdirSync(root, { recursive: true })
      .filter((file) => statSync(join(root, file)).isFile())
      .map((file) => file.replaceAll('\\', '/')),
  );
  const paginas = [...files]
    .filter((file) => file.endsWith('.html'))
    .sort()
    .map((ruta) => ({
      ruta,
      name: label + ruta,
      file: join(root, ruta),
      url: pathToFileURL(join(root, ruta)).href,
      html: readFileSync(join(root, ruta)),
    }));
  const failures = files.has(HOME)
    ? []
    : [{ pagina: { name: label + HOME }, rule: 'site/home', message: 'the site has no index.html' }];
  return { root, files, paginas, failures };
}

/** The home, absent from a broken site (already a failure of its own). */
export function inicio(sitio) {
  return sitio.paginas.filter((pagina) => pagina.ruta === HOME);
}

/** The home and the first page of each folder. */
export function muestra(sitio) {
  const porCarpeta = new Map();
  for (const pagina of sitio.paginas) {
    const carpeta = posix.dirname(pagina.ruta);
    if (carpeta !== '.' && !porCarpeta.has(carpeta)) porCarpeta.set(carpeta, pagina);
  }
  return [...inicio(sitio), ...porCarpeta.values()];
}

/** Tells the 404 page its public address, which its style sheet gives away. Needs the facts of the pages. */
export function alojar(sitio) {
  const asset = 'tema/estilos/sede.css';
  for (const pagina of sitio.paginas.filter(({ ruta }) => ruta === NOT_FOUND)) {
    const sheet = pagina.facts.enlaces.find(({ embeds, address }) => embeds && /^https?:/.test(address) && address.endsWith(asset));
    if (!sheet) continue;
    const base = sheet.address.slice(0, -asset.length);
    pagina.hosted = { base, root: sitio.root };
    pagina.url = base + NOT_FOUND;
  }
}

/** Broken addresses, and pages that no link leads to. Needs the facts of the pages. */
export function reglasDeEnlaces(sitio) {
  const porRuta = new Map(sitio.paginas.map((pagina) => [pagina.ruta, pagina]));
  const broken = sitio.paginas.flatMap((pagina) =>
    pagina.facts.enlaces.flatMap(({ selector, address }) => {
      const problem = problema(sitio, porRuta, pagina, address);
      return problem ? [{ pagina, rule: `link/${problem.rule}`, selector, message: problem.message }] : [];
    }),
  );
  const reached = alcanzadas(porRuta);
  const lost = sitio.paginas
    .filter(({ ruta }) => ruta !== NOT_FOUND && !reached.has(ruta))
    .map((pagina) => ({ pagina, rule: 'link/unreachable', message: 'no path of <a href> leads here from index.html' }));
  return [...broken, ...lost];
}

/** What is wrong with an address written in a page, or nothing. */
function problema(sitio, porRuta, pagina, address) {
  const quoted = `"${address}"`;
  if (OUTSIDE.test(address) || address.startsWith('data:')) return undefined;
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return { rule: 'scheme', message: `${quoted} has a scheme that is not allowed` };
  if (address.startsWith('/')) return { rule: 'root-absolute', message: `${quoted} does not work where the site is a folder` };
  if (pagina.ruta === NOT_FOUND && !address.startsWith('#')) {
    return { rule: 'relative-in-404', message: `${quoted} breaks when the page is served at another depth` };
  }
  const destino = resolver(pagina.ruta, address);
  if (!destino) return { rule: 'encoding', message: `${quoted} has a bad % escape` };
  if (destino.ruta.startsWith('../')) return { rule: 'outside', message: `${quoted} leaves the folder of the site` };
  if (!sitio.files.has(destino.ruta)) return { rule: 'missing-file', message: `${quoted}: there is no file ${destino.ruta}` };
  const target = porRuta.get(destino.ruta);
  if (target && destino.ancla && !target.facts.ids.has(destino.ancla)) {
    return { rule: 'missing-id', message: `${quoted}: ${destino.ruta} has no id "${destino.ancla}"` };
  }
  return undefined;
}

/** The file and the anchor that a relative address means in the page `desde`; nothing when its escapes are wrong. */
function resolver(desde, address) {
  const [, path, ancla] = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/s.exec(address);
  try {
    const ruta = path === '' ? desde : posix.join(posix.dirname(desde), decodeURIComponent(path));
    return { ruta, ancla: ancla && decodeURIComponent(ancla) };
  } catch {
    return undefined;
  }
}

/** The paths that following <a href> from the home reaches. */
function alcanzadas(porRuta) {
  const reached = new Set();
  const pending = [HOME];
  while (pending.length > 0) {
    const ruta = pending.pop();
    const pagina = porRuta.get(ruta);
    if (!pagina || reached.has(ruta)) continue;
    reached.add(ruta);
    const within = pagina.facts.enlaces.filter(({ follows, address }) => follows && !/^([a-z][a-z0-9+.-]*:|\/)/i.test(address));
    pending.push(...within.flatMap(({ address }) => resolver(ruta, address)?.ruta ?? []));
  }
  return reached;
}
