/** Makes the README's pictures from the demo: its digest and its inbox, as PNG in data/pictures. */
import { mkdtempSync, rmSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openApp } from '../../src/app.ts';
import { run } from '../../src/cli/run.ts';
import { startInbox } from '../../src/inbox/server.ts';
import { chromiumPath, openBrowser } from '../support/chromium.ts';
import { fakeClock } from '../support/clock.ts';
import { cliEdges } from '../support/edges.ts';

const into = join(import.meta.dirname, '../../data/pictures');
/** The README is fetched whole. */
const mostBytes = 200_000;

/** A Monday at breakfast, with the judge that an owner has. */
const edges = cliEdges({ clock: fakeClock('2026-11-23T08:00:00Z'), env: { EARSHOT_JUDGE: 'auto' } });

async function shoot(browser: Browser, address: string, name: string, size: { width: number; height: number }) {
  const context = await browser.newContext({ viewport: size, colorScheme: 'light', javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(address);
  const picture = await page.screenshot();
  if (picture.length > mostBytes) throw new Error(`${name} has ${picture.length} bytes, more than ${mostBytes}`);
  await writeFile(join(into, name), picture);
  process.stdout.write(`${name}: ${Math.round(picture.length / 1000)} kB\n`);
  await context.close();
}

/** The demo's posts in a folder laid out as a clone, where commands need no `--config`. @returns the mail's address */
async function settled(folder: string): Promise<string> {
  const demo = join(folder, 'data', 'demo');
  const code = await run({ ...edges, cwd: folder, argv: ['demo', '--into', demo] });
  if (code !== 0) throw new Error(`the demo failed: ${edges.said.err}`);
  await mkdir(join(folder, 'config'));
  await copyFile(join(demo, 'earshot.yaml'), join(folder, 'config', 'earshot.yaml'));
  let mail = '';
  const open = async (address: string) => {
    mail = address;
  };
  await run({ ...edges, cwd: folder, open, argv: ['digest', '--open'] });
  if (mail === '') throw new Error(`no mail was shown: ${edges.said.err}`);
  return mail;
}

async function pictures(): Promise<void> {
  if (chromiumPath === null)
    throw new Error('The pictures need Chromium; EARSHOT_CHROMIUM names it where it is not found.');
  const folder = mkdtempSync(join(tmpdir(), 'earshot-pictures-'));
  try {
    const mail = await settled(folder);
    const tools = await openApp({ ...edges, cwd: folder }, {});
    const inbox = await startInbox(tools, { port: 0, person: edges.person });
    const browser = await openBrowser();
    try {
      await mkdir(into, { recursive: true });
      await shoot(browser, mail, 'digest.png', { width: 800, height: 1000 });
      await shoot(browser, inbox.entry, 'inbox.png', { width: 1200, height: 820 });
    } finally {
      await browser.close();
      await inbox.close();
      await tools.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await pictures();
