/** An answer in words and as JSON: whom it answers and where, what it says, and how it stands. */
import { whoSaid } from '../digest/item.ts';
import { sayMoment } from '../digest/local-time.ts';
import type { ReplyFace } from '../face/reply.ts';
import type { Answering } from '../jobs/draft-reply.ts';
import { mentionFace } from '../jobs/mention-face.ts';
import type { Finding } from '../replies/lint.ts';
import type { PromiseRead } from '../replies/promises.ts';
import type { Reply } from '../store/replies.ts';
import { forTerminal } from '../text/clean.ts';
import { findingFace } from './commands/reply.ts';
import { clean, link, readingWidth, wrapped } from './format.ts';
import type { Telling } from './tell-mention.ts';

export interface AnswerTold extends Answering {
  readonly found: readonly Finding[];
  readonly promises: readonly PromiseRead[];
  /** Sentences that promise by a day that is not certain. */
  readonly unread: readonly string[];
  /** In whose name; null where nobody has asked, or it is not told. */
  readonly account: string | null;
}

/** How an answer is called by: `c4`, or `m17` where there is no case. */
export const wordOf = ({ case: known, mention }: Pick<Answering, 'case' | 'mention'>): string =>
  known ? `c${known.id}` : `m${mention.id}`;

/** `To Ana P. on Bluesky, as @bluedoor.bsky.social:`, with the link to what it answers below. */
export function addressed({ mention, way, account }: AnswerTold, { terminal, paint }: Telling): string {
  const width = readingWidth(terminal);
  const as = account === null ? '' : `, as ${clean(account)}`;
  const head = wrapped(`To ${clean(whoSaid(mentionFace(mention)))} on ${clean(way.title)}${as}`, width);
  const { url } = way.post;
  return url === null ? paint.bold(head) : `${paint.bold(head)}\n${paint.dim(link(clean(url), url, terminal))}`;
}

/** The words as they go out, set in. */
export function wordsOf({ text }: Reply, { terminal }: Telling): string {
  const width = readingWidth(terminal);
  const lines = forTerminal(text).split('\n');
  return lines.map((line) => (line.trim() === '' ? '' : wrapped(line, width, '  '))).join('\n');
}

/** What it promises, a line each, and what may be a promise; nothing where it promises nothing. */
export function promisesTold(
  { promises, unread }: Pick<AnswerTold, 'promises' | 'unread'>,
  { now, timezone, terminal }: Telling,
): string | null {
  const width = readingWidth(terminal);
  const certain = promises.map(({ words, dueAt }) => `“${clean(words)}”: by ${sayMoment(dueAt, now, timezone)}`);
  const lines = (list: readonly string[]) => list.map((line) => wrapped(line, width, '  '));
  const told = [
    ...(certain.length > 0
      ? ['You promise something by a day. Once it is sent, that is a task:', ...lines(certain)]
      : []),
    ...(unread.length > 0
      ? [
          wrapped(
            'You promise something, and the day is not certain. Say it with --promise "2026-12-03 call back":',
            width,
          ),
          ...lines(unread.map((words) => `“${clean(words)}”`)),
        ]
      : []),
  ];
  return told.length === 0 ? null : told.join('\n');
}

export function replyFace({ mention, case: known, reply, way, found, promises, account }: AnswerTold): ReplyFace {
  const iso = (at: number | null | undefined) => (at == null ? null : new Date(at).toISOString());
  return {
    case: known?.id ?? null,
    mention: mention.id,
    brand: mention.brand.name,
    state: reply?.state ?? 'none',
    text: reply?.text ?? null,
    place: reply?.place ?? way.title,
    link: way.post.url,
    sends: way.by === 'earshot',
    because: way.by === 'hand' ? way.why : null,
    account,
    findings: found.map(findingFace),
    promises: promises.map(({ words, fromAt, dueAt }) => ({
      words,
      from: new Date(fromAt).toISOString(),
      due: new Date(dueAt).toISOString(),
    })),
    draftedBy: reply?.draftedBy ?? null,
    agreedBy: reply?.agreedBy ?? null,
    agreedAt: iso(reply?.agreedAt),
    anyway: reply?.anyway ?? null,
    sentAt: iso(reply?.sentAt),
    url: reply?.url ?? null,
    trouble: reply?.trouble ?? null,
  };
}
