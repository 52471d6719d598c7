/** One review on Google among those of all the owner's places: as it is now, and the owner's answer below it. */
import { z } from 'zod';
import type { Post } from '../mention.ts';
import type { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { noLongerThere, nullWhereGone } from './again.ts';
import { nothingToAnswer, notTaken } from './answering.ts';
import { type Asking, allPlaces, type Place, Refusal, refusedTo } from './google-business-places.ts';
import { original, Review, reviewsHome, toPost } from './google-business-reviews.ts';
import { isSameText } from './same-words.ts';
import type { Answered, Page } from './source.ts';

interface Found {
  readonly address: string;
  readonly place: Place;
  readonly review: Review;
}

/** As it is now, or gone; null where that cannot be told, since its place has another name by now or is no longer managed. */
export async function reviewAgain(ask: Asking, places: readonly Place[], post: Post): Promise<Page | null> {
  const found = await find(ask, places, post);
  if (found) return { posts: [toPost(found.review, found.place)] };
  return places.some(({ title }) => title === post.place) ? { posts: [], gone: [post] } : null;
}

interface Wish {
  readonly post: Post;
  readonly text: string;
  readonly signal: AbortSignal;
}
interface Options {
  readonly locations: readonly string[];
}

/** Google has one answer to a review: a new one takes its place. */
export async function answer(ask: Asking, options: Options, { post, text, signal }: Wish): Promise<Answered> {
  const found = await find(ask, await allPlaces(ask, options.locations, signal), post);
  if (found === null) throw nothingToAnswer('Google');
  const written = { method: 'PUT', json: { comment: text }, writes: true, refused: answerRefused } as const;
  await ask(`${found.address}/reply`, z.looseObject({}), {}, written);
  return { externalId: null, url: post.url };
}

export async function stands(ask: Asking, options: Options, { post, text, signal }: Wish): Promise<Answered | null> {
  const found = await find(ask, await allPlaces(ask, options.locations, signal), post);
  const there = found?.review.reviewReply;
  if (there?.state === 'REJECTED' || !isSameText(original(there?.comment ?? ''), text)) return null;
  return { externalId: null, url: post.url };
}

/** A review knows its place by name alone: those of that name are asked first. */
async function find(ask: Asking, places: readonly Place[], { externalId, place: name }: Post): Promise<Found | null> {
  const named = places.filter(({ title }) => title === name);
  for (const place of named.length > 0 ? named : places) {
    const address = `${reviewsHome}${place.path}/reviews/${encodeURIComponent(externalId.toWellFormed())}`;
    const review = await nullWhereGone(ask(address, Review, {}, { refused: notThere }));
    if (review) return { address, place, review };
  }
  return null;
}

const notThere = (one: RawAnswer): Fault | undefined => noLongerThere(one, Refusal) ?? refusedTo('read')(one);

function answerRefused(one: RawAnswer): Fault | undefined {
  if (noLongerThere(one, Refusal)) return nothingToAnswer('Google');
  const why = 'it is too long, or there is something in it that Google does not allow in answers';
  return refusedTo('answer')(one) ?? (one.status === 400 ? notTaken('Google', why) : undefined);
}
