// Runs a program and says what it took; and what a folder weighs.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Wall seconds; processor seconds and peak MiB as GNU time tells them, whose own wall time is rounded to hundredths. */
export function medido(program, args) {
  const dir = mkdtempSync(join(tmpdir(), 'medido-'));
  try {
    const told = join(dir, 'told');
    const start = performance.now();
    const done = spawnSync('time', ['-o', told, '-f', '%U %S %M', program, ...args], { encoding: 'utf8' });
    const wall = (performance.now() - start) / 1000;
    if (done.status !== 0) throw new Error(`${program}: ${done.error ?? done.stderr}`);
    const [user, system, kib] = readFileSync(told, 'utf8').trim().split('\n').at(-1).split(' ').map(Number);
    return { wall, cpu: user + system, mib: kib / 1024 };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** `times` runs of each of the `works`, in turns, so that a busy moment of the machine is shared; the medians, and
 * every wall time. Round after round begins with the next of the `starts`, so that nobody always comes after the same one. */
export function enTurnos(works, times, starts = [0]) {
  const runs = works.map(() => []);
  for (let n = 0; n < times; n++) {
    const start = starts[n % starts.length];
    for (let turn = 0; turn < works.length; turn++) {
      const i = (start + turn) % works.length;
      runs[i].push(works[i]());
    }
  }
  return runs.map((own) => ({
    wall: cuantil(own.map((run) => run.wall), 0.5),
    walls: own.map((run) => run.wall),
    cpu: cuantil(own.map((run) => run.cpu), 0.5),
    mib: Math.max(...own.map((run) => run.mib)),
  }));
}

/** The files of a folder: path → bytes. */
export function contenido(dir) {
  const files = readdirSync(dir, { recursive: true }).filter((file) => statSync(join(dir, file)).isFile());
  return new Map(files.map((file) => [file, readFileSync(join(dir, file))]));
}

export function peso(dir) {
  const sizes = [...contenido(dir).values()].map((bytes) => bytes.length);
  return { files: sizes.length, bytes: sizes.reduce((a, b) => a + b, 0) };
}

export function cuantil(list, part) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

export function correr(program, args) {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
