/** How one watch stands, and how one says so to its owner: whether a silence is good news or a place that we cannot hear. */
import { Temporal } from 'temporal-polyfill';
import { dayMs, hourMs, minuteMs } from '../clock.ts';
import type { TroubleKind, Watch, WatchState } from '../watch.ts';

/** Every place is looked at once a day or more often; after two days without a look nobody is looking. */
const idleAfterMs = 2 * dayMs;
/** Up to six days away a weekday is clearer than a date; a week away it would be ambiguous. */
const weekdayReachDays = 6;

/** Times are milliseconds UTC. */
export interface WatchReport {
  readonly watch: Pick<Watch, 'source' | 'key' | 'scope' | 'brands' | 'quietAfterMs' | 'live' | 'inbound'>;
  /** As people call the platform. */
  readonly title: string;
  /** There is a key or password that could let us in. */
  readonly takesKey: boolean;
  /** Its owner lets us in by `earshot connect`. */
  readonly connects?: boolean;
  /** When what was connected ends and only connecting again helps; null or absent where that is more than a week away. */
  readonly endsAt?: number | null;
  /** When the first complete look ended. */
  readonly firstRunAt: number | null;
  readonly lastGoodAt: number | null;
  readonly lastNewAt: number | null;
  readonly lastTriedAt: number | null;
  /** What the last look ended in; null where it was complete. */
  readonly fault: {
    readonly kind: TroubleKind;
    readonly message: string;
    readonly retryAt: number | null;
    readonly since: number;
    /** Nobody asked there the last time, since the same site had not answered something else. */
    readonly unasked?: boolean;
  } | null;
  /** When its maker wishes to be asked again; absent or past where that is no matter. */
  readonly restsUntil?: number;
  /** When a look ended at the most that the platform gives: what was said before may be missing. */
  readonly gapSince: number | null;
  /** The source's own sentence about something that is limited but not failed. */
  readonly note: string | null;
  /** Of a stream: since when it is heard without a break; see `isListening`. */
  readonly listeningSince: number | null;
  /** Of a stream: what was said in between it cannot give any more. */
  readonly gap: { readonly from: number; readonly to: number } | null;
}

export type Fix = 'retry' | 'wait' | 'tell' | 'key' | 'config' | 'source';

/** Design §7: a fault is named by what must be done about it. */
export const fixes: Readonly<Record<TroubleKind, Fix>> = {
  unreachable: 'retry',
  'slow-down': 'wait',
  blocked: 'tell',
  'not-allowed': 'key',
  gone: 'config',
  garbled: 'source',
  mistake: 'source',
};

type Standing = Pick<WatchReport, 'firstRunAt' | 'lastGoodAt' | 'lastNewAt'> & {
  readonly watch: Pick<Watch, 'quietAfterMs'>;
  readonly fault: { readonly kind: TroubleKind } | null;
};

/** A wait that the platform asked for is `limited`; every other fault is `blind`, as long as it once worked. */
export function watchState({ watch, firstRunAt, lastGoodAt, lastNewAt, fault }: Standing, now: number): WatchState {
  if (lastGoodAt === null) return 'never-worked';
  if (fault) return fault.kind === 'slow-down' ? 'limited' : 'blind';
  return now - (lastNewAt ?? firstRunAt ?? lastGoodAt) > watch.quietAfterMs ? 'quiet' : 'fresh';
}

const slowedForLongMs = hourMs;

/** A platform that makes us wait for longer than this is not read: what is said there now comes late. */
export function isSlowedForLong({ fault }: Pick<WatchReport, 'fault'>, now: number): boolean {
  return fault?.kind === 'slow-down' && now - fault.since > slowedForLongMs;
}

/** Streams give a sign of life twice a minute: behind a longer silence nobody is listening any more. */
const signOfLifeMs = 3 * minuteMs;

export function isListening({ listeningSince, lastGoodAt }: WatchReport, now: number): boolean {
  return listeningSince !== null && lastGoodAt !== null && now - lastGoodAt < signOfLifeMs;
}

/** There were looks, and none of them ever heard anything: then nothing that is told of the queue means silence. */
export function heardNowhere(reports: readonly Pick<WatchReport, 'lastGoodAt' | 'lastTriedAt'>[]): boolean {
  return (
    reports.some(({ lastTriedAt }) => lastTriedAt !== null) && reports.every(({ lastGoodAt }) => lastGoodAt === null)
  );
}

/** Where the fault's own message stands: it needs more room than this line has. */
const told = ': `npx earshot status` says why';

/**
 * One line without a full stop: “heard at 07:40, nothing new for 12 days”.
 * @param timezone IANA. @param why what follows a trouble of which this line doesn't say enough; nothing where its own message stands beside it
 */
export function healthSentence(
  report: WatchReport,
  now: number,
  timezone: string,
  why: '' | typeof told = told,
): string {
  const say = (at: number) => moment(at, now, timezone);
  const { watch, fault, gapSince, gap, note, endsAt = null } = report;
  return [
    fault ? trouble(report, fault, now, say, why) : silence(report, now, say),
    fault ? '' : rest(report, now, say),
    gapSince === null
      ? ''
      : `; there was more than it gives at once: posts from before ${say(gapSince)} may be missing`,
    gap === null ? '' : `; a gap from ${say(gap.from)} to ${say(gap.to)}: what was said then may be missing`,
    endsAt === null || fault ? '' : `; its connection ends ${say(endsAt)}: \`npx earshot connect ${watch.source}\``,
    note ? ` (${note.replace(/\.$/, '')})` : '',
  ].join('');
}

type Say = (at: number) => string;
type Trouble = NonNullable<WatchReport['fault']>;

function trouble(report: WatchReport, fault: Trouble, now: number, say: Say, why: string): string {
  const { watch, lastGoodAt, takesKey, connects } = report;
  const { kind, retryAt, since } = fault;
  const again = retryAt !== null && retryAt > now ? say(retryAt) : null;
  if (kind === 'slow-down') {
    if (lastGoodAt === null && again !== null)
      return `not heard yet: slowed down until ${again}, then goes on by itself`;
    if (again !== null && !isSlowedForLong(report, now)) return `slowed down until ${again}, then goes on by itself`;
    const slowed = `slowed down since ${say(since)}, goes on by itself${again === null ? '' : ` from ${again}`}`;
    return `${lastGoodAt === null ? 'not heard yet: ' : ''}${slowed}`;
  }
  if (watch.inbound) return `what was sent ${at(say(since))} could not be taken in${why}`;
  const act = watch.live ? 'listen' : 'look';
  const begin = lastGoodAt === null ? `could not ${act} yet` : `could not ${act} since ${say(since)}`;
  const key = connects
    ? `your account there has to be connected${why === '' ? '' : `: \`npx earshot connect ${watch.source}\``}`
    : takesKey
      ? `it wants a password: \`npx earshot sources ${watch.source}\``
      : `it does not let Earshot in${why}`;
  const tries = again === null ? 'by itself' : `from ${again}`;
  if (fault.unasked) return `${begin}: another address of its site does not answer; Earshot tries again ${tries}`;
  return `${begin}: ${reason(kind, key, tries, why)}`;
}

function reason(kind: Exclude<TroubleKind, 'slow-down'>, key: string, again: string, why: string): string {
  switch (kind) {
    case 'unreachable':
      return `it cannot be reached; Earshot tries again ${again}`;
    case 'blocked':
      return `it turns Earshot away at its door; Earshot tries again ${again}`;
    case 'not-allowed':
      return key;
    case 'gone':
      return 'there is nothing at its address: mend it in your config, then `npx earshot check`';
    case 'garbled':
      return `what it sends cannot be read${why}`;
    case 'mistake':
      return `Earshot made a mistake of its own${why}`;
  }
}

function silence(report: WatchReport, now: number, say: Say): string {
  const { watch, firstRunAt, lastGoodAt, lastNewAt, lastTriedAt } = report;
  if (watch.live && !isListening(report, now)) return notListening(lastGoodAt, say);
  if (watch.inbound && lastGoodAt === null) return 'nothing was sent to it yet';
  if (lastGoodAt === null)
    return lastTriedAt === null ? 'not looked yet' : 'the first look has not come to its end yet';
  const looked = Math.max(lastGoodAt, lastTriedAt ?? lastGoodAt);
  if (!watch.inbound && now - looked > idleAfterMs)
    return `last looked ${say(looked)}, not since: \`npx earshot start\` goes on looking`;
  const heard = watch.live
    ? `listening since ${say(report.listeningSince ?? now)}`
    : watch.inbound
      ? `was sent something ${at(say(lastGoodAt))}`
      : `heard ${at(say(lastGoodAt))}`;
  const quietMs = now - (lastNewAt ?? firstRunAt ?? lastGoodAt);
  const quiet = quietMs > watch.quietAfterMs ? ', longer than usual here: look there once yourself' : '';
  if (quietMs < dayMs && quiet === '') return lastNewAt === null ? `${heard}, nothing has come in yet` : heard;
  return `${heard}, nothing ${lastNewAt === null ? 'at all' : 'new'} for ${span(quietMs)}${quiet}`;
}

/** Shorter rests are part of looking now and then. */
const longRestMs = hourMs;

function rest({ lastGoodAt, restsUntil = 0 }: WatchReport, now: number, say: Say): string {
  const isLong = lastGoodAt !== null && restsUntil > now && restsUntil - lastGoodAt > longRestMs;
  return isLong ? `; its maker wants it left alone until ${say(restsUntil)}` : '';
}

function notListening(lastGoodAt: number | null, say: Say): string {
  const until = lastGoodAt === null ? 'not listened yet' : `listened until ${say(lastGoodAt)}, not since`;
  return `${until}: it is heard while \`npx earshot start\` runs`;
}

const at = (moment: string) => (/^\d\d:/.test(moment) ? `at ${moment}` : moment);

/** In words that stay short: 45 days, 3 months, 2 years. */
function span(ms: number): string {
  const days = Math.floor(ms / dayMs);
  if (days < 60) return days <= 1 ? 'a day' : `${days} days`;
  return days < 730 ? `${Math.floor(days / 30)} months` : `${Math.floor(days / 365)} years`;
}

/** Today `14:00`, this week `Tue 14:00`, else `3 Nov`, with its year where that is another one. */
function moment(at: number, now: number, timezone: string): string {
  const then = localTime(at, timezone);
  const today = localTime(now, timezone);
  const days = Math.abs(today.toPlainDate().until(then.toPlainDate()).days);
  const time = then.toPlainTime().toString({ smallestUnit: 'minute' });
  if (days === 0) return time;
  if (days <= weekdayReachDays) return `${then.toLocaleString('en-GB', { weekday: 'short' })} ${time}`;
  const date = `${then.day} ${then.toLocaleString('en-GB', { month: 'short' })}`;
  return then.year === today.year ? date : `${date} ${then.year}`;
}

function localTime(at: number, timezone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
}
