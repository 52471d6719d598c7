/** `earshot inbox`: serves the page on which complaints are answered, until it is stopped. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Edges } from '../../edges.ts';
import { InboxTrouble, type ServedInbox, servedEntry, startInbox } from '../../inbox/server.ts';
import { html } from '../../text/html.ts';
import { withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly port?: string;
  readonly open?: boolean;
}

export async function command(edges: Edges, options: Options): Promise<number> {
  const { terminal } = edges;
  return withTools(edges, { ...options, stays: true }, async (tools) => {
    const port = options.port === undefined ? tools.config.inbox.port : portGiven(options.port);
    let inbox: ServedInbox;
    try {
      inbox = await startInbox(tools, { port, person: edges.person });
    } catch (error) {
      if (!(error instanceof InboxTrouble)) throw error;
      const entry = error.kind === 'taken' ? await servedEntry(tools, port) : null;
      if (entry === null) {
        terminal.err(`${error.message}\n`);
        return 1;
      }
      terminal.out(`Your inbox is served already, by \`${tools.earshot} start\` or in another window:\n\n  ${entry}\n`);
      if (options.open) await openPrivately(edges, entry);
      return 0;
    }
    terminal.out(`Your inbox, for a browser on this computer:\n\n  ${inbox.entry}\n\n`);
    terminal.err('Open it once; the browser then remembers the way. Ctrl+C ends it.\n');
    const page = options.open ? await openPrivately(edges, inbox.entry) : null;
    try {
      await aborted(edges.signal);
    } finally {
      await inbox.close();
      if (page !== null) await rm(dirname(page), { recursive: true, force: true });
    }
    return 0;
  });
}

function portGiven(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1024 || port > 65_535)
    throw new Misuse(`--port ${text} is no port; write a number from 1024 to 65535.`);
  return port;
}

/** By a page that only the owner can read: other users of this computer see what programs are started with. */
async function openPrivately(edges: Edges, entry: string): Promise<string> {
  const page = join(await mkdtemp(join(tmpdir(), 'earshot-')), 'inbox.html');
  const { source } =
    html`<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${entry}"><title>Earshot</title><a href="${entry}">Open the inbox</a>`;
  await writeFile(page, source, { mode: 0o600 });
  await edges.open(pathToFileURL(page).href);
  return page;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
