// Keeps a served page as its source is. Built pages do not have this script.
(() => {
  const me = document.currentScript;
  const path = encodeURIComponent(decodeURIComponent(location.pathname));
  let version = me.dataset.version;

  // One tab holds the stream and tells the others: browsers allow six connections to a host.
  const channel = new BroadcastChannel('folio');
  channel.onmessage = event => hear(event.data);
  const tell = news => {
    channel.postMessage(news);
    hear(news);
  };
  const listen = () => {
    const events = new EventSource('/_folio/events');
    events.onmessage = event => tell(JSON.parse(event.data));
    // What came before the stream was open, or while it was lost, nobody has heard.
    events.onopen = () => tell({});
    return new Promise(() => {});
  };
  if (navigator.locks) navigator.locks.request('folio', listen);
  else listen();

  async function hear(news) {
    if (news.follow && news.follow !== location.pathname) {
      location.assign(news.follow);
      return;
    }
    const state = await ask('');
    if (!state) return;
    if (state.hash && state.hash !== me.dataset.hash) {
      location.reload();
      return;
    }
    if (state.styles) styles();
    // What rules find on the finished page takes longer; what they found before stays until then.
    if (state.faults.some(it => it.own)) panel(state);
    const whole = await ask('&rules=');
    if (whole) panel(whole);
  }

  /** The state of this page; nothing where the server is gone, or where a later answer came first. */
  async function ask(more) {
    let state;
    try {
      state = await (await fetch(`/_folio/state?path=${path}&since=${version}${more}`, { cache: 'no-store' })).json();
    } catch {
      return undefined;
    }
    if (state.version < version) return undefined;
    version = state.version;
    return state;
  }

  // The new sheet is there before the old one goes, so that the page does not flicker.
  function styles() {
    for (const old of document.querySelectorAll('link[rel~=stylesheet]')) {
      const fresh = old.cloneNode();
      const address = new URL(old.href);
      address.searchParams.set('folio', Date.now());
      fresh.href = address;
      fresh.onload = fresh.onerror = () => old.remove();
      old.after(fresh);
    }
  }

  const MOST = 20;
  let host;
  let shown = '';
  function panel({ faults, kept }) {
    const key = JSON.stringify([faults, kept]);
    // What is shown already is not read out again, and keeps the focus; what was closed stays closed until it changes.
    if (key === shown) return;
    shown = key;
    host?.remove();
    host = undefined;
    const own = faults.filter(it => it.own).length;
    // What is wrong elsewhere can wait, unless nothing can be published because of it.
    if (!own && !faults.some(it => it.severity === 'error')) return;
    host = document.createElement('folio-faults');
    const root = host.attachShadow({ mode: 'open' });
    root.innerHTML = `<style>
      :host { all: initial; display: block; }
      section { position: fixed; inset: auto 0 0 0; max-height: 45vh; overflow: auto; box-sizing: border-box; padding: 1rem 1.25rem;
        z-index: 2147483647; background: #1d1d1d; color: #fff; border-top: 6px solid #ff8a80; font: 16px/1.5 system-ui, sans-serif; }
      h2 { font-size: 1.125rem; margin: 0 0 .5rem 0; } h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
      p { margin: .25rem 0; } code, pre { font: 14px/1.5 ui-monospace, monospace; } pre { margin: .5rem 0; overflow-x: auto; white-space: pre; }
      button { float: right; margin: 0 0 .5rem 1rem; font: inherit; padding: .25rem .75rem; color: #fff; background: #444; border: 2px solid #fff; cursor: pointer; }
      button:focus-visible, pre:focus-visible { outline: 3px solid #ffd54f; outline-offset: 2px; }
    </style>
    <section role="region" aria-label="Faults"><button type="button">Close</button><h2></h2><div role="status"></div></section>`;
    const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });
    const count = number => (number === 1 ? '1 fault' : `${number} faults`);
    const parts = [own && `${count(own)} on this page`, faults.length > own && `${own ? faults.length - own : count(faults.length)} elsewhere`];
    root.querySelector('h2').textContent = parts.filter(Boolean).join(', ') + (kept ? '. The page is shown as it was before' : '');
    const list = root.querySelector('div');
    for (const fault of faults.slice(0, MOST)) {
      list.append(element('h3', `${fault.severity}: ${fault.message}`));
      if (fault.place) list.append(element('code', fault.place));
      if (fault.excerpt) {
        const excerpt = element('pre', fault.excerpt);
        excerpt.tabIndex = 0;
        list.append(excerpt);
      }
      if (fault.help) list.append(element('p', fault.help));
    }
    if (faults.length > MOST) list.append(element('p', `and ${faults.length - MOST} more: folio check shows all`));
    const close = () => host?.remove();
    root.querySelector('button').onclick = close;
    root.addEventListener('keydown', event => event.key === 'Escape' && close());
    document.body.append(host);
    // The end of the page can be scrolled to, above the panel.
    host.style.height = `${root.querySelector('section').offsetHeight}px`;
  }

  hear({});
})();
