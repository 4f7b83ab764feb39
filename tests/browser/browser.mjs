// Opens Chromium. Nothing but 127.0.0.1 can be reached from it, so a request that leaves the host is seen and fails.

import { chromium } from 'playwright-core';

/** How wide a window is, and which colours its reader asked for. */
export const WIDE_LIGHT = { name: '1280 px, light', width: 1280, scheme: 'light' };
export const WIDE_DARK = { name: '1280 px, dark', width: 1280, scheme: 'dark' };
export const NARROW_LIGHT = { name: '320 px, light', width: 320, scheme: 'light' };
export const NARROW_DARK = { name: '320 px, dark', width: 320, scheme: 'dark' };
export const LOOKS = [WIDE_LIGHT, WIDE_DARK, NARROW_LIGHT, NARROW_DARK];

const HEIGHT = 800;

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}

/** Makes a tab look like `look`. */
export async function setLook(tab, { width, scheme }) {
  await tab.setViewportSize({ width, height: HEIGHT });
  await tab.emulateMedia({ colorScheme: scheme, media: 'screen' });
}
