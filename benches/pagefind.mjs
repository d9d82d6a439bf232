// node pagefind.mjs SITE QUERIES: the first ten addresses that Pagefind's own client gives for each query of a JSON list, on a
// site that `pagefind --site SITE` has indexed. It runs in Node, with files in place of the network.

import { copyFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [site, queries] = process.argv.slice(2);
const folder = join(site, 'pagefind');
const base = 'http://localhost/pagefind/';

globalThis.window = globalThis;
globalThis.location = new URL('http://localhost/');
globalThis.document = { currentScript: null, querySelector: () => ({ getAttribute: () => 'es' }) };
globalThis.fetch = async (url) => {
  const { pathname } = new URL(String(url), base);
  const type = pathname.endsWith('.pagefind') ? 'application/wasm' : 'application/octet-stream';
  return new Response(await readFile(join(site, pathname)), { headers: { 'content-type': type } });
};

// A `.js` that is a module: Node tells by the name.
copyFileSync(join(folder, 'pagefind.js'), join(folder, 'pagefind.mjs'));
const pagefind = await import(pathToFileURL(join(folder, 'pagefind.mjs')).href);
const engine = pagefind.createInstance ? pagefind.createInstance({ basePath: '/pagefind/', baseUrl: '/' }) : pagefind;

const answers = [];
for (const query of JSON.parse(await readFile(queries, 'utf8'))) {
  const { results } = await engine.search(query);
  const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  answers.push(shown.map((page) => page.url.replace(/^\//, '').replace(/(^|\/)$/, '$1index.html')));
}
process.stdout.write(JSON.stringify(answers));
