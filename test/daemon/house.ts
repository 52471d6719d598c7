/** A business with a config, a database and platforms on loopback, for the daemon's suites. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { listMentions } from '../../src/store/mention-list.ts';
import { lastMails } from '../../src/store/outbox.ts';
import { runsBetween } from '../../src/store/runs.ts';
import { openStore } from '../../src/store/store.ts';
import { cliEdges } from '../support/edges.ts';

export interface House {
  readonly folder: string;
  readonly config: string;
  readonly store: string;
  /** Writes the config anew. */
  configure(more: object): void;
  remove(): void;
}

export const owner = 'owner@bluedoor.example';

/** @param sources of the one brand, Blue Door Coffee */
export function house(sources: object, more: object = {}): House {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-daemon-'));
  const config = join(folder, 'earshot.yaml');
  const store = join(folder, 'data', 'earshot.db');
  const configure = (changed: object) =>
    writeFileSync(
      config,
      stringify({
        store,
        timezone: 'Europe/London',
        brands: [{ name: 'Blue Door Coffee', sources }],
        digest: { to: [{ address: owner, at: '08:00' }] },
        inbox: { off: true },
        ...more,
        ...changed,
      }),
    );
  configure({});
  return { folder, config, store, configure, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What is in the database in the end, without ids and times, in an order of its own. */
export async function contents(path: string) {
  const store = await openStore({ path, now: () => 0 });
  try {
    return await store.read('all', async (tx) => ({
      mentions: (await listMentions(tx, { pile: 'all', limit: 0 }))
        .map(({ post, brand, findings, places, case: known }) =>
          [
            brand.id,
            post.source,
            post.externalId,
            post.text,
            findings.complaint.verdict,
            places.length,
            known?.state ?? '-',
          ].join(' | '),
        )
        .sort(),
      runs: (await runsBetween(tx, 0, Number.MAX_SAFE_INTEGER)).map(({ watch, outcome, seen, fault }) => ({
        watch: watch.key,
        outcome,
        seen,
        fault: fault?.kind ?? null,
      })),
      mails: (await lastMails(tx, { kinds: ['digest', 'welcome'], limit: 100 })).map(
        ({ kind, recipient, state, tries }) => ({
          kind,
          recipient,
          state,
          tries,
        }),
      ),
    }));
  } finally {
    await store.close();
  }
}

export interface FeedItem {
  readonly id: string;
  readonly text: string;
  /** Milliseconds UTC. */
  readonly at: number;
}

/** A feed as a blog would write it. */
export function rss(items: readonly FeedItem[]): { readonly body: string; readonly headers: Record<string, string> } {
  const item = ({ id, text, at }: FeedItem) =>
    `<item><guid isPermaLink="false">${id}</guid><title>${id}</title><description>${text}</description><pubDate>${new Date(at).toUTCString()}</pubDate></item>`;
  return {
    headers: { 'content-type': 'application/rss+xml' },
    body: `<?xml version="1.0"?><rss version="2.0"><channel><title>Notes</title>${items.map(item).join('')}</channel></rss>`,
  };
}

export const edgesOf = (home: House, more: Parameters<typeof cliEdges>[0] = {}) =>
  cliEdges({ cwd: home.folder, ...more });

/** The mails that were written, by file name. */
export function mailsIn(home: House): string[] {
  const outbox = join(home.folder, 'data', 'outbox');
  return existsSync(outbox) ? readdirSync(outbox).filter((name) => name.endsWith('.eml')) : [];
}
