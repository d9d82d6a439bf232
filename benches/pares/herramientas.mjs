// The programs that are measured beside ours: how each is told to build, and where it puts the page of a record.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const named = (name) => process.env[name.toUpperCase()] ?? name;

const PEERS = [
  {
    tool: 'Hugo',
    program: named('hugo'),
    version: ['version'],
    build: (site, out) => ['--source', site, '--destination', out, '--quiet'],
    file: (record) => `${record}.html`,
  },
  {
    tool: 'Zola',
    program: named('zola'),
    version: ['--version'],
    build: (site, out) => ['--root', site, 'build', '--output-dir', out, '--force'],
    file: (record) => `${record}/index.html`,
  },
  {
    tool: 'cobalt',
    program: named('cobalt'),
    version: ['--version'],
    build: (site, out) => ['build', '--config', `${site}/_cobalt.yml`, '--destination', out],
    file: (record) => `${record}.html`,
  },
];

/** Those that are installed, each with what it says of its version. */
export function pares() {
  return PEERS.map((peer) => ({ ...peer, says: dice(peer.program, peer.version) })).filter(({ says }) => says);
}

export const pagefind = { tool: 'Pagefind', program: named('pagefind'), says: dice(named('pagefind'), ['--version']) };

/** The theme and settings of a tool, beside this file. */
export function tema(tool) {
  return fileURLToPath(new URL(tool.toLowerCase(), import.meta.url));
}

/** The first line that a program answers, or nothing where there is no such program. */
export function dice(program, args) {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim().split('\n')[0] : undefined;
}
