// The text of a page: what it holds, and the rules that need neither layout nor scripts.

import { groupBy } from './group.mjs';
import { NOT_FOUND } from './sitio.mjs';

const MAX_BYTES = 100_000;

/**
 * The facts of a page as a browser without scripts parses it. DOMParser runs nothing, loads nothing and reads
 * <noscript>, so one blank tab serves for all the pages.
 */
export async function readFacts(tab, pagina) {
  const facts = await tab.evaluate(factsInPage, pagina.html.toString('utf8'));
  return { ...facts, ids: new Set(facts.ids) };
}

/** Runs in the browser, so it uses nothing from outside itself. */
function factsInPage(html) {
  const FOCUSABLE =
    'a[href], area[href], button, input:not([type="hidden"]), select, textarea, summary, iframe, ' +
    'audio[controls], video[controls], [contenteditable], [tabindex]';
  const ADDRESSES = ['href', 'xlink:href', 'src', 'action', 'formaction', 'data', 'poster'];
  const doc = new DOMParser().parseFromString(html, 'text/html');
  const all = [...doc.querySelectorAll('*')];

  /** Short, and the same in every page that has the same element. */
  const selector = (el) => {
    const own = (e) => e.localName + (e.id ? `#${e.id}` : [...e.classList].map((name) => `.${name}`).join(''));
    const parent = el.parentElement;
    return el.id || !parent ? own(el) : `${own(parent)} > ${own(el)}`;
  };
  const usable = (el) => !el.closest('[hidden], [inert]');
  const found = (els, detail = () => '') => els.map((el) => ({ selector: selector(el), detail: detail(el) }));
  const loudAttributes = (el) => el.getAttributeNames().filter((name) => name === 'style' || name.startsWith('on'));
  const srcset = (el) => (el.getAttribute('srcset') ?? '').split(/,\s+/).flatMap((part) => part.trim().split(/\s+/)[0] || []);
  const addresses = (el) => [
    ...ADDRESSES.filter((name) => el.hasAttribute(name) && !(name === 'data' && el.localName !== 'object'))
      .map((name) => el.getAttribute(name).trim()),
    ...srcset(el),
  ];

  const focusable = [...doc.querySelectorAll(FOCUSABLE)].find(
    (el) => usable(el) && !el.disabled && !el.getAttribute('tabindex')?.startsWith('-'),
  );
  return {
    lang: doc.documentElement.getAttribute('lang'),
    title: doc.title,
    h1: doc.querySelectorAll('h1').length,
    csp: doc.querySelector('head > meta[http-equiv="Content-Security-Policy" i]')?.getAttribute('content') ?? null,
    ids: all.flatMap((el) => el.id || []),
    first: focusable ? { selector: selector(focusable), href: focusable.getAttribute('href') } : null,
    attributes: found(all.filter((el) => loudAttributes(el).length > 0), (el) => loudAttributes(el).join(', ')),
    inline: found([...doc.querySelectorAll('script:not([src]), style')]),
    bases: found([...doc.querySelectorAll('base')]),
    enlaces: all.flatMap((el) =>
      addresses(el).map((address) => ({
        selector: selector(el),
        address,
        follows: el.localName === 'a' && usable(el),
        embeds: ['link', 'script', 'img', 'source', 'use', 'image'].includes(el.localName),
      })),
    ),
  };
}

/** The rules of each document on its own, and that titles do not repeat within the site. */
export function reglasDeDocumento(sitio) {
  const porTitulo = groupBy(sitio.paginas, titulo);
  return sitio.paginas.flatMap((pagina) => {
    const same = porTitulo.get(titulo(pagina)).filter((other) => other !== pagina);
    return reglas(pagina, same).map((failure) => ({ pagina, ...failure }));
  });
}

const titulo = (pagina) => pagina.facts.title;

function reglas({ ruta, html, facts }, sameTitle) {
  // A 404 page that knows no public address has no links at all.
  const bare = ruta === NOT_FOUND && facts.enlaces.length === 0;
  const rule = (broken, name, message, selector) => (broken ? [{ rule: `html/${name}`, message, selector }] : []);
  const each = (found, name, message) => found.flatMap(({ selector, detail }) => rule(true, name, message(detail), selector));
  return [
    ...rule(facts.lang !== 'es', 'lang', `lang is ${JSON.stringify(facts.lang)}, not "es"`, 'html'),
    ...rule(facts.h1 !== 1, 'h1', `${facts.h1} h1 elements`),
    ...rule(facts.title === '', 'title', 'no title'),
    ...rule(facts.title !== '' && sameTitle.length > 0, 'title', `"${facts.title}" is also the title of ${sameTitle[0]?.name}`),
    ...rule(html.length > MAX_BYTES, 'size', `${html.length} bytes, more than ${MAX_BYTES}`),
    ...rule(!isStrict(facts.csp), 'csp', `the policy is missing or loose: ${facts.csp}`, 'meta'),
    ...rule(!bare && !leadsToId(facts), 'skip-link', `the first focusable element is no link to an id of the page: ${facts.first?.href ?? 'nothing'}`, facts.first?.selector),
    ...each(facts.attributes, 'attribute', (names) => `has ${names}`),
    ...each(facts.inline, 'inline', () => 'inline script or style'),
    ...each(facts.bases, 'base', () => 'changes where every relative link leads'),
  ];
}

/** Without a policy that forbids, the test that nothing is forbidden would say nothing. */
function isStrict(csp) {
  return csp !== null && csp.includes("default-src 'none'") && !/unsafe-|\*|https?:/.test(csp);
}

function leadsToId({ first, ids }) {
  return Boolean(first?.href?.startsWith('#')) && ids.has(first.href.slice(1));
}
