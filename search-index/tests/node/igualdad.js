// node igualdad.js DIR QUERIES: answers each query of a JSON list of [text, complete, filters, sort].
'use strict';
const fs = require('fs'), { motor } = require('./motor.js');
const [dir, queries] = process.argv.slice(2);
(async () => {
  const { engine } = motor(dir), out = [];
  for (const [text, complete, filters, sort] of JSON.parse(fs.readFileSync(queries, 'utf8'))) {
    const [plan, r] = [await engine.plan(text, complete), await engine.search(text, { complete, filters, sort, limit: 20 })];
    out.push({ plan, total: r.total, partial: r.partial, notices: r.notices, hits: r.docs.map(d => [d, r.scores[d]]) });
  }
  process.stdout.write(JSON.stringify(out));
})();
