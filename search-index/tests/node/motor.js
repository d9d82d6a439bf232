// Runs the engine of client/buscar.js over a folder of files, counting what it loads, and in which wait: what is asked for at once comes together.
'use strict';
const fs = require('fs'), path = require('path'), vm = require('vm'), zlib = require('zlib');
const client = path.join(__dirname, '../../client/buscar.js');
vm.runInThisContext(fs.readFileSync(client, 'utf8'), client);

exports.motor = dir => {
  const loaded = [];
  let waits = 0, coming;
  const engine = globalThis.buscar.motor(async name => {
    const source = fs.readFileSync(path.join(dir, name + '.js'), 'latin1');
    loaded.push({ name, bytes: zlib.gzipSync(source, { level: 6 }).length, wait: waits });
    await (coming ??= new Promise(come => setImmediate(() => { coming = undefined; waits++; come(); })));
    vm.runInThisContext(source);
  });
  return { engine, loaded };
};
exports.partes = globalThis.buscar.partes;
