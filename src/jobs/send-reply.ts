/** Sends an answer that a person has agreed to: claimed first, settled after, and looked for before it is tried again. */
import type { CaseEvent } from '../cases/life.ts';
import { refusal } from '../cases/life.ts';
import { minuteMs } from '../clock.ts';
import { Fault, Uncertain } from '../net/fault.ts';
import type { Answered, ReplyRequest, Secrets } from '../sources/source.ts';
import { appendEvents, type Case } from '../store/cases.ts';
import { claimReply, lastReply, type Reply, settleReply } from '../store/replies.ts';
import type { Tx } from '../store/tables.ts';
import { asOwner } from './access.ts';
import { step } from './case-steps.ts';
import type { Answering } from './draft-reply.ts';
import { givePromises, type PromiseGiven } from './keep-promise.ts';
import { noteMistake } from './own-mistake.ts';
import type { SendingWay } from './reply-way.ts';
import type { Tools } from './tools.ts';
import { findCase } from './work-case.ts';

/** Nobody else touches an answer for so long once it is claimed. */
const claimMs = 5 * minuteMs;
/** Well before that the one who claimed it gives up. */
const tryMs = 2 * minuteMs;
/** A request may still lie about for so long; before that, not to be found means nothing. */
const settlesMs = 2 * minuteMs;

export interface Agreement {
  /** Whose yes it is. */
  readonly by: string;
  /** Why it goes out though the check found something. */
  readonly anyway: string | null;
  /** Somebody has looked there, and it does not stand there. */
  readonly again: boolean;
  readonly promises: readonly PromiseGiven[];
}

export type Sent =
  | { readonly end: 'sent'; readonly reply: Reply }
  | { readonly end: 'refused' | 'unknown' | 'changed'; readonly sentence: string };

type Sending = Answering & { readonly reply: Reply; readonly way: SendingWay };

/** At most one answer stands there, whatever dies in between, where the platform or a look can tell. */
export async function sendReply(tools: Tools, sending: Sending, agreed: Agreement): Promise<Sent> {
  const { reply, way } = sending;
  const before = reply.state === 'unknown' ? await foundAfter(tools, sending, agreed) : absent;
  if (typeof before !== 'symbol') return before;
  const now = tools.clock.now();
  const { by, anyway } = agreed;
  const claimed = await tools.store.write('an answer', (tx) =>
    claimReply(tx, { seen: reply, by, anyway, place: way.title, now, until: now + claimMs }),
  );
  if (!claimed) return changed;
  const sent = { ...sending, reply: claimed };
  try {
    const answered = await ask(tools, sent, async (request) => (await way.source.reply?.(request)) ?? nowhere);
    return await finish(tools, sent, answered, agreed);
  } catch (error) {
    if (error instanceof Fault && !(error instanceof Uncertain)) return refused(tools, sent, error, before);
    if (!(error instanceof Fault) && !tools.signal.aborted) noteMistake(tools.log, way.source.id, error);
    return unsure(tools, sent, agreed, error instanceof Fault ? error.message : null);
  }
}

/** No earlier try arrived; or one may still, and the platform would take both for one. */
const absent = Symbol('absent');
const perhaps = Symbol('perhaps');

const nowhere: Answered = { externalId: null, url: null };
const changed: Sent = {
  end: 'changed',
  sentence: 'It has changed since you looked, or somebody else is sending it at this moment.',
};

/** The answer stands there, as a person says who put it there or has looked. */
export async function saySent(
  tools: Tools,
  { mention, reply, way }: Answering & { readonly reply: Reply },
  agreed: Agreement,
): Promise<Sent> {
  const now = tools.clock.now();
  const after = await tools.store.write('an answer', async (tx) => {
    const last = await lastReply(tx, mention.id, now);
    if (last?.id !== reply.id || last.key !== reply.key || last.state === 'sending') return null;
    return settled(tools, tx, { ...reply, agreedBy: reply.agreedBy ?? agreed.by, place: way.title }, nowhere, agreed);
  });
  return after ? { end: 'sent', reply: after } : changed;
}

/** What a look at the platform says of an answer of which nobody knows: what came of it, or that it may be sent. */
async function foundAfter(
  tools: Tools,
  sending: Sending,
  agreed: Agreement,
): Promise<Sent | typeof absent | typeof perhaps> {
  const { way, reply } = sending;
  const { source, title } = way;
  const settlesAt = (reply.triedAt ?? 0) + settlesMs;
  const early = tools.clock.now() < settlesAt;
  const wait = `It may still be on its way: nothing is sent twice. Try again in two minutes.`;
  if (!source.replied) {
    if (source.repeatable) return perhaps;
    if (!agreed.again) return { end: 'unknown', sentence: lookYourself(title) };
    return early ? { end: 'unknown', sentence: wait } : absent;
  }
  try {
    const there = await ask(tools, sending, async (request) => (await source.replied?.(request)) ?? null);
    if (there) return await finish(tools, sending, there, agreed);
    if (!early) return absent;
    return source.repeatable ? perhaps : { end: 'unknown', sentence: `${title} does not show it yet. ${wait}` };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (source.repeatable) return perhaps;
    return { end: 'unknown', sentence: `Earshot could not look whether it stands there: ${error.message}` };
  }
}

const lookYourself = (title: string) =>
  `Nobody knows whether your answer arrived, and ${title} does not let Earshot look. Look there yourself.`;

/** A no to this try says nothing of one before it that may have arrived. */
async function refused(
  tools: Tools,
  { reply }: Sending,
  { message }: Fault,
  before: typeof absent | typeof perhaps,
): Promise<Sent> {
  const end = before === absent ? 'refused' : 'unknown';
  const now = tools.clock.now();
  await tools.store.write('an answer', (tx) => settleReply(tx, reply.id, { state: end, trouble: message }, now));
  return { end, sentence: end === 'refused' ? message : `${message} Nobody knows whether an earlier try arrived.` };
}

/** Looks once, right away; where that does not find it, whoever tries next looks again. */
async function unsure(tools: Tools, sending: Sending, agreed: Agreement, message: string | null): Promise<Sent> {
  const { reply, way } = sending;
  const trouble = message ?? 'Earshot was stopped in the middle of it.';
  const end = { state: 'unknown', trouble } as const;
  await tools.store.write('an answer', (tx) => settleReply(tx, reply.id, end, tools.clock.now()));
  if (way.source.replied && !tools.signal.aborted) {
    const there = await ask(tools, sending, async (request) => (await way.source.replied?.(request)) ?? null).catch(
      () => null,
    );
    if (there) return finish(tools, sending, there, agreed);
  }
  return { end: 'unknown', sentence: `${trouble} Nobody knows whether your answer arrived.` };
}

async function finish(tools: Tools, { reply, way }: Sending, answered: Answered, agreed: Agreement): Promise<Sent> {
  const told = { ...reply, place: way.title };
  const after = await tools.store.write('an answer', (tx) => settled(tools, tx, told, answered, agreed));
  return { end: 'sent', reply: after };
}

/** What is sent ends our turn, and what was promised in it is a task: once, whoever finds out. */
async function settled(
  tools: Tools,
  tx: Tx,
  reply: Reply,
  { externalId, url }: Answered,
  { by, promises }: Agreement,
): Promise<Reply> {
  const now = tools.clock.now();
  const { id, mentionId, text, place } = reply;
  const whose = reply.agreedBy ?? by;
  const first = await settleReply(tx, id, { state: 'sent', externalId, url }, now);
  const after: Reply = { ...reply, state: 'sent', agreedBy: whose, externalId, url, sentAt: now, trouble: null };
  if (!first) return after;
  const known = await findCase(tx, { id: mentionId, of: 'mention' });
  if (known) await appendEvents(tx, [step(tools, known, eventOf(known, { by: whose, at: now, where: place, text }))]);
  await givePromises(tools, tx, { mentionId, promises, by: whose, at: now });
  return after;
}

/** A case that is closed stays closed: the answer is written down in it. */
function eventOf(
  known: Case,
  { by, at, where, text }: Pick<CaseEvent, 'by' | 'at'> & { readonly where: string | null; readonly text: string },
): CaseEvent {
  const kind = refusal(known, 'answered') === null ? 'answered' : 'note';
  return { kind, at, by, details: { ...(where !== null && { where }), words: text } };
}

/** The account in whose name it would stand; null where the platform does not say, or cannot be asked. */
export async function speakerOf(tools: Tools, way: SendingWay): Promise<string | null> {
  const { source } = way;
  if (!source.speaksAs) return null;
  return inside(tools, way, async (entered) => (await source.speaksAs?.(entered)) ?? null);
}

type Request = ReplyRequest<unknown, Secrets>;

function ask<Value>(tools: Tools, { way, reply }: Sending, act: (request: Request) => Promise<Value>): Promise<Value> {
  const { text, key, agreedAt } = reply;
  return inside(tools, way, (entered) => act({ ...entered, text, key, agreedAt: agreedAt ?? tools.clock.now() }));
}

async function inside<Value>(
  tools: Tools,
  { source, account, post }: SendingWay,
  act: (entered: Omit<Request, 'text' | 'key' | 'agreedAt'>) => Promise<Value>,
): Promise<Value> {
  const signal = AbortSignal.any([tools.signal, AbortSignal.timeout(tryMs)]);
  const net = await tools.net();
  const visit = net.visit({ source: source.id, pace: source.pace, account: account.account, validators: {}, signal });
  const { options } = account;
  return asOwner(tools, { watch: account, source, visit }, ({ secrets, session }) =>
    act({ options, secrets, session, post, http: visit.http, signal }),
  );
}
