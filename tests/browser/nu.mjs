// The Nu HTML checker, one Java process for all the sites.

import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import vnuJar from 'vnu-jar';

const ARGS = [
  '-Xmx512m',
  '-Xss1m',
  '-jar',
  String(vnuJar),
  '--format',
  'json',
  '--stdout',
  '--skip-non-html',
  // Guesses the language of short texts, often wrongly; ours is checked by its attribute.
  '--no-langdetect',
  // Names each file it checks on stderr, which is how we know that it did.
  '--verbose',
];

export async function nu(sitios) {
  const { out, err } = await java([...ARGS, ...sitios.map((sitio) => sitio.root)]);
  const porArchivo = new Map(sitios.flatMap((sitio) => sitio.paginas).map((pagina) => [pagina.file, pagina]));
  let messages;
  try {
    ({ messages } = JSON.parse(out));
  } catch {
    const message = `the checker did not work: ${err.trim().split('\n').slice(-3).join(' | ')}`;
    return [{ pagina: { name: '(all)' }, rule: 'nu/crash', message }];
  }
  const checked = new Set(err.split('\n').map((line) => resolve(line.trim())));
  const skipped = [...porArchivo.values()].filter(({ file }) => !checked.has(file));
  return [
    ...skipped.map((pagina) => ({ pagina, rule: 'nu/skipped', message: 'the checker did not read this page' })),
    ...messages.flatMap((message) => failure(porArchivo, message)),
  ];
}

/** Taken out of what the checker warns of: it does not know that 'self' covers file://, which the browser test does. */
const MISTAKEN = /^Resource violates Content Security Policy/;

function failure(porArchivo, { type, subType, url, lastLine, message, extract, hiliteStart, hiliteLength }) {
  const file = url && fileURLToPath(new URL(url));
  // Style sheets and the like get a message that they were not checked, which is not about any page.
  if (type === 'info' && (!porArchivo.has(file) || MISTAKEN.test(message))) return [];
  const pagina = porArchivo.get(file) ?? { name: file ?? '(all)' };
  // Only the fault itself: with its surroundings it would differ from page to page.
  const selector = extract?.substr(hiliteStart, hiliteLength).replaceAll(/\s+/g, ' ').trim();
  return [{ pagina, rule: `nu/${subType ?? type}`, line: lastLine, selector, message, warning: type === 'info' }];
}

function java(args) {
  return new Promise((done) => {
    const child = spawn('java', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const text = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (chunk) => (text.out += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk) => (text.err += chunk));
    child.on('error', ({ message }) => done({ out: '', err: message })).on('close', () => done(text));
  });
}
