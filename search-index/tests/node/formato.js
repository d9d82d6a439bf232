// node formato.js DIR COUNT: everything that is shown, read back from the shards.
'use strict';
const { motor } = require('./motor.js');
const [dir, count] = process.argv.slice(2);
(async () => {
  const { engine } = motor(dir), shown = [];
  for (let doc = 0; doc < +count; doc++) {
    shown.push(await engine.fragment(doc));
  }
  const facets = await engine.facets(new Float32Array(+count).fill(1));
  process.stdout.write(JSON.stringify({ shown, facets: facets.map(f => f.values.map(v => [v.value, v.count])) }));
})();
