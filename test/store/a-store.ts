/** What the tests of the store begin with: an empty database in a folder of its own, and posts and findings to put in. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Findings, Post } from '../../src/mention.ts';
import { saveBrands } from '../../src/store/brands.ts';
import { type MentionDraft, saveMentions } from '../../src/store/mentions.ts';
import type { Saving } from '../../src/store/post-rows.ts';
import { savePosts } from '../../src/store/posts.ts';
import { openStore, type Store, type StoreOptions } from '../../src/store/store.ts';
import type { Tx } from '../../src/store/tables.ts';

/** Friday 20 November 2026, 09:00 UTC. */
export const noon = Date.UTC(2026, 10, 20, 9);
export const day = 86_400_000;

export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Closed and deleted when the test is over. Knows the brands `blue` and `red`. */
export async function aStore(options: Partial<StoreOptions> = {}): Promise<Store> {
  const store = await openStore({ path: join(aFolder(), 'earshot.db'), now: () => noon, ...options });
  onTestFinished(() => store.close());
  await store.write('brands', (tx) =>
    saveBrands(
      tx,
      [
        { id: 'blue', name: 'Blue Door Coffee', fingerprint: 'b1' },
        { id: 'red', name: 'Red Door Coffee', fingerprint: 'r1' },
      ],
      noon,
    ),
  );
  return store;
}

let count = 0;

/** A post that differs from every other in id, address, author and words, unless told otherwise. */
export function aPost(more: Partial<Post> = {}): Post {
  count += 1;
  return {
    source: 'bluesky',
    externalId: `at://post/${count}`,
    url: `https://social.example/post/${count}`,
    author: { handle: `guest${count}.example`, name: `Guest ${count}`, url: null, followers: 12 },
    title: null,
    text: `Waited a while at Blue Door Coffee, table ${count}`,
    language: 'en',
    publishedAt: noon - day,
    editedAt: null,
    rating: null,
    engagement: { likes: 3, reposts: 0, replies: 1, views: null },
    links: [],
    origin: null,
    parentId: null,
    threadId: null,
    place: null,
    ...more,
  };
}

export function someFindings(more: Partial<Findings> = {}): Findings {
  return {
    language: 'en',
    relevance: { verdict: 'about', probability: 0.97 },
    sentiment: { label: 'negative', score: -0.62 },
    complaint: { verdict: 'complaint', probability: 0.91 },
    severity: 2.3,
    urgency: 'normal',
    topics: ['waiting'],
    praise: false,
    resolved: false,
    reasons: [{ of: 'complaint', rule: 'waiting', field: 'text', at: [0, 6], weight: 0.4 }],
    doubtful: false,
    version: 'fast-1',
    ...more,
  };
}

export interface Heard {
  readonly post: Post;
  readonly brandId?: string;
  readonly findings?: Findings;
  readonly history?: boolean;
}

/** Saves posts and what they say about a brand, as a collect does. */
export async function hear(tx: Tx, heard: readonly Heard[], saving: Partial<Saving> = {}) {
  const seenAt = saving.seenAt ?? noon;
  const posts = await savePosts(
    tx,
    heard.map(({ post }) => post),
    { ...saving, seenAt },
  );
  const drafts: MentionDraft[] = heard.flatMap(({ brandId, findings, history }, place) => {
    const postId = posts[place]?.id;
    if (postId === undefined || postId === null) return [];
    return [
      {
        brandId: brandId ?? 'blue',
        postId,
        hits: [{ term: 'Blue Door Coffee', kind: 'name', field: 'text', at: [0, 4] }],
        findings: findings ?? someFindings(),
        history: history ?? false,
      },
    ];
  });
  return { posts, mentions: await saveMentions(tx, drafts, seenAt) };
}
