/** A desk at which complaints come in and are worked on: what the tests of cases say and ask, over a real store. */
import type { App } from '../../src/app.ts';
import { letGo } from '../../src/jobs/keep.ts';
import { mark } from '../../src/jobs/mark.ts';
import { rejudgeBrands } from '../../src/jobs/rejudge.ts';
import { takeIn } from '../../src/jobs/take-in.ts';
import type { CaseAct } from '../../src/jobs/work-case.ts';
import { workCase } from '../../src/jobs/work-case.ts';
import type { MarkKind, Post } from '../../src/mention.ts';
import { type Case, readCases } from '../../src/store/cases.ts';
import { listMentions } from '../../src/store/mention-list.ts';
import type { MentionRow } from '../../src/store/mention-rows.ts';
import { aShop, opened, type Shop, said } from './shop.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

export const awful = 'Still waiting for my refund from Blue Door after three weeks, nobody answers.';
export const lovely = 'Blue Door is wonderful: lovely coffee and such friendly staff!';

export interface Desk {
  readonly shop: Shop;
  readonly app: App;
  /** A post of a guest of his own, an hour old, not yet taken in. */
  says(text: string, more?: Partial<Post>): Post;
  /** @returns the ids of its mentions */
  hears(...posts: readonly Post[]): Promise<readonly number[]>;
  /** Its platform shows it no more. */
  loses(post: Post): Promise<void>;
  /** The brand's entry is another now; everything is judged again. */
  tells(entry: string): Promise<void>;
  marks(mentionId: number, kind: MarkKind, undo?: boolean): Promise<string | null>;
  works(mentionId: number, kind: CaseAct['kind'], details?: CaseAct['details']): Promise<Case | string | null>;
  mention(id: number): Promise<MentionRow | undefined>;
  /** The mention's case, with all that happened to it. */
  case(mentionId: number): Promise<Case | null>;
  /** What happened to it. */
  kinds(mentionId: number): Promise<readonly string[]>;
  /** The mentions in the queue. */
  queue(): Promise<readonly number[]>;
}

const config = (entry: string) => `brands:\n  - { name: Blue Door, sources: {}, ${entry} }\n`;

/** @param more beside `brands` in the config */
export async function aDesk(more = ''): Promise<Desk> {
  const shop = aShop();
  await opened(shop, config('about: café') + more);
  const list = (pile: 'all' | 'flagged') => shop.app().store.read('test', (tx) => listMentions(tx, { pile, limit: 0 }));
  const mention = async (id: number) => (await list('all')).find((row) => row.id === id);
  const caseOf = async (id: number) => {
    const own = (await shop.app().store.read('test', (tx) => listMentions(tx, { pile: 'all', limit: 0 }))).find(
      (row) => row.id === id,
    )?.case;
    return own ? ((await shop.app().store.read('test', (tx) => readCases(tx, [own.id])))[0] ?? null) : null;
  };
  return {
    shop,
    get app() {
      return shop.app();
    },
    says: (text, more = {}) => said(text, { source: 'bluesky', publishedAt: shop.clock.now() - hourMs, ...more }),
    hears: async (...posts) => (await takeIn(shop.app(), posts, { brandId: null, dryRun: false })).mentionIds,
    loses: ({ source, externalId }) =>
      shop.app().store.write('test', (tx) => letGo(shop.app(), tx, [{ source, externalId }], shop.clock.now())),
    tells: async (entry) => {
      await opened(shop, config(entry) + more);
      await rejudgeBrands(shop.app(), ['blue-door']);
    },
    marks: (mentionId, kind, undo = false) => mark(shop.app(), { mentionId, kind, by: 'Ana', why: null, undo }),
    works: (id, kind, details = {}) => workCase(shop.app(), { id, of: 'mention' }, { kind, by: 'Ana', details }),
    mention,
    case: caseOf,
    kinds: async (id) => (await caseOf(id))?.events.map(({ kind }) => kind) ?? [],
    queue: async () => (await list('flagged')).map(({ id }) => id),
  };
}
