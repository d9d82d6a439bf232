// On paper there is the content, and no menu.

import { inTabs, openTab, settled, visit } from './browser.mjs';
import { muestra } from './sitio.mjs';

/** A4 at 96 dots per inch. */
const PAPER = { width: 794, height: 1123 };

export function impresion(browser, sitios) {
  const visits = sitios.flatMap(muestra).map((pagina) => ({ pagina }));
  return inTabs(visits, () => openTab(browser, { viewport: PAPER }), imprimir);
}

async function imprimir(tab, { pagina }) {
  await tab.emulateMedia({ media: 'print', colorScheme: 'light' });
  await visit(tab, pagina);
  await tab.evaluate(settled);
  const found = await tab.evaluate(faultsInPrint);
  return found.map((failure) => ({ pagina, ...failure }));
}

/** Runs in the page. A header within main belongs to the content. */
function faultsInPrint() {
  const area = (el) => el.getBoundingClientRect().width * el.getBoundingClientRect().height;
  const main = document.querySelector('main');
  const menus = [...document.querySelectorAll('header nav[aria-label]')].filter((nav) => !nav.closest('main'));
  const lost = !main || area(main) === 0 || main.innerText.trim() === '' || !main.checkVisibility({ visibilityProperty: true });
  return [
    ...(lost ? [{ rule: 'print/main', selector: 'main', message: 'main is not printed' }] : []),
    ...menus
      .filter((nav) => area(nav) > 0)
      .map((nav) => ({ rule: 'print/nav', selector: `nav[aria-label="${nav.ariaLabel}"]`, message: 'the menu is printed' })),
  ];
}
