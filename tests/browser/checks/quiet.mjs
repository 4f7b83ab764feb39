// The page says nothing on the console, asks nobody else for anything, and keeps nothing in the browser.

export const name = 'quiet';

/** Begins to listen, before the page is opened. Gives a function that tells what was heard. */
export function listen(tab, origin) {
  const heard = [];
  const onConsole = message => {
    if (['error', 'warning'].includes(message.type())) heard.push({ selector: 'console', wrong: `${message.type()}: ${message.text()}` });
  };
  const onError = error => heard.push({ selector: 'script', wrong: `it fails: ${error.message}` });
  const onRequest = request => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) heard.push({ selector: request.resourceType(), wrong: `a request leaves the host: ${url}` });
  };
  const listeners = { console: onConsole, pageerror: onError, request: onRequest };
  for (const [event, listener] of Object.entries(listeners)) tab.on(event, listener);
  return async () => {
    for (const [event, listener] of Object.entries(listeners)) tab.off(event, listener);
    return [...heard, ...(await kept(tab))];
  };
}

async function kept(tab) {
  const cookies = (await tab.context().cookies()).map(it => `the cookie ${it.name}`);
  const stored = await tab.evaluate(async () => [
    ...Object.keys(localStorage).map(it => `localStorage ${it}`),
    ...Object.keys(sessionStorage).map(it => `sessionStorage ${it}`),
    ...(await indexedDB.databases()).map(it => `IndexedDB ${it.name}`),
    ...(await caches.keys()).map(it => `the cache ${it}`),
    ...(await navigator.serviceWorker.getRegistrations()).map(it => `the service worker ${it.scope}`),
  ]);
  return [...cookies, ...stored].map(it => ({ selector: 'storage', wrong: `the page keeps ${it}` }));
}
