// node medir.js DIR QUERIES: gzipped bytes of a first search with ten results, by kind of file, and by how common its words are.
'use strict';
const fs = require('fs'), zlib = require('zlib'), { motor } = require('./motor.js');
const [dir, queries] = process.argv.slice(2);
const client = zlib.gzipSync(fs.readFileSync(dir + '/buscar.js'), { level: 6 }).length;
const at = (list, q) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * q))];
const kb = n => (n / 1000).toFixed(1).padStart(6);
(async () => {
  const rows = [], counter = motor(dir).engine, { n } = await counter.open();
  const share = async text => Math.max(...await Promise.all(text.split(' ').map(async w => (await counter.search(w, { limit: 1 })).total))) / n;
  for (const [kind, text] of JSON.parse(fs.readFileSync(queries, 'utf8'))) {
    const { engine, loaded } = motor(dir), start = performance.now();
    const r = await engine.search(text, { limit: 10 });
    await Promise.all(r.docs.map(engine.fragment));
    const ms = performance.now() - start, of = k => loaded.filter(f => f.name[0] === k).reduce((n, f) => n + f.bytes, 0);
    const requests = loaded.length, bytes = { i: of('i'), l: of('l'), p: of('p'), f: of('f') };
    const total = client + bytes.i + bytes.l + bytes.p + bytes.f;
    await engine.facets(r.scores);
    rows.push({ kind, text, share: await share(text), found: r.total, total, ms, requests, ...bytes, c: of('c') });
  }
  for (const kind of [...new Set(rows.map(r => r.kind))].concat('')) {
    const own = rows.filter(r => !kind || r.kind === kind), m = k => kb(at(own.map(r => r[k]), 0.5));
    console.log(`${(kind || 'todas').padEnd(12)} total KB median ${m('total')} p95 ${kb(at(own.map(r => r.total), 0.95))} · client ${kb(client)} manifest ${m('i')} lexicon ${m('l')} postings ${m('p')} fragments ${m('f')} (facets after ${m('c')}) · requests ${at(own.map(r => r.requests), 0.5)} · ms median ${at(own.map(r => r.ms), 0.5).toFixed(0)} p95 ${at(own.map(r => r.ms), 0.95).toFixed(0)} · found ${at(own.map(r => r.found), 0.5)}`);
  }
  for (const [label, own] of [['at most', rows.filter(r => r.share <= 0.1)], ['more than', rows.filter(r => r.share > 0.1)]]) {
    if (own.length) console.log(`${label} 10 % of ${n} documents: ${own.length} queries, KB median ${kb(at(own.map(r => r.total), 0.5))} p95 ${kb(at(own.map(r => r.total), 0.95))} most ${kb(Math.max(...own.map(r => r.total)))}`);
  }
  if (process.env.ROWS) console.table(rows);
})();
