// A host of static files, as plain as hosts are: it says what it was asked for, and fails when told to.

import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

/** Also what hosts compress; anything else goes out as it lies. */
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/**
 * Serves the folder `root` under the path `base`. Gives `{ url, asked, broken, close }`: `asked` are the requests so far,
 * `{ path, within, status, bytes }`, where path is that within the folder, or all of it where it lies outside of `base`;
 * files whose path matches `broken` are not given.
 */
export async function servir(root, { base = '/', headers = {}, delay = 0, compress = false } = {}) {
  /** A file that was asked for before costs no reading. */
  const compressed = new Map();
  const host = { asked: [], broken: null };

  async function answer(request, response) {
    const pathname = decodeURIComponent(new URL(request.url, 'http://host').pathname);
    const within = pathname.startsWith(base);
    const path = within ? pathname.slice(base.length) : pathname;
    const say = (status, body, more = {}) => {
      host.asked.push({ path, status, within, bytes: body.length });
      response.writeHead(status, { ...headers, 'content-length': body.length, ...more }).end(body);
    };
    if (delay) await wait(delay);
    const file = join(root, path);
    const zipped = { 'content-type': TYPES[extname(file)], 'content-encoding': 'gzip' };
    if (within && !host.broken?.test(path) && compressed.has(file)) return say(200, compressed.get(file), zipped);
    const found = within && !host.broken?.test(path) && (await stat(file).catch(() => null))?.isFile();
    if (!found) return say(404, 'no');
    const type = TYPES[extname(file)];
    const plain = { 'content-type': type ?? 'application/octet-stream' };
    if (!compress || !type) return say(200, await readFile(file), plain);
    if (!compressed.has(file)) compressed.set(file, gzipSync(await readFile(file), { level: 6 }));
    return say(200, compressed.get(file), zipped);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.writeHead(400).end(String(error)));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return Object.assign(host, {
    url: new URL(base, `http://127.0.0.1:${server.address().port}`).href,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
}
