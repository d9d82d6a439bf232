// Search of a static site. One global: buscar("id:payload") takes a shard, buscar.motor(load) is the engine.
// FORMAT.md says what the files hold and how a query is planned; the Rust side of the crate does the same.
(function (root) {
'use strict';
const VERSION = 7, FIELDS = 4, NAMES = 2, NUM = 160, STR = 65536, SIZES = 20, TIMES = 8;
const COMPLETION = 0.5, SYNONYM = 0.7, EACH = 15, NAMED = 15;
const every = (list, f) => Promise.all(list.map(f));
const f32 = Math.fround, awaited = new Map();

root.buscar = buscar;
function buscar(shard) {
  const colon = shard.indexOf(':');
  awaited.get(shard.slice(0, colon))?.(shard.slice(colon + 1));
}

// ---- Words
const LETTER = '[\\p{Alphabetic}\\p{N}]', chunk = head => RegExp(`${head}(?:[-./_]${LETTER}+)*`, 'gu'), CHUNK = chunk(LETTER + '+');
const length = s => [...s].length;
const lower = s => [...s].map(c => c.toLowerCase()).join('');
const fold = s => s.normalize('NFD').replace(/(n\u0303)|[\u0300-\u036f]/g, '$1').normalize('NFC');
const surface = w => /^\d+$/.test(w) ? w.replace(/^0+(?=\d)/, '') : fold(w);
const isVowel = c => c !== undefined && 'aeiouáéíóúü'.includes(c);

// A search finds the leftmost match that reaches the end: the longest ending.
const PRONOUN = /((se)?l[ao]s?|les?|me|se|nos)$/, BEFORE_PRONOUN = /(iendo|yendo|iéndo|[aá]ndo|[aeiáéí]r)$/;
const STANDARD = /(?:((?:(?:ic|os)[ao]|ista|anza|[ai]ble|ismo|[ai]miento)s?)|((?:ancia|adora|ante)s?|ador(?:es)?|aci[oó]n|aciones)|(logías?)|(uci[oó]n|uciones)|(encias?)|(amente)|(mente)|(idad(?:es)?)|(iv[ao]s?))$/;
const Y_VERB = /y(amos|endo|eron|ais|[ae][ns]?|as|o|ó)$/;
const VERB = /(en|es|éis|emos|aba(s|n|is)?|ábamos|[ai]d[ao]s?|(a|ie)(ra|se)(s|n|is)?|(á|ié)(ra|se)mos|([aei]r)?ía(s|n|is|mos)?|[aei]d|[ai]ste(is)?|an|(a|ie)ron|[aei]r(án|ás|á|éis|é|emos)?|(a|ie)ndo|as|áis|amos|imos|ís|ió)$/;
const ending = (s, list, from = 0) => (list.exec(s.slice(from)) || [''])[0];

/** Snowball's Spanish stemmer, from its published description. */
function stem(w) {
  const n = w.length, skip = (i, vowel) => { while (i < n && isVowel(w[i]) !== vowel) i++; return i; };
  const after = i => i < n ? i + 1 : n, pair = i => after(skip(after(skip(i, true)), false));
  let rv = n, s = w;
  if (n > 1) {
    if (!isVowel(w[1])) rv = after(skip(2, true));
    else if (isVowel(w[0])) rv = after(skip(2, false));
    else if (n > 2) rv = 3;
  }
  const r1 = pair(0), r2 = pair(r1);
  const cut = (e, from) => e && s.length - e.length >= from ? (s = s.slice(0, -e.length), e) : '';
  const drop = (list, from) => cut(ending(s, list), from);

  const pronoun = ending(s, PRONOUN), head = s.slice(0, s.length - pronoun.length), verb = pronoun && ending(head, BEFORE_PRONOUN);
  if (verb && head.length - verb.length >= rv && (verb !== 'yendo' || head.endsWith('uyendo'))) {
    s = /[áéí]/.test(verb) ? head.slice(0, -verb.length) + plain(verb) : head;
  }
  const match = STANDARD.exec(s), kind = match ? match.findIndex((g, i) => i && g) : 0;
  if (kind && cut(match[0], kind === 6 ? r1 : r2)) {
    s += ['', '', '', 'log', 'u', 'ente'][kind] || '';
    if (kind === 2) drop(/ic$/, r2);
    if (kind === 6 && drop(/(ic|ad|os|iv)$/, r2) === 'iv' || kind === 9) drop(/at$/, r2);
    if (kind === 7) drop(/([ai]ble|ante)$/, r2);
    if (kind === 8) drop(/(abil|ic|iv)$/, r2);
  } else {
    const y = ending(s, Y_VERB, rv);
    if (y && s.endsWith('u' + y)) cut(y, 0);
    else if (/^(en|es|éis|emos)$/.test(cut(ending(s, VERB, rv), 0)) && s.endsWith('gu')) s = s.slice(0, -1);
  }
  if (/[eé]/.test(drop(/([aáeéoóí]|os)$/, rv)) && s.endsWith('gu') && s.length > rv) s = s.slice(0, -1);
  return plain(s);
}
const plain = s => s.replace(/[áéíóú]/g, c => 'aeiou'['áéíóú'.indexOf(c)]);

const isSpanish = w => /^[a-záéíóúüñ]*$/.test(w);
const term = w => isSpanish(w) ? fold(stem(w)) : surface(w);
const hasDigit = w => /\d/.test(w);
const isCompound = parts => parts[1] && !parts[8] && parts.some(hasDigit) && parts.every(p => length(p) <= 64);

function compoundKey(parts) {
  if (!parts.every(p => /^\d+$/.test(p))) return parts.map(p => surface(lower(p))).join('-');
  if (parts.length === 3 && (parts[0].length === 4 || parts[2].length === 4)) {
    const [y, m, d] = parts[0].length === 4 ? parts : [parts[2], parts[1], parts[0]];
    if (+m >= 1 && +m <= 12 && +d >= 1 && +d <= 31) return y + [m, d].map(x => x.slice(-2).padStart(2, '0')).join('');
  }
  return surface(parts.join(''));
}

/** The other grammatical number of a folded word, as it may be. */
function otherNumber(w) {
  const out = [];
  if (w.length < 3 || !isSpanish(w)) return out;
  if (w.endsWith('ces')) out.push(w.slice(0, -3) + 'z');
  for (const s of ['es', 's']) if (w.endsWith(s)) out.push(w.slice(0, -s.length));
  if (w.endsWith('z')) out.push(w.slice(0, -1) + 'ces');
  else if (/[aeiou]$/.test(w)) out.push(w + 's');
  else if (!w.endsWith('s')) out.push(w + 'es');
  return out;
}

// ---- What was typed
const parts = chunk => /[-./_]/.test(chunk) ? chunk.split(/[-./_]/) : [chunk];
const clause = (palabras, more) => ({ no: false, frase: false, palabras, clave: '', abierta: false, ...more });
const minus = head => /(^|\s)-$/.test(head);

/** Whether it is a question in plain words. */
function isQuestion(typed) {
  return /[¿?]/.test(typed) || /^((a|cada|con|de|desde|en|para|por|sobre) )?(que|quien(es)?|cual(es)?|cuando|cuant[ao]s?|como|donde|quiero|necesito|quisiera|busco|deseo)( |$)/
    .test([...typed.normalize('NFC').matchAll(CHUNK)].slice(0, 2).flatMap(c => parts(c[0])).map(w => fold(lower(w))).join(' '));
}

function parse(typed, complete, stop) {
  const text = typed.normalize('NFC'), isStop = w => stop.has(fold(w)), pieces = text.split(/["«»“”]/), out = [];
  let no = false;
  pieces.forEach((piece, i) => {
    const chunks = [...piece.matchAll(CHUNK)];
    if (i % 2) {
      let words = chunks.flatMap(c => parts(c[0])).map(lower);
      if (words.length > 1 && !words.every(isStop)) {
        words = words.map(w => isStop(w) ? '' : w);
        while (!words[0]) words.shift();
        while (!words[words.length - 1]) words.pop();
      }
      if (words.length) out.push(clause(words, { no, frase: !words.every(isStop) }));
    } else for (const c of chunks) {
      const list = parts(c[0]), words = list.map(lower), not = minus(piece.slice(0, c.index));
      if (isCompound(list)) out.push(clause(words, { no: not, clave: compoundKey(list) }));
      else if (not) out.push(clause(words, { no: true }));
      else for (const w of words) out.push(clause([w]));
    }
    no = minus(piece);
  });
  const last = out[out.length - 1];
  if (complete && last && pieces.length % 2 && /[\p{Alphabetic}\p{N}]$/u.test(text)) last.abierta = !last.no;
  const says = c => c.frase || c.clave || !c.palabras.every(isStop);
  return out.some(c => !c.no && says(c)) ? out.filter(says) : out;
}

// ---- Coded shards
function decoder(coded, slots) {
  const raw = atob(coded), p = new Uint16Array(slots).fill(16384), seen = new Uint8Array(slots), utf8 = new TextDecoder();
  // Typed: a closure's number above 2^30 would be an object anew with each change.
  const state = Uint32Array.of(-1, 0);
  let at = 0;
  // Past its end NaN, which counts as zero.
  for (; at < 4; at++) state[1] = state[1] << 8 | raw.charCodeAt(at);
  function fill() { while (state[0] < 16777216) { state[0] <<= 8; state[1] = state[1] << 8 | raw.charCodeAt(at++); } }
  /** n decisions from the top, each in the context of those before it. */
  function tree(base, n) {
    let node = 1;
    for (let i = 0; i < n; i++) {
      const slot = base + node, now = p[slot], bound = (state[0] >>> 15) * now, one = state[1] >= bound;
      node *= 2;
      if (one) { node++; state[1] -= bound; state[0] -= bound; } else state[0] = bound;
      p[slot] = now + ((one ? 32 - now : 32736 - now) / (seen[slot] + 2) | 0);
      seen[slot] += seen[slot] < 126;
      fill();
    }
    return node - 2 ** n;
  }
  const bit = slot => tree(slot - 1, 1);
  /** n bits as they are, 16 at once. */
  function rawBits(n) {
    if (n > 16) return rawBits(n - 16) * 65536 + rawBits(16);
    state[0] >>>= n;
    const value = state[1] / state[0] | 0;
    state[1] -= value * state[0];
    fill();
    return value;
  }
  function num(base) {
    let len = 0, v = 1, i = 0;
    while (len < 31 && bit(base + len)) len++;
    for (; i < len && i < 2; i++) v = v * 2 + bit(base + 32 + len * 4 + v);
    return v * 2 ** (len - i) + rawBits(len - i) - 1;
  }
  // Of the longest name, twenty words of sixty-four letters, twice.
  const bytes = new Uint8Array(1 << 14);
  /** The first `shared` bytes of the last text and those that follow, each in the context of the one before. */
  function text(base, shared, before) {
    let n = shared;
    for (let previous = before; (previous = tree(base + previous * 256, 8)); ) bytes[n++] = previous;
    return n;
  }
  /** Most are plain letters, for which a decoder takes ten times as long. */
  function string(n, from = 0) {
    let out = '';
    for (let i = from; i < n; i++) {
      if (bytes[i] > 127) return utf8.decode(bytes.subarray(from, n));
      out += String.fromCharCode(bytes[i]);
    }
    return out;
  }
  /** A text made of the last one, of n bytes, which stays: some bytes less, then others. */
  function other(base, n, less) {
    bytes.copyWithin(n, 0, n - less);
    return string(text(base, 2 * n - less, 2), n);
  }
  const name = () => '12345678'.replace(/./g, () => 'abcdefghijklmnopqrstuvwxyz234567'[rawBits(5)]);
  /** Reads an ordered list with item(key, its number of bytes), as far as until(key) asks, or all; text contexts are from `base` on. */
  function keys(base, item) {
    let left = num(0), last = '';
    return key => {
      for (; left && !(last > key); left--) {
        const shared = num(NUM), size = text(base, shared, shared ? bytes[shared - 1] : 1);
        item(last = string(size), size);
      }
    };
  }
  return { bit, tree, num, other, name, keys };
}

function readList(coded, kind) {
  const d = decoder(coded, 2 * NUM + STR), out = [];
  d.keys(2 * NUM, key => out.push({ key, name: kind + '-' + d.name() }))();
  return out;
}

function readWords(coded) {
  const T = 5 * NUM, d = decoder(coded, T + STR), list = [];
  const until = d.keys(T, (word, size) => {
    const clase = d.num(2 * NUM), terms = [];
    for (let t = d.num(3 * NUM); t--;) terms.push(d.other(T, size, d.num(4 * NUM)));
    list.push({ word, clase, terms });
  });
  /** Those up to a key, and perhaps more. */
  return key => { until(key); return list; };
}

const bits = n => 32 - Math.clz32(n);
const NUMS = 5 + FIELDS * (1 + 2 * SIZES);

function readPostings(coded) {
  const T = NUMS * NUM, M = T + STR, d = decoder(coded, M + 16 + FIELDS * 256), terms = new Map(), words = new Map();
  let name;
  const until = d.keys(T, (term, size) => {
    const own = () => d.other(T, size, d.num(3 * NUM));
    for (let n = d.num(2 * NUM); n--;) {
      const word = own(), several = Array.from({ length: d.num(4 * NUM) }, own);
      words.set(word, several[0] ? several : [term]);
    }
    const mask = d.tree(M, 4), fields = [];
    for (let f = 0; f < FIELDS; f++) if (mask >> f & 1) {
      const base = 5 + f * (1 + 2 * SIZES), df = d.num(base * NUM), size = base + 1 + Math.min(bits(df), SIZES - 1);
      const docs = new Int32Array(df), times = new Int32Array(df), norms = new Uint8Array(df);
      for (let i = 0, doc = 0; i < df; i++) {
        docs[i] = doc += d.num(size * NUM);
        doc++;
        times[i] = d.num((size + SIZES) * NUM) + 1;
        norms[i] = d.tree(M + 16 + f * 256, 8);
      }
      fields[f] = { docs, times, norms };
    }
    terms.set(term, fields);
  });
  // The name of the positions comes last, and they are those of all the terms.
  return { terms, words, until, positions: () => { until(); return name ??= 'q-' + d.name(); } };
}

function readPositions(coded, terms) {
  const d = decoder(coded, FIELDS * 2 * TIMES * NUM);
  for (const fields of terms.values()) fields.forEach((list, f) => {
    list.places = Array.from(list.times, times => {
      const kind = (f * TIMES + Math.min(bits(times), TIMES - 1)) * 2, out = new Int32Array(times);
      for (let i = 0, at = 0; i < times; i++) out[i] = at += d.num((kind + (i > 0)) * NUM);
      return out;
    });
  });
}

function readColumn(payload, count) {
  const cut = payload.indexOf('\n'), values = JSON.parse(payload.slice(0, cut)), width = bits(values.length);
  const d = decoder(payload.slice(cut + 1), NUM + 1 + (1 << width)), docs = [];
  for (let i = 0, previous = 0; i < count; i++) {
    const own = [];
    for (let n = d.num(0); n--;) own.push(previous = d.bit(NUM) ? previous : d.tree(NUM + 1, width));
    docs.push(own);
  }
  return { values, docs };
}

// ---- Engine
/** load(name) runs the script of that name, which calls buscar(); it rejects when it cannot. */
function motor(load) {
  const kept = new Map();

  /** A shard, read once; what failed may be asked for again. */
  function shard(name, read, id = name) {
    if (!kept.has(name)) {
      const got = new Promise((resolve, reject) => {
        awaited.set(id, resolve);
        load(name).then(reject, reject);
      }).then(read).catch(e => { kept.delete(name); throw e?.version ? e : new Error(`No se pudo cargar ${name}.js.`); });
      kept.set(name, got.finally(() => awaited.delete(id)));
    }
    return kept.get(name);
  }

  const open = () => shard('indice', text => {
    const m = JSON.parse(text);
    if (m.v !== VERSION) throw Object.assign(new Error(`Índice de la versión ${m.v}. Recargue la página.`), { version: m.v });
    m.lexicon = readList(m.l, 'l');
    m.postings = m.p ? readList(m.p, 'p') : [];
    m.stop = new Set(m.w.split(' '));
    m.idf = new Map(m.x);
    m.norms = m.t.map(t => norms(f32(f32(t) / f32(m.n))));
    return m;
  }, 'i');

  function at(list, key) {
    const after = list.findIndex(x => x.key > key);
    return after < 0 ? Math.max(list.length - 1, 0) : Math.max(after - 1, 0);
  }
  const words = async (entry, key) => entry ? (await shard(entry.name, readWords))(key) : [];
  /** The shard where a term would lie, read so far; none where nothing is published. */
  async function postings(m, term) {
    const entry = m.postings[at(m.postings, term)], read = entry && await shard(entry.name, readPostings);
    read?.until(term);
    return read;
  }

  function lexicon(m) {
    const list = m.lexicon;
    const get = async w => (await words(list[at(list, w)], w)).find(x => x.word === w);
    /** A word as it was typed: one that will not grow stands beside the postings where its term lies most likely. */
    async function typed(w, open) {
      const word = surface(w), near = !open && await postings(m, term(w)), terms = near?.words?.get(word);
      if (terms) return { word, terms };
      // Most likely a slip: the words it may stand for are asked for at once.
      if (!open && /^\D{4}/.test(word)) starting(word.slice(0, 2)).catch(() => {});
      return get(word);
    }
    async function starting(prefix) {
      const first = at(list, prefix);
      let last = first + 1;
      while (last < list.length && list[last].key.startsWith(prefix)) last++;
      return (await every(list.slice(first, last), entry => words(entry, prefix + '\uffff'))).flat().filter(x => x.word.startsWith(prefix));
    }
    const all = list => every(list, get).then(found => found.filter(Boolean));
    return { get, typed, starting, all };
  }

  async function planned(text, complete) {
    const m = await open();
    const clauses = parse(text, complete, m.stop);
    const bare = clauses.every(c => !c.no && !c.frase), titulo = bare ? titleTerm(clauses, m.stop) : null;
    if (titulo) postings(m, titulo).catch(() => {});
    return { ...await plan(clauses, lexicon(m), m.s), titulo, pregunta: bare && isQuestion(text) };
  }

  /** Loads what a plan reads: term → postings of the four fields. */
  async function gather(m, nodes) {
    const wanted = new Set(), phrased = new Set(), data = new Map();
    for (const [name, list] of nodes.flatMap(leaves)) for (const t of list) {
      wanted.add(t);
      if (name === 'f' && list.length > 1) phrased.add(t);
    }
    await every([...wanted], async t => {
      const read = await postings(m, t), fields = read?.terms.get(t), places = phrased.has(t) && read?.positions();
      if (!fields) return;
      if (places) await shard(places, text => readPositions(text, read.terms));
      data.set(t, fields);
    });
    return data;
  }

  /** How many documents match, the first of them, and the score of all. */
  async function search(text, { complete = false, filters = {}, sort = '', limit = 10 } = {}) {
    const m = await open(), p = await planned(text, complete), want = p.si.filter(Boolean);
    const answer = { total: 0, partial: false, notices: p.avisos, docs: [], scores: new Float32Array(m.n), terms: new Set(want.flatMap(leaves).flatMap(x => x[1])), without: 0 };
    if (!want.length || !m.n) return answer;
    const data = await gather(m, [...want, ...p.no, ...p.titulo ? [T(p.titulo)] : []]), of = scorer(m, data), all = nodes => nodes.map(n => of(n, 1));
    const each = all(want), avoid = all(p.no), whole = want.length === p.si.length, title = of(T(p.titulo), 1);
    const named = joined(m.n, whole && want[1] ? want.map(n => scorer(m, data, NAMES)(n, 1)) : [], 1);
    const total = must => {
      const sum = joined(m.n, each, must, must ? 0 : EACH);
      for (const a of avoid) for (let d = 0; d < m.n; d++) if (a[d]) sum[d] = 0;
      for (let d = 0; d < m.n; d++) if (sum[d]) sum[d] += title[d] + (named[d] && NAMED);
      return sum;
    };
    let scores = total(whole);
    const partial = !whole || !scores.some(Boolean), passes = await filter(m, filters), docs = [];
    if (whole && (partial || p.pregunta)) scores = total(false);
    const kept = scores.slice();
    for (let d = 0; d < m.n; d++) if (scores[d]) { answer.without++; if (passes(d)) answer.total++; else kept[d] = 0; }
    // Few are shown, so few are sorted.
    const least = !sort && kept.toSorted().at(-limit) || 0;
    for (let d = m.n; d--;) if (kept[d] && kept[d] >= least) docs.push(d);
    if (!sort) docs.sort((a, b) => scores[b] - scores[a] || a - b);
    return Object.assign(answer, { scores, partial: partial && p.si.length > 1 && !!answer.total, docs: docs.slice(0, limit) });
  }

  const column = (m, i) => shard('c-' + m.c[i][2], text => readColumn(text, m.n));

  /** The test of the filters: facet key → values. */
  async function filter(m, filters, but) {
    const active = m.c.map((c, i) => [i, filters[c[0]] || []]).filter(([i, v]) => i !== but && v.length);
    const tests = await every(active, async ([i, chosen]) => {
      const { values, docs } = await column(m, i), ids = new Set(chosen.map(v => values.indexOf(v)));
      return d => docs[d].some(v => ids.has(v));
    });
    return tests[0] ? d => tests.every(t => t(d)) : () => true;
  }

  /** For each facet its values and how many of the matches have each, the other facets' filters applied. */
  async function facets(scores, filters = {}) {
    const m = await open();
    return every(m.c, async ([key, label], i) => {
      const [{ values, docs }, passes] = await Promise.all([column(m, i), filter(m, filters, i)]);
      const counts = new Uint32Array(values.length);
      for (let d = 0; d < m.n; d++) if (scores[d] && passes(d)) for (const v of docs[d]) counts[v]++;
      return { key, label, values: values.map((value, v) => ({ value, count: counts[v] })) };
    });
  }

  /** What is shown of a document: [url, title, kind, date, codes, sections]. */
  async function fragment(doc) {
    const m = await open(), [block, names] = m.f, b = (doc >> block) * 8;
    return shard(`f-${doc}-${names.slice(b, b + 8)}`, JSON.parse, 'f' + doc);
  }
  return { open, plan: planned, search, facets, fragment };
}

/** The terms of a node, leaf by leaf. */
function leaves([name, a, b]) {
  if (name === 't') return [[name, [a]]];
  if (name === 'f') return [[name, a.map(x => x[1])]];
  return name === 'p' ? leaves(b) : a.flatMap(leaves);
}

const K1 = f32(1.2), B = f32(0.75), FREE = f32(1 - B);
/** What a field's length adds to the times of a term, for each field-norm id. */
const norms = average => Float32Array.from({ length: 256 }, (_, id) => {
  const i = id - 24, e = i & 7, s = (i >> 3) - 1, tokens = id < 24 ? id : 24 + (s < 0 ? e : (e | 8) * 2 ** s);
  return f32(K1 * f32(FREE + f32(f32(B * f32(tokens)) / average)));
});

/** The sum of scores of the documents that all the lists have, or any of them; each adds `more`. */
function joined(n, lists, all, more = 0) {
  const sum = new Float32Array(n);
  for (let d = 0; d < n; d++) {
    let own = 0, times = 0;
    for (let k = 0; k < lists.length; k++) if (lists[k][d]) { own = f32(own + (lists[k][d] + more)); times++; }
    if (!all || times === lists.length) sum[d] = own;
  }
  return sum;
}

/** BM25 as Tantivy computes it: a node gives each document a score, 0 where it does not match. */
function scorer(m, data, many = FIELDS) {
  const idf = df => f32(m.idf.get(df) ?? Math.log(f32(1 + f32(f32(m.n - df + 0.5) / f32(df + 0.5)))));
  const part = (weight, times, norm) => f32(weight * f32(times / f32(times + norm)));
  const weigh = (idfs, f, boost) => f32(f32(idfs * f32(1 + K1)) * f32(boost * f32(m.b[f])));

  function one(t, boost) {
    const sum = new Float32Array(m.n), fields = data.get(t);
    fields?.slice(0, many).forEach((list, f) => {
      const { docs, times, norms } = list, weight = weigh(idf(docs.length), f, boost), cache = m.norms[f];
      for (let i = 0; i < docs.length; i++) sum[docs[i]] += part(weight, times[i], cache[norms[i]]);
    });
    return sum;
  }

  function phrase(list, boost) {
    const sum = new Float32Array(m.n);
    for (let f = 0; f < many; f++) {
      const lists = list.map(([, t]) => data.get(t)?.[f]);
      if (lists.some(l => !l)) continue;
      const weight = weigh(lists.reduce((s, l) => f32(s + idf(l.docs.length)), 0), f, boost), next = lists.map(() => 0);
      lists[0].docs.forEach((doc, i) => {
        const where = [];
        for (let k = 0; k < lists.length; k++) {
          while (lists[k].docs[next[k]] < doc) next[k]++;
          if (lists[k].docs[next[k]] !== doc) return;
          where.push(k && new Set(lists[k].places[next[k]]));
        }
        const starts = lists[0].places[i].filter(at => where.every((set, k) => !set || set.has(at + list[k][0] - list[0][0])));
        if (starts.length) sum[doc] += part(weight, starts.length, m.norms[f][lists[0].norms[i]]);
      });
    }
    return sum;
  }

  function of([name, a, b], boost) {
    if (name === 't') return one(a, boost);
    if (name === 'f') return a.length < 2 ? one(a[0][1], boost) : phrase(a, boost);
    if (name === 'p') return of(b, f32(boost * f32(a)));
    const each = a.map(n => of(n, boost));
    if (name === 'y') return joined(m.n, each, 1);
    const [out] = each;
    for (const s of each) for (let d = 0; d < m.n; d++) if (s[d] > out[d]) out[d] = s[d];
    return out;
  }
  return of;
}

// ---- Planner
// After = a term of what the word is said for.
const T = t => /^=/.test(t) ? ['p', SYNONYM, ['t', t.slice(1)]] : ['t', t];
const notice = (tipo, palabra, words = []) => ({ tipo, palabra, por: words.map(w => w.word) });
const termsOf = words => [...new Set(words.flatMap(w => w.terms))].map(T);
const top = (words, most) => words.toSorted((a, b) => b.clase - a.clase).slice(0, most);

async function plan(clauses, lexicon, synonyms) {
  const out = { si: [], no: [], avisos: [] }, jobs = [];
  for (let i = 0; i < clauses.length; i++) {
    const c = clauses[i], group = synonymOf(clauses.slice(i), synonyms);
    if (c.no) jobs.push(exact(c, lexicon).then(no => ({ no })));
    else if (c.frase) jobs.push(exact(c, lexicon).then(node => ({ node, notices: node ? [] : [notice('nada', c.palabras.filter(Boolean).join(' '))] })));
    else if (group) { jobs.push(synonym(clauses.slice(i), group, lexicon)); i += group.member.length - 1; }
    else jobs.push(c.clave ? code(c, lexicon) : resolve(c.palabras[0], c.abierta, lexicon));
  }
  for (const job of await Promise.all(jobs)) {
    if ('no' in job) { if (job.no) out.no.push(job.no); continue; }
    out.si.push(job.node || null);
    out.avisos.push(...job.notices || []);
  }
  return out;
}

/** The term of a document whose whole title was typed. */
function titleTerm(clauses, stop) {
  const says = clauses.flatMap(c => c.palabras).filter(w => !stop.has(fold(w))).map(surface);
  return says[0] && !says[20] && says.every(w => length(w) <= 64) ? term(says[0]) + '=' + says.join('-') : null;
}

const own = (w, lexicon) => lexicon.typed(w).then(x => x ? x.terms.filter(t => !/^=/.test(t)) : []);
const known = (w, lexicon) => own(w, lexicon).then(terms => terms[0] && ['m', terms.map(T)]);

async function exact(c, lexicon) {
  if (c.frase) return sequence(c, lexicon);
  const whole = c.clave && await known(c.clave, lexicon);
  if (whole) return whole;
  const nodes = await every(c.palabras, w => known(w, lexicon));
  return nodes.every(Boolean) && ['y', nodes];
}

async function sequence(c, lexicon) {
  const found = await every(c.palabras, w => w && own(w, lexicon));
  let ways = [[]];
  for (const [at, terms] of found.entries()) if (terms) ways = ways.flatMap(way => terms.map(t => [...way, [at, t]])).slice(0, 8);
  return ways[0] && ['m', ways.map(way => ['f', way])];
}

async function code(c, lexicon) {
  const word = await lexicon.typed(c.clave, c.abierta), nodes = word ? word.terms.map(T) : [];
  if (c.abierta) nodes.push(...(await lexicon.starting(c.clave)).filter(w => w.word !== c.clave).slice(0, 8).flatMap(w => w.terms.map(T)));
  if (nodes[0]) return { node: ['m', nodes] };
  const n = c.palabras.length, list = c.abierta && /^0*$/.test(c.palabras[n - 1]) ? c.palabras.slice(0, -1) : c.palabras;
  const found = await every(list, (w, i) => resolve(w, c.abierta && i + 1 === n, lexicon));
  return { node: found.every(x => x.node) && ['y', found.map(x => x.node)], notices: found.flatMap(x => x.notices || []) };
}

/** The longest expression of a group that the clauses begin with; the later group among equals. */
function synonymOf(clauses, synonyms) {
  const typed = [];
  for (const c of clauses) { if (c.no || c.frase || c.clave || c.abierta) break; typed.push(term(c.palabras[0])); }
  let best;
  for (const group of synonyms) for (const member of group) {
    if (member.length >= (best?.member.length || 0) && member.every((t, i) => typed[i] === t)) best = { group, member };
  }
  return best;
}

async function synonym(clauses, { group, member }, lexicon) {
  const own = await every(member, (_, i) => known(clauses[i].palabras[0], lexicon));
  const others = group.filter(m => m !== member).slice(0, 4).map(m => ['p', SYNONYM, ['y', m.map(T)]]);
  return { node: ['m', own.every(Boolean) ? [['y', own], ...others] : others] };
}

async function resolve(word, open, lexicon) {
  const form = surface(word), n = length(form), found = await lexicon.typed(word, open);
  const completions = async start => top((await lexicon.starting(start)).filter(w => w.word !== start), 8);
  const told = (tipo, words) => ({ node: ['m', termsOf(words)], notices: [notice(tipo, word, words)] });
  /** What was found, and what it may become while it is typed. */
  async function growing(known) {
    const nodes = known.node[1], own = nodes.map(String);
    if (open && n >= 3) for (const t of termsOf(await completions(form))) if (!own.includes(`${t}`)) nodes.push(['p', COMPLETION, t]);
    return known;
  }
  if (found) return growing({ node: ['m', termsOf([found])] });
  const variants = withEnie(form), enie = await lexicon.all(variants);
  if (enie[0]) return growing(told('enie', enie));
  const other = await lexicon.all(otherNumber(form));
  if (other[0]) return growing({ node: ['m', termsOf([other[0]])] });
  const stems = await sameStem(word, form, lexicon);
  if (stems[0]) return growing({ node: ['m', stems.map(T)] });
  const split = /^(\D+)(\d+)$/.exec(form);
  if (split) {
    const two = await Promise.all([lexicon.get(split[1]), lexicon.get(surface(split[2]))]);
    if (two.every(Boolean)) return { node: ['y', two.map(w => ['m', w.terms.map(T)])] };
  }
  if (n >= 2) for (const start of [form, ...variants]) {
    const longer = await completions(start);
    if (longer[0]) return told('prefijo', longer);
  }
  const near = await corrections(form, lexicon);
  return near[0] ? told('errata', near) : { notices: [notice('nada', word)] };
}

function withEnie(form) {
  const places = [...form.matchAll(/n/g)].slice(0, 3).map(x => x.index), out = [];
  for (let mask = 1; mask < 1 << places.length; mask++) {
    out.push(form.replace(/n/g, (c, i) => mask >> places.indexOf(i) & 1 ? 'ñ' : c));
  }
  return out;
}

async function sameStem(word, form, lexicon) {
  const out = [], letters = [...form];
  for (const t of [term(word), term(form)]) {
    let common = 0;
    for (const c of t) { if (letters[common] !== c) break; common++; }
    if (common < 3 || out.includes(t)) continue;
    const near = await lexicon.starting(letters.slice(0, common > 3 ? common - 1 : common).join(''));
    if (near.some(w => w.terms.includes(t))) out.push(t);
  }
  return out;
}

async function corrections(form, lexicon) {
  const letters = [...form], most = letters.length < 4 ? 0 : letters.length < 8 ? 1 : 2;
  if (!most || hasDigit(form)) return [];
  const near = async (n, edits) => top((await lexicon.starting(letters.slice(0, n).join(''))).filter(w => within(letters, [...w.word], edits)), 3);
  let words = await near(2, 1);
  if (!words[0]) words = await near(1, 1);
  if (!words[0]) words = (await lexicon.all(firstLetter(letters))).slice(0, 3);
  if (!words[0] && most > 1) words = await near(1, 2);
  return words;
}

function firstLetter([a, b, ...more]) {
  const rest = more.join(''), out = [b + a + rest, b + rest, 'h' + a + b + rest];
  for (const group of ['bv', 'csz', 'ckq', 'gj', 'iy']) if (group.includes(a)) for (const c of group) if (c !== a) out.push(c + b + rest);
  return out;
}

/** Whether two words are within `most` edits; a swap of neighbours is one. */
function within(a, b, most) {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  if (i === a.length && i === b.length) return true;
  const cut = (n, m) => within(a.slice(i + n), b.slice(i + m), most - 1);
  return most && (cut(1, 1) || cut(1, 0) || cut(0, 1) || a[i] === b[i + 1] && a[i + 1] === b[i] && cut(2, 2));
}

// ---- Excerpt
const memo = (f, kept = new Map()) => x => { if (!kept.has(x)) kept.set(x, f(x)); return kept.get(x); };
const termOf = memo(w => term(lower(w)));

/** Gives where in a text the terms stand: [from, to, term]. */
function marker(terms) {
  // The first two letters of a word and of its term are the same but for accents: an expression passes over most words.
  const letter = c => `(?:[${c}${c.toUpperCase()}]|(?![ -~])${LETTER})`, heads = [...terms].map(t => [...t].slice(0, 2).map(letter).join(''));
  const likely = chunk(`(?<!${LETTER})0*(?:${heads.join('|')})${LETTER}*`);
  return text => {
    const out = [];
    text.replace(likely, (chunk, at) => {
      const list = parts(chunk), key = isCompound(list) ? compoundKey(list) : '';
      if (terms.has(key)) return out.push([at, at + chunk.length, key]);
      for (const p of list) {
        const t = termOf(p);
        if (terms.has(t)) out.push([at, at + p.length, t]);
        at += p.length + 1;
      }
    });
    return out;
  };
}

/** The text from..to as [piece, marked] pairs. */
function pieces(text, found, from = 0, to = text.length) {
  const out = [];
  let at = from;
  for (const [a, b] of found) {
    if (a < at || b > to) continue;
    out.push([text.slice(at, a), false], [text.slice(a, b), true]);
    at = b;
  }
  out.push([text.slice(at, to), false]);
  return out.filter(p => p[0]);
}

const WIDTH = 220;
/** A passage where most of the terms stand, and its section: none where the title says as much. */
function excerpt(title, sections, marks) {
  const said = text => new Set(marks(text).map(x => x[2])).size;
  let best = { value: 0, section: sections.find(s => s[2]) || ['', '', ''], at: 0, found: [] };
  for (const section of sections) {
    const found = marks(section[2]);
    let at = 0, most = 0;
    found.forEach(([from], i) => {
      const seen = new Set();
      for (let j = i; j < found.length && found[j][1] <= from + WIDTH; j++) seen.add(found[j][2]);
      if (seen.size > most) { most = seen.size; at = from; }
    });
    const value = said(section[1]) + 2 * most;
    if (value > best.value) best = { value, section, at, found };
  }
  const { value, section, at, found } = best, text = section[2];
  let from = Math.max(0, at - 60), to = Math.min(text.length, from + WIDTH + 60);
  if (from > 0) from = text.indexOf(' ', from) + 1 || from;
  if (to < text.length && text.lastIndexOf(' ', to) > at) to = text.lastIndexOf(' ', to);
  const out = pieces(text, found, from, to);
  if (from > 0) out.unshift(['… ', false]);
  if (to < text.length) out.push([' …', false]);
  return [out, ...3 * said(title) < value ? section : []];
}

// ---- Page
const script = root.document?.currentScript, PAGE = 10;

/** Loads shards as classic scripts, from the folder of this one: the same over http and from a disk. */
const loadScript = name => new Promise((onload, onerror) => {
  document.head.append(el('script', { src: new URL(name + '.js', script.src), onload, onerror }));
});

function el(tag, props, ...children) {
  const e = Object.assign(document.createElement(tag), props);
  e.append(...children);
  return e;
}
const button = (text, onclick) => el('button', { type: 'button', onclick }, text);
const marked = list => list.map(([text, hit]) => hit ? el('mark', {}, text) : text);
const quoted = s => '«' + s + '»';
// By hand, as the date below: the browser's own ways cost a first search 15 milliseconds.
const thousands = n => `${n}`.replace(/\B(?=(\d{3})+$)/g, '.');

function byKey(pairs) {
  const out = Object.create(null);
  for (const [k, v] of pairs) (out[k] ||= []).push(v);
  return out;
}

function page() {
  const part = name => document.querySelector('[data-buscar-' + name + ']'), list = part('resultados');
  const input = document.querySelector('form[role=search] input[name=q]');
  const form = input.form, countBox = part('cuenta'), noticeBox = part('avisos'), filterBox = part('filtros'), order = part('orden');
  const base = script.dataset.raiz, engine = motor(loadScript);
  const clear = () => [list, countBox, noticeBox, filterBox].forEach(b => b.replaceChildren());
  let run = 0, timer, typing, uncounted, address, state = read();

  function read() {
    const p = new URLSearchParams(location.search), { q = [''], orden = [], ...filters } = byKey(p);
    return { q: q[0], sort: orden[0] === 'fecha' ? 'fecha' : '', filters };
  }
  /** After the answer to new words: with a new address a browser asks for the page's icon anew. */
  function write() {
    if (!address) return;
    const p = new URLSearchParams({ q: state.q });
    if (state.sort) p.append('orden', state.sort);
    for (const k in state.filters) for (const v of state.filters[k]) p.append(k, v);
    history[address](0, '', '?' + p);
    address = '';
  }
  function go(change, how, complete) {
    clearTimeout(timer);
    typing = false;
    state = { ...state, limit: PAGE, ...change };
    if (address !== 'pushState') address = how;
    show(complete);
    if (!change.q) write();
  }

  function failed(e) {
    clear();
    countBox.append('Búsqueda incompleta. ', e.message, ' ', button('Volver a intentar', () => show()));
  }

  async function show(complete) {
    const mine = ++run, s = state;
    if (!(list.ariaBusy = !!s.q.trim())) return clear();
    try {
      const r = await engine.search(s.q, { complete, filters: s.filters, sort: s.sort, limit: s.limit });
      if (mine !== run) return;
      const marks = marker(r.terms), rows = r.docs.map(async d => item(await engine.fragment(d), marks));
      // What comes soon is painted at once; the rest as it comes, in order.
      await Promise.race([Promise.all(rows), new Promise(f => setTimeout(f, 80))]);
      await rows[0];
      if (mine !== run) return;
      tell(s, r);
      for (const row of rows) {
        const li = await row;
        if (mine !== run) return;
        list.append(li);
      }
      if (r.total > s.limit) list.append(el('li', { className: 'buscar-mas' }, button('Mostrar más', more)));
      uncounted = () => engine.facets(r.scores, s.filters).then(f => paint(f, mine), e => filterBox.replaceChildren(e.message));
    } catch (e) { if (mine === run) failed(e); }
    if (mine !== run) return;
    list.ariaBusy = false;
    // What the address and the filters cost waits until the results are on the screen.
    setTimeout(() => { if (mine === run) { write(); count(); } }, 50);
  }

  /** Reads what the filters need, where they can be seen. */
  function count() {
    if (!uncounted || !filterBox.checkVisibility()) return;
    uncounted();
    uncounted = null;
  }

  async function more() {
    const first = list.children.length - 1;
    state.limit += PAGE;
    await show();
    // The button that was pressed is gone: the reader goes on at the first new result.
    list.children[first]?.querySelector('a').focus();
  }

  function tell(s, r) {
    list.replaceChildren();
    const many = r.total === 1 ? '1 resultado' : thousands(r.total) + ' resultados';
    countBox.textContent = !r.total ? 'Sin resultados para ' + quoted(s.q) + (r.without ? ' con estos filtros.' : '.')
      : r.partial ? 'Ningún documento tiene todas las palabras. Con algunas de ellas: ' + many + '.' : many + ' para ' + quoted(s.q) + '.';
    noticeBox.replaceChildren(...r.notices.flatMap(n => says(s, n)));
    if (r.without > r.total) noticeBox.append(button('Quitar filtros', () => { go({ filters: {} }, 'pushState'); input.focus(); }));
  }
  function says(s, { tipo, palabra, por }) {
    if (tipo === 'prefijo') return [];
    if (tipo === 'nada') return [el('p', {}, quoted(palabra) + ' no aparece.')];
    const q = s.q.normalize('NFC').replace(RegExp(palabra, 'iu'), por[0]);
    return [el('p', {}, '¿Quiso decir ', el('a', { href: '?' + new URLSearchParams({ q }) }, por[0]), '? ' + quoted(palabra) + ' no aparece.')];
  }

  function item([url, title, kind, date, codes, sections], marks) {
    const [found, anchor = '', heading] = excerpt(title, sections, marks), mark = text => marked(pieces(text, marks(text)));
    const facts = el('p', { className: 'buscar-datos' });
    for (const t of [kind, codes[0]]) if (t) facts.append(el('span', {}, ...mark(t)), ' ');
    if (date) facts.append(el('time', { dateTime: date }, date.split('-').reverse().join('/')));
    const href = base + url + (anchor && '#' + encodeURIComponent(anchor)), li = el('li', {}, el('h3', {}, el('a', { href }, ...mark(title))), facts);
    if (heading) li.append(el('p', { className: 'buscar-seccion' }, 'En: ', ...mark(heading)));
    if (found[0]) li.append(el('p', { className: 'buscar-extracto' }, ...marked(found)));
    return li;
  }

  /** Filters are kept and their counts changed, so that focus stays where it is. */
  function paint(facets, mine) {
    if (mine !== run) return;
    for (const { key, label, values } of facets) {
      let box = [...filterBox.children].find(b => b.dataset.faceta === key);
      if (!box) {
        box = el('details', {}, el('summary', {}, label), el('ul'));
        box.dataset.faceta = key;
        box.open = state.filters[key];
        filterBox.append(box);
        for (const { value } of values) {
          const check = el('input', { type: 'checkbox', name: key, value });
          check.onchange = () => go({ filters: chosen() }, 'pushState');
          box.lastChild.append(el('li', {}, el('label', {}, check, ' ' + value + ' ', el('span', { className: 'buscar-n' }))));
        }
      }
      values.forEach(({ value, count }, i) => {
        const li = box.lastChild.children[i], check = li.querySelector('input');
        check.checked = state.filters[key]?.includes(value);
        li.querySelector('span').textContent = '(' + count + ')';
        li.hidden = !count && !check.checked;
      });
      box.hidden = !values.some((v, i) => !box.lastChild.children[i].hidden);
    }
  }
  const chosen = () => byKey([...filterBox.querySelectorAll('input:checked')].map(c => [c.name, c.value]));

  function restore() {
    const s = read();
    input.value = s.q;
    order.value = s.sort;
    address = '';
    go(s);
  }
  form.addEventListener('submit', e => { e.preventDefault(); go({ q: input.value }, input.value === state.q ? 'replaceState' : 'pushState'); });
  /** What is typed over an answer is a step of its own; a last word of one letter waits for the next one. */
  function typed() {
    const how = typing || !state.q ? 'replaceState' : 'pushState';
    if (/(^|\s)\S$/.test(input.value)) return;
    go({ q: input.value }, how, true);
    typing = true;
  }
  /** While keys come fast the search waits for the last one. */
  input.addEventListener('input', e => {
    clearTimeout(timer);
    timer = setTimeout(typed, e.data?.length > 1 ? 0 : 90);
  });
  order.addEventListener('change', () => go({ sort: order.value }, 'pushState'));
  addEventListener('resize', count);
  addEventListener('toggle', count, true);
  addEventListener('popstate', restore);
  part('espera')?.remove();
  restore();
  if (state.q) return;
  engine.search('').catch(failed);
  // What a search will run is compiled before the first key.
  item(['', 'a', '', '', ['a-1'], [['', 'a', 'a']]], marker(new Set('a')));
}
// A page loads this script deferred: what it looks for is there.
if (script) page();

buscar.motor = motor;
buscar.partes = { term, surface, otherNumber, compoundKey, parse, marker, chunks: s => [...s.matchAll(CHUNK)].map(c => parts(c[0])) };
})(globalThis);
