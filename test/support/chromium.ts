/** A browser for tests that look at pages: the computer's own Chromium, told to keep to itself; where there is none, they are skipped. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/opt/google/chrome/chrome'];

/** Null where there is none; EARSHOT_CHROMIUM names one elsewhere. */
export const chromiumPath = [process.env.EARSHOT_CHROMIUM ?? '', ...paths].find((path) => existsSync(path)) ?? null;

/** What a skipped test says. */
export const needsChromium = chromiumPath === null ? ' (skipped: there is no Chromium here)' : '';

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath ?? 'chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
