// Whether the tools wrote the same pages: how many, how heavy, and the same text.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { peso } from '../search/medido.mjs';

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** The records that were written as `content/section/name.md`: `section/name`. */
export function registros(content) {
  const files = readdirSync(content, { recursive: true }).filter((file) => file.endsWith('.md') && !file.includes('_index'));
  return files.filter((file) => file.includes('/')).map((file) => file.slice(0, -'.md'.length));
}

/**
 * `outputs` are `{ tool, out, file }`, the first one ours; `file(record)` is where a tool puts the page of a record. Gives a row for each
 * tool: pages of records and other pages, with their bytes, all files, and how many texts are those of our page.
 */
export function comparar(records, outputs) {
  const [ours] = outputs;
  return outputs.map(({ tool, out, file }) => {
    const pages = records.map((record) => join(out, file(record))).filter((path) => existsSync(path));
    const whole = peso(out);
    const html = readdirSync(out, { recursive: true }).filter((name) => name.endsWith('.html'));
    const weigh = (paths) => paths.reduce((sum, path) => sum + statSync(path).size, 0);
    const bytes = weigh(pages);
    const all = weigh(html.map((name) => join(out, name)));
    const differs = records.filter((record) => texto(join(out, file(record))) !== texto(join(ours.out, ours.file(record))));
    return {
      tool,
      records: pages.length,
      bytes: bytes / pages.length,
      lists: html.length - pages.length,
      listBytes: all - bytes,
      files: whole.files,
      total: whole.bytes,
      same: records.length - differs.length,
      differs: differs[0],
    };
  });
}

/** What `main` of a page says, white space apart. */
export function texto(path) {
  if (!existsSync(path)) return undefined;
  const html = readFileSync(path, 'utf8');
  const main = html.slice(html.indexOf('<main'), html.lastIndexOf('</main>'));
  return entidades(main.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim();
}

function entidades(text) {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) => {
    if (name) return ENTITIES[name] ?? all;
    return String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal));
  });
}
