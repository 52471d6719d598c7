/** Why a daily mail has not gone out yet, and when it is tried again. */
import { sayMoment } from '../digest/local-time.ts';
import type { Standing } from '../jobs/standing.ts';
import { clean } from './format.ts';

interface Reader {
  readonly now: number;
  readonly timezone: string;
}

/** “waits: Nothing takes mail at … Next try: today 08:05.” */
export function sayWaiting(mail: Standing['mails'][number], reader: Reader): string {
  const why = clean(mail.trouble ?? 'not tried yet');
  if (mail.state === 'failed') return `was given up: ${why}`;
  if (mail.state === 'claimed')
    return `is being sent; if that was cut off, it is tried again${nextTry(mail.nextTryAt, reader, ' from ') || ' soon'}.`;
  return `waits: ${why}${nextTry(mail.nextTryAt, reader, ' Next try: ', '.')}`;
}

/** Empty where no moment is set, or it is past. */
export function nextTry(at: number | null, { now, timezone }: Reader, before: string, after = ''): string {
  return at === null || at <= now ? '' : `${before}${sayMoment(at, now, timezone)}${after}`;
}
