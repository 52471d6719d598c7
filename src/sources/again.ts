/** What sources share that look at stored posts again: one by one, or many in one question. */
import type { z } from 'zod';
import type { Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { orNull } from './or-null.ts';
import { refusalIn } from './refusal.ts';
import type { Page } from './source.ts';

/** The cause of a fault that says of one post that it is no more. */
const noMore = Symbol('no more');

/** For `refused`: 404 or 410 in the platform's own form. A missing page of somebody else's is no word about the post. */
export function noLongerThere({ status, text }: RawAnswer, shape: z.ZodType<unknown>): Fault | undefined {
  if ((status !== 404 && status !== 410) || refusalIn(text, shape) === null) return undefined;
  return noLonger();
}

/** For `refused`, where the platform says it in another way. */
export const noLonger = () => new Fault('gone', 'This post is no longer there.', { cause: noMore });

/** A page of one post: as it is now; gone where there is none, or the answer says so. */
export async function postAgain(post: Post, ask: () => Promise<Post | null>): Promise<Page> {
  const now = await nullWhereGone(ask());
  return now === null ? { posts: [], gone: [post] } : { posts: [now] };
}

/** Null where the platform says of the post that it is no more. */
export const nullWhereGone = <Body>(answer: Promise<Body>): Promise<Body | null> =>
  orNull(answer, ({ cause }) => cause === noMore);

/**
 * A page of what came back of those that were asked for: the others are gone. Where an item could not be read it may be
 * one of them, and none counts as gone.
 */
export function pageAgain(asked: readonly Post[], { posts, unreadable }: Pick<Page, 'posts' | 'unreadable'>): Page {
  const there = new Set(posts.map(({ externalId }) => externalId));
  const gone = unreadable?.length ? [] : asked.filter(({ externalId }) => !there.has(externalId));
  return { posts, unreadable: unreadable ?? [], gone };
}

/** As many as one question may ask for. */
export function inBatches<One>(list: readonly One[], size: number): readonly (readonly One[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));
}
