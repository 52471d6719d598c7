/** What an address said about itself, remembered for the next question: its stamps, its rest, where it has moved to. */
import { minuteMs } from '../clock.ts';
import type { Validator, Validators } from '../watch.ts';
import { unhurriedRestMs } from './rest.ts';

export function conditionOf(validator: Validator | undefined): Record<string, string> {
  return {
    ...(validator?.etag === undefined ? {} : { 'if-none-match': validator.etag }),
    ...(validator?.lastModified === undefined ? {} : { 'if-modified-since': validator.lastModified }),
  };
}

/** Null where the answer brought none. */
export function validatorOf(headers: Readonly<Record<string, string>>): Validator | null {
  const { etag, 'last-modified': lastModified } = headers;
  if (etag === undefined && lastModified === undefined) return null;
  return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) };
}

/** Ticks come to the minute: without it, a feed that rests for half an hour would be asked every second half hour only. */
const slackMs = minuteMs;

/** Until when it is to be left alone; null where it may be asked. @param latest no rest is kept for longer, whatever is wished */
export function restsUntil(
  known: Validator | undefined,
  now: number,
  latest = Number.POSITIVE_INFINITY,
): number | null {
  const until = Math.min(known?.notBefore ?? 0, latest);
  return now + slackMs < until ? until : null;
}

/** So many answers in a row must say that an address has moved: one alone may be a mistake, or a hotel's network. */
const sightings = 2;

/** Where an address is by now, as far as that is sure. */
export function placeOf(known: ReadonlyMap<string, Validator>, address: string): string {
  const passed = new Set<string>();
  let place = address;
  for (;;) {
    passed.add(place);
    const { to, times } = known.get(place)?.moved ?? { to: place, times: 0 };
    if (times < sightings || passed.has(to)) return place;
    place = to;
  }
}

export interface Heard {
  readonly headers: Readonly<Record<string, string>>;
  /** Where permanent redirects alone led. */
  readonly movedTo: string | null;
  readonly askedAt: number;
  /** On this machine, where nobody needs sparing: only a rest that is asked for counts. */
  readonly ours: boolean;
  /** What the feed itself asks for. */
  readonly restMs?: number | undefined;
}

/** What a feed's answer leaves, of an address that is asked as its publisher wishes. */
export function afterAnswer(before: Validator | undefined, stamps: Validator, heard: Heard): Validator {
  const { movedTo, askedAt, restMs } = heard;
  const wait = unhurriedRestMs(heard);
  const times = before?.moved?.to === movedTo ? (before?.moved?.times ?? 0) + 1 : 1;
  return {
    ...stamps,
    ...(restMs === undefined ? {} : { restMs }),
    ...(wait > 0 && { notBefore: askedAt + wait }),
    ...(movedTo !== null && { moved: { to: movedTo, times } }),
  };
}

/** Only the addresses that are gone for good: all that a look that broke off may leave. */
export function endedIn(validators: Validators): Validators {
  return Object.fromEntries(Object.entries(validators).filter(([, { ended }]) => ended));
}

/** Without them: a look that was asked for anew came through. */
export function withoutEnded(validators: Validators): Validators {
  return Object.fromEntries(Object.entries(validators).filter(([, { ended }]) => !ended));
}
