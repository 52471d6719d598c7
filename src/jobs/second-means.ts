/** What a second opinion may still cost: calls a day, money a month, and until when nobody is asked; kept in the store over restarts. */
import { z } from 'zod';
import { dayMs } from '../clock.ts';
import type { SecondOpinionSettings } from '../config/config.ts';
import { localDay } from '../digest/local-time.ts';
import { callsSince, heldUntil, holdCalls, reserveCall } from '../store/budgets.ts';
import { readMeta, saveMeta } from '../store/meta.ts';
import type { Tx } from '../store/tables.ts';

export interface Tokens {
  readonly in: number;
  readonly out: number;
}

/** When it is asked, for what is counted by the day and the month. */
export interface SecondTime {
  /** Milliseconds UTC. */
  readonly now: number;
  readonly timezone: string;
}

export interface SecondStanding {
  readonly host: string;
  readonly model: string;
  readonly off: boolean;
  /** In the last 24 hours. */
  readonly calls: number;
  readonly callsPerDay: number;
  /** In this calendar month, by the prices of the config; null where it names none. */
  readonly money: { readonly spent: number; readonly most: number; readonly currency: string } | null;
  /** Why the last question had no answer: a sentence. Times are milliseconds UTC. */
  readonly trouble: { readonly sentence: string; readonly at: number; readonly askedAgainAt: number } | null;
}

/** Whatever server is asked: calls are counted together, so that another model is no way around the limit. */
const counted = { host: 'second-opinion', account: null };

/** Waiting is another server's or model's no longer once the config names that. */
const whomOf = (settings: SecondOpinionSettings) => `${new URL(settings.url).host} ${settings.model}`;
const waiting = (settings: SecondOpinionSettings) => ({ host: counted.host, account: whomOf(settings) });

/** Counts a call and what it may cost at most, before it is made; false, and nothing is counted, where it may not be made now. */
export async function reserveSecond(
  tx: Tx,
  settings: SecondOpinionSettings,
  most: Tokens,
  time: SecondTime,
): Promise<boolean> {
  if (!(await maySecond(tx, settings, most, time))) return false;
  const limits = [{ requests: settings.callsPerDay, perSeconds: dayMs / 1000 }];
  if ((await reserveCall(tx, counted, limits, time.now)) !== null) return false;
  await spend(tx, costOf(settings, most), time);
  return true;
}

/** Whether a call of that size would be let through now; counts nothing. */
export async function maySecond(
  tx: Tx,
  settings: SecondOpinionSettings,
  most: Tokens,
  time: SecondTime,
): Promise<boolean> {
  if ((await heldUntil(tx, waiting(settings), time.now)) !== null) return false;
  if ((await callsSince(tx, counted, time.now - dayMs)) >= settings.callsPerDay) return false;
  const { moneyPerMonth } = settings;
  return moneyPerMonth === null || (await spentIn(tx, time)) + costOf(settings, most) <= moneyPerMonth.most;
}

/** What a call has cost in the end, in place of what was reserved for it. The last trouble is over. */
export async function settleSecond(
  tx: Tx,
  settings: SecondOpinionSettings,
  tokens: { readonly reserved: Tokens; readonly used: Tokens },
  time: SecondTime,
): Promise<void> {
  await spend(tx, costOf(settings, tokens.used) - costOf(settings, tokens.reserved), time);
  await saveMeta(tx, troubleKey, '');
}

/** Nobody is asked until then; `status` says why. */
export async function holdSecond(
  tx: Tx,
  settings: SecondOpinionSettings,
  trouble: { readonly sentence: string; readonly until: number },
  now: number,
): Promise<void> {
  await holdCalls(tx, waiting(settings), trouble.until);
  await saveMeta(tx, troubleKey, JSON.stringify({ of: whomOf(settings), sentence: trouble.sentence, at: now }));
}

/** That server answered only once it was asked without a schema. */
export async function knowsNoSchema(tx: Tx, settings: SecondOpinionSettings): Promise<boolean> {
  return (await readMeta(tx, plainKey)) === whomOf(settings);
}

export async function rememberNoSchema(tx: Tx, settings: SecondOpinionSettings): Promise<void> {
  await saveMeta(tx, plainKey, whomOf(settings));
}

export async function secondStanding(
  tx: Tx,
  settings: SecondOpinionSettings,
  time: SecondTime,
): Promise<SecondStanding> {
  const { model, off, callsPerDay, moneyPerMonth } = settings;
  const until = await heldUntil(tx, waiting(settings), time.now);
  const trouble = parsed(Trouble, await readMeta(tx, troubleKey));
  const calls = await callsSince(tx, counted, time.now - dayMs);
  const { most, currency } = moneyPerMonth ?? {};
  return {
    ...{ host: new URL(settings.url).host, model, off, calls, callsPerDay },
    money: most === undefined || currency === undefined ? null : { spent: await spentIn(tx, time), most, currency },
    trouble:
      trouble?.of === whomOf(settings)
        ? { sentence: trouble.sentence, at: trouble.at, askedAgainAt: until ?? time.now }
        : null,
  };
}

const spentKey = 'second-opinion-spent';
const troubleKey = 'second-opinion-trouble';
const plainKey = 'second-opinion-plain';

const Spent = z.object({ month: z.string(), amount: z.number() });
const Trouble = z.object({ of: z.string(), sentence: z.string(), at: z.number() });

const monthOf = ({ now, timezone }: SecondTime) => localDay(now, timezone).slice(0, 7);

async function spentIn(tx: Tx, time: SecondTime): Promise<number> {
  const spent = parsed(Spent, await readMeta(tx, spentKey));
  return spent?.month === monthOf(time) ? spent.amount : 0;
}

async function spend(tx: Tx, amount: number, time: SecondTime): Promise<void> {
  const sum = Math.max(0, (await spentIn(tx, time)) + amount);
  await saveMeta(tx, spentKey, JSON.stringify({ month: monthOf(time), amount: sum }));
}

function costOf({ moneyPerMonth: prices }: SecondOpinionSettings, tokens: Tokens): number {
  if (prices === null) return 0;
  return (tokens.in * prices.perMillionTokensIn + tokens.out * prices.perMillionTokensOut) / 1_000_000;
}

function parsed<Value>(shape: z.ZodType<Value>, text: string | null): Value | null {
  return text ? shape.parse(JSON.parse(text)) : null;
}
