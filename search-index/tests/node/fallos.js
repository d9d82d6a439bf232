// node fallos.js DIR: a shard that is missing, damaged or of another version is said, and asked for again later.
'use strict';
const fs = require('fs'), path = require('path'), assert = require('assert'), { motor } = require('./motor.js');
const dir = process.argv[2], file = name => path.join(dir, name);
const fails = async promise => { try { await promise; } catch (e) { return e; } assert.fail('did not fail'); };

/** Runs `test` while a file holds something else, or nothing. */
async function broken(name, content, test) {
  const kept = fs.readFileSync(file(name));
  if (content === null) fs.unlinkSync(file(name)); else fs.writeFileSync(file(name), content);
  try { await test(); } finally { fs.writeFileSync(file(name), kept); }
}

(async () => {
  const names = fs.readdirSync(dir), { engine } = motor(dir);
  await engine.open();
  // A finished word stands beside its postings; the lexicon is for what is being typed, and for slips.
  const { engine: finished, loaded } = motor(dir);
  assert((await finished.search('acta')).total > 0);
  assert(!loaded.some(({ name }) => name.startsWith('l-')), 'the lexicon was read');
  for (const [kind, asked] of [['l-', 'actaa'], ['p-', 'acta']]) {
    for (const content of [null, '', 'buscar("otro:nada")']) {
      const fresh = motor(dir).engine, hidden = names.filter(n => n.startsWith(kind));
      const kept = hidden.map(n => [n, fs.readFileSync(file(n))]);
      for (const n of hidden) content === null ? fs.unlinkSync(file(n)) : fs.writeFileSync(file(n), content);
      const e = await fails(fresh.search(asked));
      assert(e.message.includes(` ${kind}`), e.message);
      for (const [n, bytes] of kept) fs.writeFileSync(file(n), bytes);
      assert((await fresh.search(asked)).total > 0, 'the second try reads it');
    }
  }
  await broken('indice.js', fs.readFileSync(file('indice.js'), 'utf8').replace(/\\"v\\":\d+/, '\\"v\\":99'), async () => {
    const e = await fails(motor(dir).engine.search('acta'));
    assert.strictEqual(e.version, 99);
    assert.match(e.message, /versión 99/);
  });
  await broken('indice.js', null, async () => {
    const { engine } = motor(dir), e = await fails(engine.search('acta'));
    assert.match(e.message, / indice\.js/);
  });
})().catch(e => { console.error(e); process.exit(1); });
