// node esperas.js DIR WORD SLIP: how many waits it takes until a word, and a slip of it, are answered.
'use strict';
const assert = require('assert'), { motor } = require('./motor.js');
const [dir, word, slip] = process.argv.slice(2);

/** The kinds of files that are asked for, wait by wait, without the manifest. */
async function waits(text) {
  const { engine, loaded } = motor(dir);
  await engine.open();
  const r = await engine.search(text, { limit: 10 });
  assert(r.total > 0, text);
  const kinds = [];
  for (const { name, wait } of loaded.slice(1)) (kinds[wait - 1] ??= new Set()).add(name[0]);
  return kinds.map(k => [...k].join('')).join(' ');
}

(async () => {
  assert.strictEqual(await waits(word), 'p');
  // What it stands for begins alike, so its postings are here.
  assert.strictEqual(await waits(slip), 'p l');
})().catch(e => { console.error(e); process.exit(1); });
