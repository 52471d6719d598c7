/** A business for tests: a real store in a folder of its own, a stub source in the hand, a clock in the hand. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type App, openWith } from '../../src/app.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { cronTrouble } from '../../src/daemon/due.ts';
import { learnBrands } from '../../src/jobs/learn-brands.ts';
import type { Post } from '../../src/mention.ts';
import { listMentions, type MentionFilter } from '../../src/store/mention-list.ts';
import { aPost } from './a-post.ts';
import { fakeClock } from './clock.ts';
import { cliEdges } from './edges.ts';
import { sources } from './every-source.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface Shop {
  readonly folder: string;
  readonly clock: ReturnType<typeof fakeClock>;
  /** Opens the tools over this config text (without `store`), as a next command would; closes those from before. */
  open(config: string): Promise<App>;
  /** What `open` opened last. */
  app(): App;
  list(filter?: Partial<MentionFilter>): ReturnType<typeof listMentions>;
}

export function aShop(now = Date.parse('2026-11-21T12:00Z')): Shop {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-shop-'));
  const clock = fakeClock(now);
  let app: App | null = null;
  const opened = (): App => {
    if (!app) throw new Error('open a config first');
    return app;
  };
  onTestFinished(async () => app?.close());
  return {
    folder,
    clock,
    app: opened,
    open: async (config) => {
      await app?.close();
      const text = `store: ${JSON.stringify(join(folder, 'earshot.db'))}\n${config}`;
      const path = join(folder, 'earshot.yaml');
      const parsed = parseConfig(text, { path, sources, timezone: 'UTC', cronTrouble });
      if (!parsed.config) throw new Error(JSON.stringify(parsed.problems));
      app = await openWith(parsed.config, cliEdges({ clock, cwd: folder }), silent);
      return app;
    },
    list: (filter = {}) =>
      opened().store.read('test', (tx) => listMentions(tx, { pile: 'flagged', limit: 0, ...filter })),
  };
}

/** Opens a config and makes the database know it, as every command does. */
export async function opened(shop: Shop, config: string) {
  const app = await shop.open(config);
  return { app, learned: await learnBrands(app) };
}

let number = 0;
/** A post of its own, by somebody of their own, of the day before. */
export function said(text: string, more: Partial<Post> = {}): Post {
  number += 1;
  const author = { handle: null, name: `Somebody ${number}`, url: null, followers: null };
  const publishedAt = Date.parse('2026-11-20T12:00Z');
  return aPost(text, { source: 'feed', externalId: `post-${number}`, author, language: 'en', publishedAt, ...more });
}
