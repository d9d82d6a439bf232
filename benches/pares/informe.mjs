// RESULTS.md out of what was measured: ratios, with the figures small beside them.

import { cuantil } from '../search/medido.mjs';

const sub = (text) => `<sub>${text}</sub>`;
const seconds = (s) => (s < 1 ? `${(s * 1000).toFixed(0)} ms` : `${s.toFixed(s < 10 ? 2 : 1)} s`);
/** Goals are in decimal units, as they are set: 1.5 GB are 1,431 MiB. */
const mb = (n) => `${n.toFixed(0)} MB`;
const MB_A_MIB = 1.048576;
const mib = (n) => `${n.toFixed(n < 10 ? 1 : 0)} MiB`;
const times = (n) => `${n.toFixed(n < 10 ? 2 : 1)} ×`;
const count = (n) => n.toLocaleString('en');
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;

/** What a build with the search takes beyond one without: run by run, since the two stand side by side. */
function indexing(found) {
  const of = (what) => found.find((row) => row.what === what && row.tool === 'micrositio');
  const [without, with_] = [of('without'), of('with')];
  const walls = with_.walls.map((wall, i) => wall - without.walls[i]);
  return { what: 'index', tool: 'micrositio', walls, wall: cuantil(walls, 0.5), cpu: with_.cpu - without.cpu, mib: with_.mib };
}

/** Hugo and then Pagefind on what it wrote. */
function juntos(hugo, pagefind) {
  const walls = hugo.walls.map((wall, i) => wall + pagefind.walls[i]);
  const more = { cpu: hugo.cpu + pagefind.cpu, mib: Math.max(hugo.mib, pagefind.mib) };
  return { what: 'with', tool: 'Hugo + Pagefind', walls, wall: cuantil(walls, 0.5), ...more };
}

function tabla(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i ? '---:' : '---'))), ...rows.map(line), ''].join('\n');
}

function tiempo(row, ours) {
  if (!row) return '';
  const range = `${seconds(Math.min(...row.walls))}–${seconds(Math.max(...row.walls))}`;
  return `${times(row.wall / ours.wall)} ${sub(`${seconds(row.wall)} (${range})`)}`;
}

const ROWS = [
  ['Full build without search', 'without', 'without'],
  ['Full build with search', 'with', 'with'],
  ['Index alone', 'index', 'index'],
  ['Build again, nothing changed', 'unchanged', 'unchanged'],
  ['Build again, one record changed', 'edited', 'edited'],
  ['`check`', 'check', 'check'],
  ['`archive` to .zip', 'archive', 'archive'],
];

function seccion({ size, runs, load, equal, found }) {
  const all = [...found, indexing(found)];
  const of = (what, tool) => all.find((row) => row.what === what && row.tool === tool);
  const ours = (what) => of(what, 'micrositio');
  const [hugo, pagefind] = [of('without', 'Hugo'), of('index', 'Pagefind')];
  if (hugo && pagefind) all.push(juntos(hugo, pagefind));
  const tools = [...new Set(all.map((row) => row.tool))].sort((a, b) => orden(a) - orden(b));
  const rows = ROWS.filter(([, what]) => ours(what));
  const out = [`## ${count(size)} records\n`, `Medians of ${runs} runs and their range; load of the machine before: ${load.toFixed(1)}.\n`];
  out.push(tabla(['Time, as a ratio to ours', ...tools], [
    ...rows.map(([name, what]) => [name, ...tools.map((tool) => tiempo(of(what, tool), ours(what)))]),
    ['Processor time, full build without search', ...tools.map((tool) => celda(of('without', tool), ours('without'), 'cpu', seconds))],
  ]));
  out.push(tabla(['Peak memory, as a ratio to ours', ...tools], rows.slice(0, 6).filter(([, what]) => what !== 'index').map(([name, what]) => [
    name, ...tools.map((tool) => celda(of(what, tool), ours(what), 'mib', mib)),
  ])));
  if (!ours('archive')) out.push('This program has no command `archive`, so that it is not measured.\n');
  const own = ['ownTheme', 'ownThemeSearch'].map(ours).filter(Boolean);
  if (own.length > 0) {
    const base = [ours('without'), ours('with')];
    out.push(tabla(['With our own theme, to ours with the minimal one', 'time', 'peak memory'], own.map((row, i) => [
      ['without search', 'with search'][i], tiempo(row, base[i]), celda(row, base[i], 'mib', mib),
    ])));
  }
  if (equal.length > 0) out.push(igualdad(equal));
  return out.join('\n');
}

function orden(tool) {
  return ['micrositio', 'floor', 'Hugo', 'Pagefind', 'Hugo + Pagefind', 'Zola', 'cobalt'].indexOf(tool);
}

function celda(row, ours, key, shape) {
  return row ? `${times(row[key] / ours[key])} ${sub(shape(row[key]))}` : '';
}

function igualdad(equal) {
  const [ours] = equal;
  const head = ['What was written', ...equal.map(({ tool }) => tool)];
  const row = (name, cell) => [name, ...equal.map(cell)];
  return tabla(head, [
    row('Pages of records', ({ records }) => count(records)),
    row('Bytes of each, ratio to ours', ({ bytes }) => `${times(bytes / ours.bytes)} ${sub(kb(bytes))}`),
    row('Pages of records with the same text as ours', ({ same }) => count(same)),
    row('Other pages: lists, terms, matrices', ({ lists }) => count(lists)),
    row('Bytes of these', ({ lists, listBytes }) => `${(listBytes / 1e6).toFixed(1)} MB ${sub(`${kb(listBytes / lists)} each`)}`),
    row('Bytes of all pages, ratio to ours', (one) => times((one.bytes * one.records + one.listBytes) / (ours.bytes * ours.records + ours.listBytes))),
    row('All files', ({ files, total }) => `${count(files)} ${sub(`${(total / 1e6).toFixed(1)} MB`)}`),
  ]);
}

/** The goals of the project, each beside what was measured at 10,000 records. */
function metas(measured) {
  const at = measured.find(({ size }) => size === 10_000);
  if (!at) return '';
  const of = (what, tool = 'micrositio') => at.found.find((row) => row.what === what && row.tool === tool);
  const peers = at.found.filter(({ what, tool }) => what === 'without' && !['micrositio', 'floor'].includes(tool));
  const fastest = peers.reduce((best, row) => (best && best.wall < row.wall ? best : row), undefined);
  const [without, with_, floor, hugo, pagefind] = [of('without'), of('with'), of('without', 'floor'), of('without', 'Hugo'), of('index', 'Pagefind')];
  const rows = [];
  const goal = (name, limit, value, shape) => rows.push([name, shape(limit), shape(value), value <= limit ? 'yes' : '**no**']);
  const part = (value) => `1/${(1 / value).toFixed(1)}`;
  if (fastest) {
    goal(`Without search, of the fastest peer (${fastest.tool})`, 1 / 6, without.wall / fastest.wall, part);
    goal('With search, of the same without any', 1 / 4, with_.wall / fastest.wall, part);
  }
  if (floor) goal('Without search, of the floor', 2.5, without.wall / floor.wall, times);
  if (hugo && pagefind) goal('With search, of Hugo + Pagefind', 1 / 20, with_.wall / (hugo.wall + pagefind.wall), part);
  goal('Peak memory with search', 300, with_.mib * MB_A_MIB, mb);
  goal('Nothing changed, of a full build', 0.1, of('unchanged').wall / with_.wall, (value) => `${(value * 100).toFixed(0)} %`);
  const large = measured.find(({ size }) => size === 100_000);
  const huge = (what) => large?.found.find((row) => row.what === what);
  if (large) {
    const perPage = (what) => huge(what).wall / 10 / of(what).wall;
    goal('100,000 records: time per record without search, of that at 10,000', 1.2, perPage('without'), times);
    goal('100,000 records: the same with search', 1.2, perPage('with'), times);
    goal('100,000 records: peak memory without search', 500, huge('without').mib * MB_A_MIB, mb);
    goal('100,000 records: peak memory with search', 1500, huge('with').mib * MB_A_MIB, mb);
  }
  return ['## Goals at 10,000 records\n', tabla(['', 'at most', 'measured', 'reached'], rows)].join('\n');
}

export function informe(about, measured) {
  const alone = about.solo ? ' Each measured process ran alone on both cores (`chrt -f 50`), since the machine had other work.' : '';
  return `# Results

Written by \`benches/run\` on ${about.date}: ${about.cores} cores (${about.cpu}), ${about.memory} GiB, output on ${about.system}.${alone}
${about.versions.map((version) => `\n- ${version}`).join('')}

A ratio is that tool's figure over ours in the same row: 8 × means eight times as long. Whole processes, tools in turns. Every tool has
the same minimal theme, the same Markdown and the facts that our page of each record shows, already found for the peers; README.md
tells what each does more.

${metas(measured)}
${measured.map(seccion).join('\n')}`;
}
