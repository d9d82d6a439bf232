// What has to be published anew when one document is added, edited or withdrawn.

import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { contenido } from './medido.mjs';

const FRASE = '\nUna frase corregida sobre la contratación de los acueductos.\n';
const CODE = /\b[a-z]{3}-[a-z]{2}-\d+\b/g;

/**
 * `site` are the sources of a corpus and `bigger` those of one record more. `publish(site)` builds and gives the folders of
 * the indexes, by tool. Gives rows `{ change, tool, files, bytes, gzip, of }`.
 */
export function cambios(site, bigger, publish, work) {
  const before = leer(publish(site));
  const changes = [
    ['added, the newest', (dir) => cpSync(bigger, dir, { recursive: true })],
    ['edited, in the middle', (dir) => editar(enMedio(dir)[0])],
    ['withdrawn, in the middle', (dir) => retirar(dir)],
  ];
  return changes.flatMap(([change, apply]) => {
    const dir = join(work, 'cambiado');
    rmSync(dir, { recursive: true, force: true });
    cpSync(site, dir, { recursive: true, filter: (path) => basename(path) !== '.micrositio' });
    apply(dir);
    const after = leer(publish(dir));
    return [...after].map(([tool, files]) => ({ change, tool, ...diferencia(before.get(tool), files) }));
  });
}

function leer(folders) {
  return new Map(Object.entries(folders).map(([tool, dir]) => [tool, contenido(dir)]));
}

function diferencia(before, after) {
  const digest = (bytes) => bytes && createHash('sha256').update(bytes).digest('hex');
  const fresh = [...after].filter(([path, bytes]) => digest(before.get(path)) !== digest(bytes)).map(([, bytes]) => bytes);
  const sum = (sizes) => sizes.reduce((a, b) => a + b, 0);
  return {
    files: fresh.length,
    of: after.size,
    bytes: sum(fresh.map((bytes) => bytes.length)),
    gzip: sum(fresh.map((bytes) => gzipSync(bytes, { level: 6 }).length)),
  };
}

/** The documents, those of the middle in time first. */
function enMedio(dir) {
  const folder = join(dir, 'content/documentos');
  const dated = readdirSync(folder).map((name) => {
    const file = join(folder, name);
    return { file, date: /^fecha_aprobacion = (\S+)/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '' };
  });
  dated.sort((a, b) => (a.date < b.date ? -1 : 1));
  const middle = dated.length / 2;
  return dated.map(({ file }, i) => [Math.abs(i - middle), file]).sort(([a], [b]) => a - b).map(([, file]) => file);
}

function editar(file) {
  writeFileSync(file, readFileSync(file, 'utf8') + FRASE);
}

/** Takes away the first one of the middle that no other record names: the rest of the site stays as it was. */
function retirar(dir) {
  const named = new Set();
  for (const [path, bytes] of contenido(join(dir, 'content'))) {
    for (const [code] of bytes.toString().toLowerCase().matchAll(CODE)) if (code !== basename(path, '.md')) named.add(code);
  }
  rmSync(enMedio(dir).find((file) => !named.has(basename(file, '.md'))));
}
