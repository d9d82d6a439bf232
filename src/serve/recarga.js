// Only `micrositio serve` adds this: it reloads the page when the site changes, where it was being read, and shows the problems of the
// content over it. Texts stay texts: nothing of the content is read as HTML.
(() => {
  'use strict';

  const mine = new URL(document.currentScript.src).searchParams.get('v');
  const KEY = 'micrositio.lugar';
  const here = location.pathname + location.search;
  let known = '';
  let waiting = null;
  let shown = null;

  restore();
  document.addEventListener('visibilitychange', watch);
  addEventListener('pageshow', watch);
  watch();

  /** A hidden tab asks nothing: browsers open six connections to a host, and each that waits takes one. */
  function watch() {
    if (document.visibilityState === 'hidden') {
      waiting?.abort();
      waiting = null;
    } else if (!waiting) {
      ask();
    }
  }

  async function ask() {
    const turn = new AbortController();
    waiting = turn;
    while (waiting === turn) {
      try {
        const answer = await fetch(`/.micrositio/cambios?desde=${known}`, { signal: turn.signal, cache: 'no-store' });
        const news = await answer.json();
        if (news.sitio !== mine) {
          keep();
          location.reload();
          return;
        }
        if (news.version !== known) {
          known = news.version;
          show(news);
        }
      } catch {
        if (turn.signal.aborted) return;
        // The server is gone, or not there yet.
        await new Promise((done) => setTimeout(done, 1000));
      }
    }
  }

  function keep() {
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ here, x: scrollX, y: scrollY }));
    } catch {
      // Without storage the page begins at its top.
    }
  }

  function restore() {
    let place = null;
    try {
      place = JSON.parse(sessionStorage.getItem(KEY));
      sessionStorage.removeItem(KEY);
    } catch {
      return;
    }
    if (place?.here !== here) return;
    const go = () => scrollTo({ left: place.x, top: place.y, behavior: 'instant' });
    history.scrollRestoration = 'manual';
    go();
    // Images give the page its height, and an address with # its own place: ours comes last.
    addEventListener('load', () => {
      go();
      setTimeout(() => {
        go();
        history.scrollRestoration = 'auto';
      });
    });
  }

  function show({ problemas, se_ve }) {
    const wasOpen = shown?.shadowRoot.querySelector('details')?.open;
    shown?.remove();
    shown = null;
    if (problemas.length === 0) return;
    const errors = problemas.filter((p) => p.gravedad === 'error').length;
    shown = document.createElement('micrositio-problemas');
    const root = shown.attachShadow({ mode: 'open' });
    const sheet = add(root, 'link', '');
    sheet.rel = 'stylesheet';
    sheet.href = '/.micrositio/recarga.css';
    const section = add(root, 'section', errors ? '' : 'avisos');
    section.lang = 'es';
    section.setAttribute('role', errors ? 'alert' : 'status');
    const details = add(section, 'details', '');
    details.open = errors > 0 || Boolean(wasOpen);
    add(details, 'summary', '', title(errors, problemas.length - errors, se_ve));
    const list = add(details, 'ol', '');
    for (const problem of problemas) {
      const item = add(list, 'li', problem.gravedad);
      const place = [problem.archivo, problem.linea, problem.columna].filter((part) => part != null).join(':');
      add(item, 'p', 'lugar', place);
      add(item, 'p', 'mensaje', problem.mensaje);
      if (problem.texto?.trim()) add(item, 'pre', 'texto', problem.texto.slice(0, 300));
      add(item, 'p', 'arreglo', `Arreglo: ${problem.arreglo}`);
    }
    document.body.append(shown);
  }

  function title(errors, notices, isShown) {
    const count = (n, one, many) => (n === 0 ? '' : n === 1 ? `1 ${one}` : `${n} ${many}`);
    const both = [count(errors, 'error', 'errores'), count(notices, 'aviso', 'avisos')].filter(Boolean).join(', ');
    return errors && isShown ? `${both}: se ve la última versión buena` : both;
  }

  function add(parent, tag, name, text = '') {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return parent.appendChild(element);
  }
})();
