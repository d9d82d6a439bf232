// axe-core, on narrow and wide screens, light and dark.

import axe from 'axe-core';

import { inTabs, openTab, SCHEMES, settled, SIZES, visit } from './browser.mjs';

const OPTIONS = {
  // Naming the tags, instead of taking the defaults, brings in target-size, which axe leaves out on its own.
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
  // Our pages have no frames, and axe would fetch style sheets that file:// does not give.
  iframes: false,
  preload: false,
};

/** What can differ between light and dark; the rest is the same page, and axe is what takes the time. */
const OF_COLOUR = { ...OPTIONS, runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

export function accesibilidad(browser, paginas) {
  const visits = paginas.flatMap((pagina) => SCHEMES.map((scheme) => ({ pagina, scheme })));
  return inTabs(visits, () => openTabWithAxe(browser), auditar);
}

export async function openTabWithAxe(browser) {
  const held = await openTab(browser, { bypassCSP: true });
  // Sent to the browser once, not with each page.
  await held.tab.addInitScript({ content: axe.source });
  return held;
}

/** One load for both widths: loading costs more than laying out again. */
async function auditar(tab, { pagina, scheme }) {
  const failures = [];
  await tab.emulateMedia({ colorScheme: scheme });
  for (const [n, size] of SIZES.entries()) {
    await tab.setViewportSize(size);
    if (n === 0) await visit(tab, pagina);
    failures.push(...(await violaciones(tab, { pagina, scheme, width: size.width })));
  }
  return failures;
}

/** The violations in the page as it stands, in a tab with axe; `where` goes with each of them. */
export async function violaciones(tab, where) {
  await tab.evaluate(settled);
  const found = await tab.evaluate(violationsInPage, where.scheme === SCHEMES[0] ? OPTIONS : OF_COLOUR);
  return found.map((failure) => ({ ...where, ...failure }));
}

/** Runs in the page. */
async function violationsInPage(options) {
  const { violations } = await window.axe.run(document, options);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => ({
      rule: `axe/${id}`,
      selector: node.target.flat().join(' '),
      message: [...node.any, ...node.all, ...node.none].map((check) => check.message).join('; ') || help,
    })),
  );
}
