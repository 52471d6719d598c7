/** How YouTube's API is asked: its key, its two budgets, its shapes and its ways to say no. */
import { z } from 'zod';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { noLonger } from './again.ts';
import { refusalIn } from './refusal.ts';

export const apiHome = 'https://www.googleapis.com';
const daySeconds = 86_400;

export const secrets = {
  key: {
    env: 'YOUTUBE_API_KEY',
    about: 'Free; without it only the videos of channels that you name are heard.',
    optional: true,
  },
} as const;

/** Searches have a budget of their own; everything else shares another one, of which each question costs 1. */
export const pace = [
  { requests: 5, perSeconds: 1 },
  { requests: 10_000, perSeconds: daySeconds },
] as const;
const searching = { of: 'searches', pace: [{ requests: 100, perSeconds: daySeconds }] };

/** Counts come as texts and may be missing. */
export const Count = z
  .union([z.int(), z.string().regex(/^\d{1,15}$/)])
  .transform(Number)
  .nullish()
  .catch(null);
export const Words = z.string().nullish();
export const List = z.object({ items: z.array(z.unknown()), nextPageToken: z.string().min(1).nullish().catch(null) });
const Refusal = z.object({
  error: z.object({ message: z.string().nullish(), errors: z.array(z.object({ reason: z.string() })).nullish() }),
});

type Query = Readonly<Record<string, string | number | undefined>>;
export type Asking = (
  method: 'search' | 'videos' | 'channels' | 'commentThreads' | 'comments',
  query: Query,
) => Promise<z.infer<typeof List>>;

/** @throws Fault where there is no key, or not a good one */
export function asking(http: Http, baseUrl: string | undefined, key: string | null): Asking {
  if (key === null) {
    throw notAllowed(
      `YouTube wants a key before it lets anybody search or read comments. Put one into ${secrets.key.env}: \`npx earshot sources youtube\` says how.`,
    );
  }
  return async (method, query) => {
    const { body } = await http.json(join(baseUrl ?? apiHome, `youtube/v3/${method}`), List, {
      query: { ...query, key },
      ...(method === 'search' ? { budget: searching } : {}),
      refused,
    });
    return body;
  };
}

/** The reason inside counts: a used-up day and a wrong key come with the same status. */
function refused({ status, text }: RawAnswer, now: number): Fault | undefined {
  const error = status === 200 ? undefined : refusalIn(text, Refusal)?.error;
  const reason = error?.errors?.[0]?.reason ?? '';
  if (/^(?:quota|dailyLimit)Exceeded/.test(reason)) {
    const message =
      'YouTube’s questions for today are used up; Earshot goes on when its new day begins, at midnight in California.';
    return new Fault('slow-down', message, { retryAt: nextMidnight(now) });
  }
  if (/rateLimitExceeded/i.test(reason))
    return new Fault('slow-down', 'YouTube wants fewer questions; Earshot waits and goes on.');
  if (
    /^(?:keyInvalid|keyExpired|API_KEY_INVALID)$/.test(reason) ||
    /API key (?:not valid|expired)/i.test(error?.message ?? '')
  ) {
    return notAllowed(
      `YouTube does not know the key in ${secrets.key.env}. Copy it again from https://console.cloud.google.com, “Credentials”.`,
    );
  }
  if (/^(?:accessNotConfigured|ipRefererBlocked|SERVICE_DISABLED)$/.test(reason)) {
    return notAllowed(
      `Google does not let the key in ${secrets.key.env} ask YouTube from here. In https://console.cloud.google.com, switch on “YouTube Data API v3” for its project, and lift the key’s restrictions.`,
    );
  }
  if (reason === 'commentsDisabled') return gone('has switched its comments off');
  if (/^(?:video|comment)NotFound$/.test(reason)) return noLonger();
  if (/^(?:channel|commentThread)NotFound$/.test(reason))
    return gone('is not there any more, or its id is spelt differently');
  return undefined;
}

const notAllowed = (message: string) => new Fault('not-allowed', message);
const gone = (what: string) => new Fault('gone', `A channel that your config names ${what}. Mend \`youtube\` there.`);

/** Days begin at midnight in California; a night on which clocks change is an hour off, and then asked twice. */
function nextMidnight(now: number): number {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/Los_Angeles', timeStyle: 'medium' }).format(now);
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  const passed = (hours * 60 + minutes) * 60 + seconds;
  return Math.floor(now / 1000) * 1000 + (daySeconds - passed) * 1000;
}
