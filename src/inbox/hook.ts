/** The one door for programs: what they send is signed, new, and sent once. Nobody is told more than that it was refused. */
import { createHmac } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { minuteMs } from '../clock.ts';
import { type Hook, hearHook, hookOf } from '../jobs/hear-hook.ts';
import type { Tools } from '../jobs/tools.ts';
import { StoreTrouble } from '../store/trouble.ts';
import { isSame } from './door.ts';

const mostBytes = 256 * 1024;
/** Clocks of two computers differ; what is older may have been overheard. */
const lastsMs = 5 * minuteMs;
/** So many wait their turn; a sender tries again later. */
const mostWaiting = 100;

/** Before the doorkeeper: a tunnel comes in by another name, and the signature alone decides. */
export function addHooks(app: Hono, tools: Tools): void {
  const turn = createTurns();
  const seen = createMemory(tools.clock.now);
  app.use('/hooks/*', bodyLimit({ maxSize: mostBytes, onError: (c) => answer(c, 413, said.tooLong) }));
  app.post('/hooks/:brand', async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer());
    const hook = hookOf(tools, c.req.param('brand'));
    const signature = hook && signatureOf(c, hook, body);
    if (!hook || signature === null) return refuse(c, tools, said.unsigned);
    if (!isNow(c, tools)) return refuse(c, tools, said.old);
    if (!seen.remember(signature)) return answer(c, 409, said.again);
    if (turn.waiting() >= mostWaiting) {
      seen.forget(signature);
      c.header('retry-after', '60');
      return answer(c, 503, said.busy);
    }
    try {
      return await turn.take(async () => {
        const run = await hearHook(tools, hook, body);
        if (run.outcome !== 'complete') {
          seen.forget(signature);
          return answer(c, run.fault?.kind === 'garbled' ? 422 : 503, run.fault?.message ?? said.trouble);
        }
        const { seen: taken, fresh, flagged, setAside } = run;
        return c.json({ taken, fresh, flagged, setAside });
      });
    } catch (error) {
      seen.forget(signature);
      if (error instanceof StoreTrouble) return answer(c, 503, said.trouble);
      throw error;
    }
  });
  app.all('/hooks/*', (c) => {
    c.header('allow', 'POST');
    return answer(c, 405, said.post);
  });
}

const said = {
  unsigned: 'The signature is missing or wrong. It is sha256= and the HMAC-SHA256 of timestamp, full stop and body.',
  old: 'The timestamp is missing, or more than five minutes off. Sign it anew with the time of now.',
  again: 'This was sent before, and is not taken twice.',
  tooLong: 'That is more than 256 KB. Send less at once.',
  busy: 'Too much is waiting already. Send it again in a minute.',
  trouble: 'It could not be kept this time. Send it again later.',
  post: 'This address takes what is sent to it with POST.',
} as const;

function answer(c: Context, status: 401 | 405 | 409 | 413 | 422 | 503, error: string): Response {
  return c.json({ error }, status);
}

function refuse(c: Context, { log }: Tools, sentence: string): Response {
  log.warn({}, 'the webhook refused what was sent to it: it is not signed with your secret, or not of now');
  return answer(c, 401, sentence);
}

/** Null where it is not the right one. */
function signatureOf(c: Context, { secret }: Hook, body: Uint8Array): string | null {
  const at = c.req.header('x-earshot-timestamp') ?? '';
  const wanted = createHmac('sha256', secret).update(`${at}.`).update(body).digest('hex');
  const given = (c.req.header('x-earshot-signature') ?? '').replace(/^sha256=/i, '').toLowerCase();
  return isSame(given, wanted) ? wanted : null;
}

function isNow(c: Context, { clock }: Tools): boolean {
  const at = c.req.header('x-earshot-timestamp') ?? '';
  return /^\d{1,11}$/.test(at) && Math.abs(clock.now() - Number(at) * 1000) <= lastsMs;
}

/** One at a time, in the order in which they came. */
function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    waiting: () => waiting,
    take: <Result>(act: () => Promise<Result>): Promise<Result> => {
      waiting += 1;
      const mine = last.then(act).finally(() => {
        waiting -= 1;
      });
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

/** Signatures for as long as their time holds. After a restart one may come again, and changes nothing: its posts are known. */
function createMemory(now: () => number) {
  const seen = new Map<string, number>();
  return {
    /** False where it was there. */
    remember: (signature: string): boolean => {
      for (const [one, at] of seen) {
        if (now() - at <= 2 * lastsMs) break;
        seen.delete(one);
      }
      if (seen.has(signature)) return false;
      seen.set(signature, now());
      return true;
    },
    forget: (signature: string) => seen.delete(signature),
  };
}
