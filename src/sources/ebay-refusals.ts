/** What eBay means when it says no: by the numbers of its errors, else by their status. */
import { z } from 'zod';
import { hourMs } from '../clock.ts';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { retryTime } from '../net/reset-time.ts';
import { noLonger } from './again.ts';
import { nothingToAnswer, notTaken } from './answering.ts';
import { refusalIn } from './refusal.ts';

const Refusal = z.object({ errors: z.array(z.object({ errorId: z.int().nullish().catch(null) })).min(1) });
/** Numbers of eBay's errors that say more than their status. */
const errorIds = {
  tooMany: 2001,
  noSuchUser: [501000, 501023],
  noFeedback: [501026, 501039],
  tooLong: 501013,
  rude: 501015,
  byItself: 501031,
  answered: 501032,
};

/** Errors are `{ errors: [{ errorId, domain, category, message }] }`. */
export function refused({ status, headers, text }: RawAnswer, now: number): Fault | undefined {
  const error = status < 400 ? undefined : refusalIn(text, Refusal)?.errors[0];
  if (error === undefined) return undefined;
  const id = error.errorId ?? 0;
  if (status === 429 || id === errorIds.tooMany) {
    // eBay counts by the day, and does not say when that is over.
    const retryAt = retryTime(headers, now) ?? now + hourMs;
    return new Fault('slow-down', 'eBay wants fewer questions today; Earshot waits and goes on by itself.', {
      retryAt,
    });
  }
  if (errorIds.noFeedback.includes(id)) return noLonger();
  if (errorIds.noSuchUser.includes(id))
    return new Fault(
      'gone',
      'eBay knows no member of that name. Compare `ebay.seller` in your config with your profile.',
    );
  if (status === 401)
    return new Fault(
      'not-allowed',
      'eBay no longer takes this connection: `npx earshot connect ebay` makes a new one.',
    );
  if (status === 403)
    return new Fault(
      'not-allowed',
      'eBay does not let your app read feedback. Connect again and agree to everything: `npx earshot connect ebay`.',
    );
  return undefined;
}

const why: Readonly<Record<number, string>> = {
  [errorIds.tooLong]: 'it is longer than 500 characters',
  [errorIds.rude]: 'it finds rude words in it',
  [errorIds.byItself]: 'eBay itself wrote what you want to answer',
  [errorIds.answered]: 'there is one already, and each piece of feedback has one',
};

/** The same where an answer was sent. */
export function answerRefused(one: RawAnswer, now: number): Fault | undefined {
  const { status } = one;
  const error = status < 400 || status >= 500 ? undefined : refusalIn(one.text, Refusal)?.errors[0];
  if (error === undefined) return undefined;
  const id = error.errorId ?? 0;
  if (errorIds.noFeedback.includes(id) || status === 404) return nothingToAnswer('eBay');
  const said = why[id];
  if (said !== undefined) return notTaken('eBay', said);
  if (status === 400 || status === 409)
    return notTaken('eBay', 'there is something in it that eBay does not allow, or you may not answer this feedback');
  if (status === 403 && id !== errorIds.tooMany)
    return new Fault(
      'not-allowed',
      'You let Earshot read your feedback at eBay, not answer it. Connect again and agree to everything: `npx earshot connect ebay`.',
    );
  return refused(one, now);
}
