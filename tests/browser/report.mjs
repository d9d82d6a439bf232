// Many failures, few lines: the same fault of a shared part is told once, with the pages it is on.

import { groupBy } from './group.mjs';

const MAX_FAULTS = 8;
const MAX_PAGES = 4;
const MAX_TEXT = 300;

/** The lines of the report. A failure is `{ pagina, rule, message }` and, where they apply, selector, line, width, scheme. */
export function report(failures) {
  const rules = [...groupBy(failures, (f) => `${f.warning ? 'warning' : 'FAIL'} ${f.rule}`)];
  return rules.sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([rule, found]) => section(rule, found));
}

function section(rule, failures) {
  const faults = [...groupBy(failures, (f) => [f.message, f.selector ?? ''].map(short).join('\n      at '))];
  faults.sort(([, a], [, b]) => countPages(b) - countPages(a));
  return [
    `${rule}: ${faults.length} fault(s) on ${countPages(failures)} page(s)`,
    ...capped(faults, MAX_FAULTS, 'faults').flatMap((fault) =>
      typeof fault === 'string' ? [`  ${fault}`] : [`  - ${fault[0].replace(/\n *at $/, '')}`, `      in ${places(fault[1])}`],
    ),
    '',
  ];
}

/** `a.html:12 [360 1280, dark], b.html, … 3 more pages` */
function places(failures) {
  const pages = [...groupBy(failures, (f) => f.pagina.name)].map(([name, found]) => {
    const values = (key) => [...new Set(found.flatMap((f) => f[key] ?? []))].join(' ');
    const where = [values('width'), values('scheme')].filter(Boolean).join(', ');
    return `${name}${found[0].line ? `:${found[0].line}` : ''}${where ? ` [${where}]` : ''}`;
  });
  return capped(pages, MAX_PAGES, 'pages').join(', ');
}

function capped(items, max, what) {
  return items.length <= max ? items : [...items.slice(0, max), `… ${items.length - max} more ${what}`];
}

function countPages(failures) {
  return new Set(failures.map((f) => f.pagina.name)).size;
}

function short(text) {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}…`;
}
