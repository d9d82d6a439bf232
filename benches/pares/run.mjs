// node run.mjs TARGET [RECORDS…] – our builds beside those of the peers; called by ../run, told in ../README.md.

import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';

import { correr, enTurnos, medido } from '../search/medido.mjs';
import { dice, pagefind, pares, tema } from './herramientas.mjs';
import { comparar, registros } from './igualdad.mjs';
import { informe } from './informe.mjs';

const [target, ...asked] = process.argv.slice(2);
const sizes = asked.length > 0 ? asked.map(Number) : [1000, 10_000];
const RUNS = Number(process.env.RUNS ?? 5);
/** Above this size only ours is measured, fewer times. */
const LARGE = 20_000;
const LARGE_RUNS = Math.min(RUNS, 3);
/** `chrt -f 50` where the machine has other work: the process that is measured gets both cores. */
const solo = Boolean(process.env.SOLO);

const own = (name) => resolve(target, name);
const micrositio = own('micrositio');
const work = mkdtempSync(join(process.env.WORK ?? '/dev/shm', 'bench-pares-'));

function mide(program, args) {
  return solo ? medido('chrt', ['-f', '50', program, ...args]) : medido(program, args);
}

function quitar(...paths) {
  for (const path of paths) rmSync(path, { recursive: true, force: true });
}

/** A build of ours; `fresh` has neither output nor cache. */
function nuestro(site, out, { fresh = true, more = [] } = {}) {
  if (fresh) quitar(out, join(site, '.micrositio'));
  return mide(micrositio, ['build', '-s', site, '-o', out, ...more]);
}

/** The record in the middle of a folder gets one sentence more, another one each time. */
function corregir(folder) {
  const files = readdirSync(folder).filter((name) => /^[a-z]{3}-.*\.md$/.test(name)).sort();
  const file = join(folder, files[Math.floor(files.length / 2)]);
  appendFileSync(file, `\nUna frase corregida el ${corregir.times = (corregir.times ?? 0) + 1} de mayo.\n`);
}

function medir(size) {
  const runs = size > LARGE ? LARGE_RUNS : RUNS;
  const peers = size > LARGE ? [] : pares();
  const [site, full, out, other, plain, copy] = ['igual', 'propio', 'publicado', 'ajeno', 'piso', 'copia.zip'].map((name) => join(work, name));
  correr(own('corpus'), [String(size), site]);
  if (size <= LARGE) cpSync(site, full, { recursive: true });
  cpSync(tema('micrositio'), join(site, 'themes/sede'), { recursive: true });
  const documents = join(site, 'content/documentos');

  const works = [
    ['without', 'micrositio', () => nuestro(site, out, { more: ['--no-search'] })],
    ['check', 'micrositio', () => mide(micrositio, ['check', '-s', site])],
    ['with', 'micrositio', () => nuestro(site, out)],
    ['unchanged', 'micrositio', () => nuestro(site, out, { fresh: false })],
    ['edited', 'micrositio', () => (corregir(documents), nuestro(site, out, { fresh: false }))],
  ];
  if (correr(micrositio, ['--help']).includes(' archive')) {
    works.push(['archive', 'micrositio', () => (quitar(copy), mide(micrositio, ['archive', copy, '-s', site, '-o', out]))]);
  }
  if (size <= LARGE) {
    works.push(['ownTheme', 'micrositio', () => nuestro(full, out, { more: ['--no-search'] })]);
    works.push(['ownThemeSearch', 'micrositio', () => nuestro(full, out)]);
    const content = join(site, 'content');
    works.push(['without', 'floor', () => (quitar(plain), mide(own('examples/piso'), [content, plain]))]);
  }

  // Pages are compared before anything is edited.
  nuestro(site, out, { more: ['--no-search'] });
  const outputs = [{ tool: 'micrositio', out, file: (record) => `${record}.html` }];
  let records = [];
  for (const peer of peers) {
    const [dir, published] = [join(work, peer.tool), join(work, `${peer.tool}-publicado`)];
    cpSync(tema(peer.tool), dir, { recursive: true });
    correr(own('examples/pares'), [peer.tool.toLowerCase(), site, dir]);
    const articles = join(dir, 'content');
    records = registros(articles);
    const build = () => mide(peer.program, peer.build(dir, published));
    build();
    outputs.push({ tool: peer.tool, out: published, file: peer.file });
    works.push(['without', peer.tool, () => (quitar(published), build())]);
    works.push(['edited', peer.tool, () => (corregir(join(articles, 'documentos')), build())]);
    if (peer.tool === 'Hugo' && pagefind.says) {
      const index = ['--site', published, '--output-path', other, '--root-selector', 'main'];
      works.push(['index', 'Pagefind', () => (quitar(other), mide(pagefind.program, index))]);
    }
  }
  const equal = records.length > 0 ? comparar(records, outputs) : [];
  for (const { out: published } of outputs) quitar(published);

  const load = loadavg()[0];
  // What one tool does stays together: a rebuild needs its build.
  const starts = works.flatMap(([what], i) => (what === 'without' || what === 'ownTheme' ? [i] : []));
  const results = enTurnos(works.map(([, , work]) => work), runs, starts);
  const found = works.map(([what, tool], i) => ({ what, tool, ...results[i] }));
  quitar(...readdirSync(work).map((name) => join(work, name)));
  return { size, runs, load, records: records.length, equal, found };
}

function maquina() {
  const cpu = /^model name\s*: (.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'processor unknown';
  const [folder, type] = [work, dice('stat', ['-f', '-c', '%T', work])];
  const memory = /^MemTotal:\s*(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1];
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu,
    cores: dice('nproc', []),
    memory: Math.round(Number(memory) / 1024 / 1024),
    system: type ?? folder,
    solo,
    versions: [
      `${dice(micrositio, ['--version'])} (${dice('git', ['rev-parse', '--short=10', 'HEAD'])})`,
      ...pares().map(({ says }) => says),
      pagefind.says,
      dice('rustc', ['--version']),
    ].filter(Boolean),
  };
}

try {
  const about = maquina();
  const measured = [];
  for (const size of sizes) {
    measured.push(medir(size));
    // What is measured is kept, should a later size fail.
    writeFileSync(new URL('../RESULTS.md', import.meta.url), informe(about, measured));
  }
} finally {
  quitar(work);
}
