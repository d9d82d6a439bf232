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
// A word is found in a text by its term, however it is written there and whatever stands beside it.
for (const [w] of palabras) for (const written of [w, w.toUpperCase(), w.normalize('NFC')]) {
  const [chunk, more] = p.chunks(written), alone = chunk?.length === 1 && !more && chunk[0] === written;
  if (!alone || p.term(written.toLowerCase()) !== p.term(w)) continue;
  const text = `x «${written}»`, marks = p.marker(new Set([p.term(w)]))(text).map(([from, to]) => text.slice(from, to));
  same(`marks of ${written}`, marks.filter(piece => piece !== 'x'), w === 'x' ? [] : [written]);
}
const marked = (terms, text) => p.marker(new Set(terms))(text).map(([from, to]) => text.slice(from, to));
same('codes', marked(['dep-od-1'], 'El DEP-OD-001, no el DEP-OD-002'), ['DEP-OD-001']);
same('part of a code', marked(['od-1'], 'DEP-OD-001'), ['OD-001']);
same('zeros', marked(['3'], 'acta 003 y 30'), ['003']);
same('inside of words', marked(['acta'], 'contacta, 😀acta; Áctas άacta'), ['acta']);
for (const [typed, chunks, closed, open] of consultas) {
  same(typed, p.chunks(typed).map(c => [c, p.compoundKey(c)]), chunks);
  same(typed, p.parse(typed, false, stop), closed);
  same(typed, p.parse(typed, true, stop), open);
}
if (wrong.length) { console.log(wrong.slice(0, 30).join('\n') + `\n${wrong.length} differ`); process.exit(1); }
