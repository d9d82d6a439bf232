// What happens when a page is opened as a visitor opens it, with its policy in force: silence, and nothing sticks out.

import { inTabs, openTab, settled, SIZES, visit } from './browser.mjs';

/** A window of 1280 px at 400 % (WCAG 1.4.10): whoever needs large letters reads in one direction too. */
const LARGE_LETTERS = { width: 320, height: 256 };

export function carga(browser, paginas) {
  return inTabs(paginas.map((pagina) => ({ pagina })), () => openListeningTab(browser), abrir);
}

/** A tab with `noise`: all that it says while a page is open. */
export async function openListeningTab(browser, options = {}) {
  const held = await openTab(browser, { colorScheme: 'light', ...options });
  const { tab } = held;
  tab.noise = [];
  const hear = (rule, message) => tab.noise.push({ rule, message: message.split('\n')[0] });
  tab.on('console', (message) => hear('load/console', `${message.type()}: ${message.text()}`));
  tab.on('pageerror', (error) => hear('load/script-error', String(error)));
  tab.on('requestfailed', (request) => hear('load/request', `${request.url()}: ${request.failure()?.errorText}`));
  return held;
}

async function abrir(tab, { pagina }) {
  const failures = [];
  tab.noise.length = 0;
  for (const [n, size] of [LARGE_LETTERS, ...SIZES].entries()) {
    await tab.setViewportSize(size);
    if (n === 0) await visit(tab, pagina);
    await tab.evaluate(settled);
    const wide = await tab.evaluate(overflowInPage);
    if (wide) failures.push({ pagina, width: size.width, rule: 'load/horizontal-scroll', ...wide });
  }
  return [...failures, ...tab.noise.map((failure) => ({ pagina, ...failure }))];
}

/** Runs in the page: the element that reaches furthest to the right, when the document scrolls sideways. */
export function overflowInPage() {
  const { scrollWidth } = document.scrollingElement;
  if (scrollWidth <= window.innerWidth) return null;
  const right = (el) => el.getBoundingClientRect().right;
  const furthest = [...document.body.querySelectorAll('*')].reduce((a, b) => (right(b) > right(a) ? b : a), document.body);
  const classes = [...furthest.classList].map((name) => `.${name}`).join('');
  return {
    selector: furthest.localName + (furthest.id ? `#${furthest.id}` : classes),
    message: `the document is ${scrollWidth} px wide in a window of ${window.innerWidth} px`,
  };
}
