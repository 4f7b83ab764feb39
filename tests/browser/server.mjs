// Serves a built site as a plain web server does: files as they lie, index.html for folders, 404.html for what is missing.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
};

/** Pictures come this late, in milliseconds, so that a page that moves when they arrive is caught. */
const PICTURE_DELAY = 60;

/** Serves `folder` under the path `base` (`/`, `/ar/`) on a free port of 127.0.0.1. Gives `{ origin, close }`. */
export async function serve(folder, base) {
  const server = createServer(async (request, response) => {
    const { status, type, bytes } = await answer(folder, base, decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
    const send = () => response.writeHead(status, { 'content-type': type }).end(bytes);
    type.startsWith('image/') ? setTimeout(send, PICTURE_DELAY) : send();
  });
  await new Promise(ready => server.listen(0, '127.0.0.1', ready));
  const close = () => new Promise(closed => { server.close(closed); server.closeAllConnections(); });
  return { origin: `http://127.0.0.1:${server.address().port}`, close };
}

async function answer(folder, base, path) {
  if (path.startsWith(base)) {
    const inside = normalize(`/${path.slice(base.length)}`);
    const file = inside.endsWith('/') ? `${inside}index.html` : inside;
    const bytes = await read(join(folder, file));
    if (bytes) return { status: 200, type: TYPES[extname(file)] ?? 'application/octet-stream', bytes };
  }
  const bytes = (await read(join(folder, '404.html'))) ?? Buffer.from('Not found');
  return { status: 404, type: TYPES['.html'], bytes };
}

const read = path => readFile(path).catch(() => null);
