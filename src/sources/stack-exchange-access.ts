/** How Stack Exchange is asked, with a free key or without, and what its refusals and waits mean. */
import { z } from 'zod';
import { dayMs } from '../clock.ts';
import { Fault } from '../net/fault.ts';
import type { Ask, Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { changed } from './read-items.ts';
import { refusalIn } from './refusal.ts';

export const secrets = {
  key: {
    env: 'STACK_EXCHANGE_KEY',
    about: 'Free, and raises the limit from 300 to 10,000 requests a day.',
    optional: true,
  },
} as const;

const Wrapper = z.object({
  items: z.array(z.unknown()),
  has_more: z.boolean().default(false),
  /** Seconds in which this method must be left alone; old answers have fractions. */
  backoff: z.number().nullish(),
  /** Seen as -1, beside answers that were good. */
  quota_remaining: z.number().nullish(),
});
type Wrapper = z.infer<typeof Wrapper>;
const Refusal = z.object({ error_id: z.number(), error_name: z.string(), error_message: z.string().default('') });

/** The cause of a wait that is for the whole day's budget. */
export const spent = 'spent';

/** What an answer that was good asks of us before the next question; null where it asks nothing. */
export function waitIn({ backoff, quota_remaining }: Wrapper, askedAt: number): Fault | null {
  if (quota_remaining === 0) return slowDown(nextMidnight(askedAt), spent);
  return backoff ? slowDown(askedAt + backoff * 1000) : null;
}

/** One question to a site. */
export type Asking = (
  path: string,
  query: NonNullable<Ask['query']>,
) => Promise<{ readonly found: Wrapper; readonly askedAt: number }>;

export function asking(http: Http, base: string, site: string, key: string | null): Asking {
  return async (path, query) => {
    let askedAt = 0;
    const { body } = await http.json(join(base, path), Wrapper, {
      query: { site, ...query, key: key ?? undefined },
      refused: (answer, now) => {
        askedAt = now;
        return refusal(answer, now, site);
      },
    });
    return { found: body, askedAt };
  };
}

/** Errors come as 400, whatever happened; the real code stands inside. */
function refusal({ status, text }: RawAnswer, now: number, site: string): Fault | undefined {
  const body = status === 200 && text.length > 1000 ? null : refusalIn(text, Refusal);
  if (!body) return undefined;
  const { error_name: name, error_message: message } = body;
  if (name === 'throttle_violation') {
    const seconds = /(\d+) seconds?/.exec(message)?.[1];
    return slowDown(seconds ? now + Number(seconds) * 1000 : null);
  }
  if (name === 'temporarily_unavailable' || name === 'internal_error') {
    return new Fault('unreachable', 'Stack Exchange is out of order for the moment; Earshot tries again by itself.');
  }
  if (name === 'bad_parameter' && /key/i.test(message)) {
    return new Fault(
      'not-allowed',
      `Stack Exchange does not know the key in ${secrets.key.env}. Copy it again from https://stackapps.com/apps, or leave it out.`,
    );
  }
  if (name === 'bad_parameter' && /site/i.test(message)) {
    return new Fault(
      'gone',
      `Stack Exchange has no site called “${site}”. Mend \`stack-exchange.sites\`: the short name is the first part of the site’s address, such as cooking.`,
    );
  }
  if (/^(?:access_|invalid_access_token|key_required)/.test(name)) {
    return new Fault(
      'not-allowed',
      `Stack Exchange does not let a guest search ${site}. Put a free key into ${secrets.key.env}: \`npx earshot sources stack-exchange\` says how.`,
    );
  }
  return changed(name);
}

function slowDown(retryAt: number | null, cause?: string): Fault {
  return new Fault(
    'slow-down',
    'Stack Exchange wants fewer questions from here; Earshot waits and goes on by itself. A free key allows many more: `npx earshot sources stack-exchange`.',
    { retryAt, cause },
  );
}

/** The day's budget begins anew at midnight UTC. */
function nextMidnight(now: number): number {
  return (Math.floor(now / dayMs) + 1) * dayMs;
}
