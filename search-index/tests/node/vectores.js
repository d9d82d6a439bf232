// node vectores.js FILE: words and queries come out in JavaScript as the vectors say.
'use strict';
const fs = require('fs'), assert = require('assert'), { partes: p } = require('./motor.js');
const { palabras, consultas, vacias } = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const stop = new Set(vacias.split(' '));
const wrong = [];
const same = (what, a, b) => { try { assert.deepStrictEqual(a, b); } catch { wrong.push(`${what}: ${JSON.stringify(a)} ≠ ${JSON.stringify(b)}`); } };
for (const [w, surface, term, other] of palabras) {
  same(w, [p.surface(w), p.term(w), p.otherNumber(p.surface(w)).join(' ')], [surface, term, other]);
}
for (const [typed, chunks, closed, open] of consultas) {
  same(typed, p.chunks(typed).map(c => [c, p.compoundKey(c)]), chunks);
  same(typed, p.parse(typed, false, stop), closed);
  same(typed, p.parse(typed, true, stop), open);
}
if (wrong.length) { console.log(wrong.slice(0, 30).join('\n') + `\n${wrong.length} differ`); process.exit(1); }
