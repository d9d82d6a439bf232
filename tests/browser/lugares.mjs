// Where a site may lie: in a folder with an awkward name, below a path of a host, and there with the policy as a header.

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { servir } from './servidor.mjs';

const FOLDER = 'Búsqueda del año 2026 (100 % pública) #1';
const SUB_PATH = '/entidad/micrositio de transparencia/';

/** What no text may do, in a record of its own. */
export const HOSTIL = '<script>alert(1)</script> "\'</script> \u2028 😀 \u202e אבג &amp; hostilidad';

/**
 * A copy of the sources of a site in `from`, with a hostile record, built. `ask` gives what the command answers, `remove` takes
 * all of it away again.
 */
export function construir(micrositio, from, name) {
  const work = mkdtempSync(join(tmpdir(), 'buscar-'));
  const [sources, root] = [join(work, 'fuentes'), join(work, FOLDER, name)];
  mkdirSync(sources);
  mkdirSync(join(work, FOLDER));
  for (const part of ['site.toml', 'content', 'themes']) {
    if (existsSync(join(from, part))) cpSync(join(from, part), join(sources, part), { recursive: true });
  }
  writeFileSync(join(sources, 'content/paginas/hostil.md'), hostil());
  execFileSync(micrositio, ['build', '-s', sources, '-o', root], { stdio: ['ignore', 'ignore', 'pipe'] });
  const known = new Map();
  const ask = (...asked) => {
    const key = asked.join('\n');
    const [text, ...more] = asked;
    if (!known.has(key)) known.set(key, JSON.parse(execFileSync(micrositio, ['search', '-s', sources, '--json', ...more, '--', text])));
    return known.get(key);
  };
  return { name, sources, root, ask, remove: () => rmSync(work, { recursive: true }) };
}

function hostil() {
  const quoted = JSON.stringify(HOSTIL);
  const long = 'x'.repeat(10_000);
  return [
    '+++',
    'codigo = "hostil"',
    `titulo = ${quoted}`,
    `resumen = ${quoted}`,
    `alias = [${quoted}]`,
    '+++',
    '',
    `Hostilidad: \\<script>alert(1)\\</script> "comillas" 'simples' \u2028 😀 \u202e אבג ${long}`,
    '',
    '## Sección \\<img src=x onerror=alert(1)>',
    '',
    'La hostilidad sigue aquí.',
    '',
  ].join('\n');
}

/** Places of a built site, each `{ name, base, root, sitio, host }`; no host on disk. Without `all`, not that without the header. */
export async function lugares(sitio, all) {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(readFileSync(join(sitio.root, 'buscar.html'), 'utf8'))[1];
  const plain = all && (await servir(sitio.root, { base: SUB_PATH }));
  const strict = await servir(sitio.root, { base: SUB_PATH, headers: { 'content-security-policy': policy } });
  const place = (kind, base, host) => ({ name: `${sitio.name}, ${kind}`, base, root: sitio.root, sitio, host });
  return [
    place('file', pathToFileURL(`${sitio.root}/`).href),
    place('sub-path with policy', strict.url, strict),
    ...(all ? [place('sub-path', plain.url, plain)] : []),
  ];
}

/** A page with the box in its header, away from the root. */
export function interior({ root }) {
  return `procesos/${readdirSync(join(root, 'procesos')).find((name) => name.endsWith('.html') && name !== 'index.html')}`;
}

/** What is wrong with where a result leads: the file, or the id in it. */
export function extravio({ root, base }, href) {
  const [address, ancla] = href.split('#');
  const ruta = decodeURIComponent(address.slice(base.length));
  if (!href.startsWith(base) || !existsSync(join(root, ruta))) return `${href} leads to no file of the site`;
  if (ancla === undefined) return '';
  const id = decodeURIComponent(ancla);
  return readFileSync(join(root, ruta), 'utf8').includes(` id="${id}"`) ? '' : `${ruta} has no id ${id}`;
}
