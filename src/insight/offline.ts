/** Whether it is the places that fail, or this computer that is not on the Internet: then it is said once, not place by place. */
import type { TroubleKind } from '../watch.ts';
import type { WatchReport } from './health.ts';

/** How the last look at a place ended; `trouble` is null where it was heard. */
export interface Ended {
  readonly source: string;
  readonly trouble: { readonly kind: TroubleKind; readonly message: string } | null;
}

/** Nothing where there was no look yet. */
export const endedOf = ({ watch, lastTriedAt, fault }: WatchReport): readonly Ended[] =>
  lastTriedAt === null ? [] : [{ source: watch.source, trouble: fault }];

/** As `net/broken.ts` words what nobody answered at all: not even that there is no such thing, or that it is shut. */
const nobodyThere = /could not be found\. |could not be reached\.$/;

export function isLost({ trouble }: Ended): boolean {
  return trouble?.kind === 'unreachable' && nobodyThere.test(trouble.message);
}

/** One address can be wrong; where two or more are lost and none answered, it is the line. */
export function isOffline(looks: readonly Ended[]): boolean {
  const outside = looks.filter(({ source }) => source !== 'file' && source !== 'webhook');
  return outside.every(isLost) && new Set(outside.map(({ trouble }) => trouble?.message)).size > 1;
}

/** What happened, and what happens next. @param count of the places that were asked */
export function offlineSentence(count: number): string {
  return `This computer seems to be offline: none of the ${count} places could be reached. The next look, once it is online, fetches what was said meanwhile.`;
}

/** The same of a place, on its line. */
export const offlineHere = 'could not look: this computer seems to be offline; Earshot tries again by itself';
