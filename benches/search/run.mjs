// node run.mjs MICROSITIO CORPUS CONSULTAS PAGEFIND [RECORDS…] – our search beside Pagefind's, on the same pages; README.md.

import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { cambios } from './cambios.mjs';
import { correr, cuantil, enTurnos, medido, peso } from './medido.mjs';
import { navegar } from './navegar.mjs';

const QUERIES = Number(process.env.QUERIES ?? 24);
const RUNS = Number(process.env.RUNS ?? 3);
const LATENCY = 50;

const [micrositio, corpus, consultas, pagefind, ...counts] = process.argv.slice(2);
if (!pagefind) {
  console.error('usage: node run.mjs MICROSITIO CORPUS CONSULTAS PAGEFIND [RECORDS…]');
  process.exit(2);
}

const work = mkdtempSync(join(process.env.WORK ?? tmpdir(), 'bench-search-'));
try {
  const queries = correr(consultas, [String(QUERIES)]).trim().split('\n').map((line) => {
    const [kind, text] = line.split('\t');
    return { kind, text };
  });
  for (const count of counts.length > 0 ? counts.map(Number) : [1000, 10_000]) await comparar(count, queries);
} finally {
  rmSync(work, { recursive: true });
}

async function comparar(count, queries) {
  const [site, bigger, out, other] = ['sitio', 'mayor', 'publicado', 'ajeno'].map((name) => join(work, `${name}-${count}`));
  correr(corpus, [String(count), site]);
  correr(corpus, [String(count + 1), bigger]);
  const bundle = join(other, 'pagefind');

  const nuevo = (dir) => rmSync(dir, { recursive: true, force: true });
  const build = (from, ...more) => {
    nuevo(out);
    return medido(micrositio, ['build', '-s', from, '-o', out, ...more]);
  };
  // Only the content: Pagefind leaves out menus and footers by itself, and headings of the frame this way.
  const index = () => {
    nuevo(bundle);
    return medido(pagefind, ['--site', out, '--output-path', bundle, '--root-selector', 'main']);
  };
  const [without, with_, peer] = enTurnos([() => build(site, '--no-search'), () => build(site), index], RUNS);
  console.log(`\n${count.toLocaleString('en')} records\n`);
  tabla(['', 'micrositio', 'Pagefind', 'ratio'], [
    ['index time, s', fixed(with_.wall - without.wall, 2), fixed(peer.wall, 2), ratio(peer.wall, with_.wall - without.wall)],
    ['index processor time, s', fixed(with_.cpu - without.cpu, 2), fixed(peer.cpu, 2), ratio(peer.cpu, with_.cpu - without.cpu)],
    ['whole build with its index, s', fixed(with_.wall, 2), fixed(without.wall + peer.wall, 2), ratio(without.wall + peer.wall, with_.wall)],
    ['peak memory, MiB (ours: of the whole build)', fixed(with_.mib), fixed(peer.mib), ratio(peer.mib, with_.mib)],
    ...disco(peso(join(out, 'buscar')), peso(bundle)),
  ]);

  cpSync(new URL('pagefind.html', import.meta.url), join(other, 'pagefind.html'));
  for (const delay of [0, LATENCY]) {
    const rows = await navegar({ micrositio: out, pagefind: other }, queries, delay);
    busquedas(rows, delay);
  }

  const publish = (from) => {
    build(from);
    index();
    const kept = join(work, 'visto');
    nuevo(kept);
    mkdirSync(kept);
    cpSync(join(out, 'buscar'), join(kept, 'micrositio'), { recursive: true });
    cpSync(bundle, join(kept, 'pagefind'), { recursive: true });
    return { micrositio: join(kept, 'micrositio'), pagefind: join(kept, 'pagefind') };
  };
  console.log('');
  tabla(
    ['one document', 'tool', 'files that change', 'KB', 'KB gzipped'],
    cambios(site, bigger, publish, work).map((row) => [row.change, row.tool, `${row.files} of ${row.of}`, kb(row.bytes), kb(row.gzip)]),
  );
  [site, bigger, out, other].forEach(nuevo);
}

function disco(ours, theirs) {
  return [
    ['index on disk, MB', fixed(ours.bytes / 1e6, 1), fixed(theirs.bytes / 1e6, 1), ratio(theirs.bytes, ours.bytes)],
    ['files', String(ours.files), String(theirs.files), ratio(theirs.files, ours.files)],
  ];
}

function busquedas(all, delay) {
  const lineOf = (rows) => (name, key, part, kind, shape) => {
    const own = (tool) => rows.filter((row) => row.tool === tool && (!kind || row.kind === kind)).map((row) => row[key]);
    const [ours, theirs] = ['micrositio', 'pagefind'].map((tool) => cuantil(own(tool), part));
    return [`${name}, ${part === 0.5 ? 'median' : 'p95'}`, shape(ours), shape(theirs), ratio(theirs, ours)];
  };
  const line = lineOf(all);
  const both = (name, key, shape, over = line) => [0.5, 0.95].map((part) => over(name, key, part, undefined, shape));
  const kinds = [...new Set(all.map((row) => row.kind))];
  const found = (tool) => all.filter((row) => row.tool === tool && row.shown > 0).map((row) => row.text);
  const [ours, theirs] = ['micrositio', 'pagefind'].map(found);
  // To find nothing is quick, so times are of the queries that both answer.
  const answered = lineOf(all.filter((row) => ours.includes(row.text) && theirs.includes(row.text)));
  const bytes = delay
    ? []
    : [
        ...both('KB of a first search', 'bytes', kb),
        ...kinds.map((kind) => line(`– ${kind}`, 'bytes', 0.5, kind, kb)),
        line('KB of the filters, after the results', 'after', 0.5, undefined, kb),
        ...both('requests', 'requests', String),
        ['queries answered', `${ours.length}`, `${theirs.length}`, ''],
      ];
  console.log(`\n${delay} ms of latency a request\n`);
  tabla(['', 'micrositio', 'Pagefind', 'ratio'], [
    ...bytes,
    ...both('ms from Enter to results, page open', 'warm', fixed, answered),
    ...both('ms from Enter to results, Pagefind loaded before', 'ready', fixed, answered),
    ...both('ms from the address with the query to results', 'cold', fixed, answered),
  ]);
  if (process.env.ROWS && !delay) console.table(all);
}

function tabla(head, rows) {
  const line = (cells) => console.log(`| ${cells.join(' | ')} |`);
  line(head);
  line(head.map((_, i) => (i === 0 ? '---' : '---:')));
  rows.forEach(line);
}

function fixed(n, digits = 0) {
  return n.toFixed(digits);
}

function kb(bytes) {
  return (bytes / 1000).toFixed(1);
}

function ratio(theirs, ours) {
  return ours > 0 ? `${(theirs / ours).toFixed(1)} ×` : '–';
}
