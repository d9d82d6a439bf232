// The first Tab on the home shows the skip link.

import { inTabs, openTab, SIZES, visit } from './browser.mjs';
import { inicio } from './sitio.mjs';

const PATIENCE = 1000;

export function teclado(browser, sitios) {
  const visits = sitios.flatMap(inicio).flatMap((pagina) => SIZES.map((size) => ({ pagina, size })));
  return inTabs(visits, () => openTab(browser), tabular);
}

async function tabular(tab, { pagina, size }) {
  await tab.setViewportSize(size);
  await visit(tab, pagina);
  await tab.keyboard.press('Tab');
  // A link may slide in, so it gets a moment before it is judged.
  const shown = await tab.waitForFunction(skipLinkIsShown, null, { timeout: PATIENCE }).catch(() => null);
  if (shown) return [];
  const focused = await tab.evaluate(() => document.activeElement.outerHTML.slice(0, 120));
  const message = `after one Tab the focus is not on a skip link that can be seen: ${focused}`;
  return [{ pagina, width: size.width, rule: 'keyboard/skip-link', message }];
}

/** Runs in the page. What is hidden by clipping or covered by something else is not what its middle shows. */
function skipLinkIsShown() {
  const link = document.activeElement;
  if (!link.matches('a[href^="#"]')) return false;
  const box = link.getBoundingClientRect();
  const within = box.left >= 0 && box.top >= 0 && box.right <= window.innerWidth && box.bottom <= window.innerHeight;
  const readable = box.width >= 16 && box.height >= 16 && link.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const middle = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
  return within && readable && link.contains(middle);
}
