// A host of static files in a process of its own: beside the driver of the browser its answers would wait for what the driver hears.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { servir } from '../../tests/browser/servidor.mjs';

/** Gives `{ url, asked, close }`; `asked()` tells of the requests since it was last called. */
export async function host(root, delay) {
  const child = fork(fileURLToPath(import.meta.url), [root, String(delay)]);
  const [url] = await once(child, 'message');
  const asked = async () => {
    child.send('asked');
    return (await once(child, 'message'))[0];
  };
  return { url, asked, close: () => child.kill() };
}

if (process.send) {
  const [root, delay] = process.argv.slice(2);
  const served = await servir(root, { delay: Number(delay), compress: true });
  process.on('message', () => process.send(served.asked.splice(0)));
  process.send(served.url);
}
