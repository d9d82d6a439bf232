// node serve.mjs MICROSITIO SITE – from saving a file of a site to its page being served changed, as `micrositio serve` does it.
// The site is copied first. EDITS (21) of each kind, PAUSE (700) ms between them; prints median and range.

import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const [program, source] = process.argv.slice(2);
if (!source) {
  console.error('usage: node serve.mjs MICROSITIO SITE');
  process.exit(2);
}
const EDITS = Number(process.env.EDITS ?? 21);
const PAUSE = Number(process.env.PAUSE ?? 700);

const work = mkdtempSync(join(tmpdir(), 'serve-'));
const site = join(work, 'sitio');
cpSync(source, site, { recursive: true, filter: (path) => !/[/](public|\.micrositio)$/.test(path) });
const server = spawn(program, ['serve', '-s', site, '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
try {
  const base = await new Promise((ready, failed) => {
    server.stdout.on('data', (text) => ready(/http:[^ ]+/.exec(text)[0]));
    server.on('exit', () => failed(new Error('the server ended')));
  });
  const folder = join(site, 'content/documentos');
  const files = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.md'))
    .sort();
  const file = join(folder, files[Math.floor(files.length / 2)]);
  const text = readFileSync(file, 'utf8');
  const code = /^codigo = "(.+)"/m.exec(text)[1];
  const page = `${base}documentos/${code.toLowerCase()}.html`;
  const began = performance.now();
  await fetched(`${base}buscar/indice.js`);
  console.log(`first search ready after ${(performance.now() - began).toFixed(0)} ms`);

  const write = (now) => writeFileSync(file, now);
  const rename = (now) => {
    writeFileSync(`${file}.nuevo~`, now);
    renameSync(`${file}.nuevo~`, file);
  };
  const kinds = {
    'text of the body': [(n) => `${text}\nMarca ${n}.\n`, write],
    'text, written by rename': [(n) => `${text}\nMarca ${n}.\n`, rename],
    'a key (epigrafe)': [(n) => text.replace(/^epigrafe = .*$/m, `epigrafe = "Marca ${n}."`), write],
    'the title': [(n) => text.replace(/^titulo = .*$/m, `titulo = "Documento Marca ${n}."`), write],
  };
  let number = 0;
  for (const [kind, [edited, save]] of Object.entries(kinds)) {
    const times = [];
    for (let turn = 0; turn < EDITS; turn += 1) {
      number += 1;
      const now = edited(number);
      if (now === text) throw new Error(`${kind}: nothing to edit in ${file}`);
      await wait(PAUSE);
      const from = performance.now();
      save(now);
      while (!(await fetched(page)).includes(`Marca ${number}.`)) {
        if (performance.now() - from > 20_000) throw new Error(`${kind}: never served`);
      }
      times.push(performance.now() - from);
    }
    times.sort((a, b) => a - b);
    const ms = (time) => time.toFixed(1).padStart(7);
    console.log(
      `${kind.padEnd(26)} median ${ms(times[Math.floor(EDITS / 2)])} ms, ${ms(times[0])} to ${ms(times[EDITS - 1])} ms`,
    );
  }
} finally {
  agent.destroy();
  server.kill();
  rmSync(work, { recursive: true });
}

function fetched(url) {
  return new Promise((done, failed) => {
    get(url, { agent }, (answer) => {
      let body = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => (body += part));
      answer.on('end', () => done(body));
    }).on('error', failed);
  });
}
