// The page answers as the command does: same results, same order, same scores, over random queries.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const LIMIT = 20;
const TIE = 1e-6;
/** Processes of the command at a time. */
const AT_ONCE = 4;

/** Compares `count` random queries in a tab at the search page of a place; failures. */
export async function igualdad(tab, lugar, micrositio, count) {
  await tab.goto(`${lugar.base}buscar.html`, { waitUntil: 'load' });
  const texts = await tab.evaluate(readInPage);
  const queries = consultas(texts, count);
  const browser = await tab.evaluate(answerInPage, { queries, LIMIT });
  const native = await preguntar(lugar.sitio, micrositio, queries);
  const differ = queries.flatMap((query, i) => {
    const message = diferencia(native[i], browser[i]);
    return message ? [{ pagina: lugar, rule: 'search/equality', message: `${JSON.stringify(query)}: ${message}` }] : [];
  });
  const found = native.filter((answer) => answer.total > 0).length;
  const few = found < count * 0.8 ? [{ pagina: lugar, rule: 'search/equality', message: `only ${found} of ${count} find anything` }] : [];
  return [...differ, ...few];
}

async function preguntar({ sources }, micrositio, queries) {
  const answers = [];
  const pending = queries.map((query, i) => ({ ...query, i }));
  const worker = async () => {
    for (let next = pending.shift(); next; next = pending.shift()) {
      const order = next.sort ? ['--by-date'] : [];
      const asked = ['search', '-s', sources, '--json', '--limit', String(LIMIT), ...order, '--', next.text];
      const { stdout, stderr } = await run(micrositio, asked).catch((error) => error);
      answers[next.i] = stdout ? JSON.parse(stdout) : { broke: stderr.trim().split('\n').slice(0, 2).join(' ') };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return answers;
}

function diferencia(native, browser) {
  if (native.broke !== undefined) return `the command broke: ${native.broke}`;
  if (native.total !== browser.total) return `${native.total} results natively, ${browser.total} in the browser`;
  if (native.partial !== browser.partial) return `partial natively: ${native.partial}, in the browser: ${browser.partial}`;
  const close = (a, b) => Math.abs(a - b) <= TIE * Math.max(1, Math.abs(a));
  const last = native.hits.at(-1)?.score;
  const wrong = native.hits.findIndex(({ url, score }, i) => {
    const other = browser.hits[i];
    if (!other || (browser.scored && !close(score, other.score))) return true;
    const tied = browser.scored && (close(score, last) || browser.hits.some((hit) => hit.url === url && close(hit.score, score)));
    return url !== other.url && !tied;
  });
  if (wrong >= 0) return `place ${wrong + 1} is ${told(native.hits[wrong])} natively, ${told(browser.hits[wrong])} in the browser`;
  return native.hits.length === browser.hits.length ? '' : `${native.hits.length} and ${browser.hits.length} results`;
}

function told(hit) {
  return hit ? `${hit.url} (${hit.score})` : 'nothing';
}

/** Runs in the page: titles, codes and texts of all documents. */
async function readInPage() {
  window.motor = window.buscar.motor((name) => new Promise((loaded, failed) => {
    const script = document.createElement('script');
    Object.assign(script, { src: `buscar/${name}.js`, onload: loaded, onerror: failed });
    document.head.append(script);
  }));
  const { n } = await window.motor.open();
  const all = await Promise.all(Array.from({ length: n }, (_, doc) => window.motor.fragment(doc)));
  return all.flatMap(([, title, , , codes, sections]) => [title, ...codes, ...sections.flatMap(([, heading, text]) => [heading, text])]);
}

/** Runs in the page, after `readInPage`. */
async function answerInPage({ queries, LIMIT }) {
  const answers = [];
  for (const { text, sort } of queries) {
    const { total, partial, docs, scores } = await window.motor.search(text, { sort, limit: LIMIT });
    const hits = await Promise.all(docs.map(async (doc) => ({ url: (await window.motor.fragment(doc))[0], score: scores[doc] })));
    answers.push({ total, partial, hits, scored: !sort });
  }
  return answers;
}

/** Random queries out of what the site says, the same ones for the same texts. */
function consultas(texts, count) {
  let state = 20_261;
  // Mulberry32.
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const roll = (n) => Math.floor(random() * n);
  const any = (list) => list[roll(list.length)];
  const texto = texts.filter((text) => /\p{L}/u.test(text)).map((text) => text.split(/\s+/).filter(Boolean));
  const largo = texto.filter((words) => words.length > 8);
  const seguidas = (n) => {
    const words = any(largo);
    const from = roll(words.length - n);
    return words.slice(from, from + n).join(' ').replaceAll('"', '');
  };
  const palabra = () => any(any(texto));
  const llana = (text) => text.normalize('NFD').replaceAll(/\p{M}/gu, '');
  const errada = (word) => {
    const at = 1 + roll(Math.max(1, word.length - 2));
    const [head, tail] = [word.slice(0, at), word.slice(at)];
    const [a = '', b = ''] = tail;
    return any([head + tail.slice(1), head + a + tail, head + any([...'aeilnorst']) + tail.slice(1), head + b + a + tail.slice(2)]);
  };
  const plural = (word) => (word.endsWith('s') ? word.slice(0, -1) : `${word}s`);
  const kinds = [
    palabra,
    () => `${palabra()} ${palabra()}`,
    () => `${palabra()} ${palabra()} ${palabra()}`,
    () => llana(palabra()).toLowerCase(),
    () => errada(palabra()),
    () => plural(palabra()),
    () => palabra().slice(0, 3 + roll(4)),
    () => `"${seguidas(2 + roll(3))}"`,
    () => `${palabra()} -${palabra()}`,
    () => `${palabra()} -"${seguidas(2)}"`,
    () => seguidas(4 + roll(5)),
    () => any(texto).slice(0, 12).join(' '),
    () => `${errada(palabra())} ${palabra()} "${seguidas(2)}"`,
    () => `${palabra()}-${roll(20)} ${palabra()}`,
  ];
  return Array.from({ length: count }, (_, i) => ({ text: kinds[i % kinds.length](), sort: roll(8) === 0 ? 'fecha' : '' }));
}
