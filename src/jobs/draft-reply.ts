/** The answer to a case as it stands: what is answered, the draft that was kept, what was found in it, how it gets there. */
import { randomBytes } from 'node:crypto';
import type { Finding } from '../replies/lint.ts';
import { type PromiseRead, promisesIn } from '../replies/promises.ts';
import { loadRulebook } from '../replies/rules.ts';
import type { Case } from '../store/cases.ts';
import { type MentionRow, readMentions } from '../store/mention-rows.ts';
import { lastReply, type Reply, saveDraft } from '../store/replies.ts';
import { lintDraft } from './lint-reply.ts';
import { type ReplyWay, replyWay } from './reply-way.ts';
import type { Tools } from './tools.ts';
import { type CaseWish, findCase } from './work-case.ts';

export interface Answering {
  /** The customer's last words in the case, or those that were asked for. */
  readonly mention: MentionRow;
  readonly case: Case | null;
  /** Null where nobody has drafted one. */
  readonly reply: Reply | null;
  readonly way: ReplyWay;
}

/** Null where there is no such case or mention. */
export async function findAnswering(tools: Tools, wish: CaseWish): Promise<Answering | null> {
  const now = tools.clock.now();
  const found = await tools.store.read('what is answered', async (tx) => {
    const known = await findCase(tx, wish);
    const rows = await readMentions(tx, wish.of === 'mention' ? [wish.id] : (known?.mentionIds ?? []));
    const mention = rows.toSorted((one, other) => other.post.saidAt - one.post.saidAt)[0];
    return mention ? { mention, case: known, reply: await lastReply(tx, mention.id, now) } : null;
  });
  return found && { ...found, way: await replyWay(tools, found.mention) };
}

/** Why nothing can be drafted now, as a sentence; null where it can. */
export function draftRefusal({ reply }: Answering, earshot: string, word: string): string | null {
  if (reply?.state === 'sending') return `The answer to ${word} is being sent at this moment.`;
  if (reply?.state !== 'unknown') return null;
  return `Nobody knows yet whether your last answer to ${word} arrived. \`${earshot} reply send ${word}\` finds out; after that you can write another one.`;
}

/** The draft as it is kept now. */
export async function draftReply(
  tools: Tools,
  { mention, way }: Answering,
  { text, by }: { readonly text: string; readonly by: string },
): Promise<Reply> {
  const key = randomBytes(16).toString('hex');
  const words = way.by === 'earshot' ? (way.source.worded?.(text, way.post) ?? text) : text;
  const draft = { mentionId: mention.id, postId: way.post.id, text: words, key, by, at: tools.clock.now() };
  return tools.store.write('a draft', (tx) => saveDraft(tx, draft));
}

/** What is to be said differently in it; nothing of one that was sent, which is among what was said before. */
export async function findingsIn(
  tools: Tools,
  { mention, way, reply }: Pick<Answering, 'mention' | 'way' | 'reply'>,
): Promise<readonly Finding[]> {
  if (!reply || reply.state === 'sent') return [];
  const platform = way.by === 'earshot' ? way.source.id : way.post.source;
  return lintDraft(tools, { text: reply.text, to: mention, brandId: null, platform });
}

/** What it promises by a day; `unread` are sentences whose day is not certain. */
export function promisesOfDraft(
  { config, clock }: Tools,
  { mention, reply }: Pick<Answering, 'mention' | 'reply'>,
): { readonly promises: readonly PromiseRead[]; readonly unread: readonly string[] } {
  if (!reply) return { promises: [], unread: [] };
  const now = reply.agreedAt ?? clock.now();
  const given = { language: mention.findings.language, now, timezone: config.timezone };
  return promisesIn(reply.text, given, loadRulebook());
}
