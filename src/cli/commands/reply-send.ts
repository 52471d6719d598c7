/** `earshot reply send|sent`: the answer goes out when a person says yes to exactly these words, or is copied there by hand. */
import type { App } from '../../app.ts';
import type { Edges } from '../../edges.ts';
import { type Answering, findAnswering, findingsIn, promisesOfDraft } from '../../jobs/draft-reply.ts';
import type { SendingWay } from '../../jobs/reply-way.ts';
import { type Agreement, type Sent, saySent, sendReply, speakerOf } from '../../jobs/send-reply.ts';
import { readCases } from '../../store/cases.ts';
import type { Reply } from '../../store/replies.ts';
import { forTerminal } from '../../text/clean.ts';
import { jsonText } from '../../text/json.ts';
import type { Asker } from '../asker.ts';
import { clean, link, readingWidth, steps, wrapped } from '../format.ts';
import { caseHead, nextForCase } from '../tell-case.ts';
import { type Telling, tellingOf } from '../tell-mention.ts';
import { type AnswerTold, addressed, promisesTold, replyFace, wordOf, wordsOf } from '../tell-reply.ts';
import { idGiven, promiseGiven, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';
import { findingsTold } from './reply.ts';

interface Options {
  readonly config?: string;
  readonly yes?: boolean;
  readonly as?: string;
  readonly anyway?: string;
  readonly again?: boolean;
  readonly promise?: readonly string[] | boolean;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options, word: string): Promise<number> {
  const { terminalAsker } = await import('../asker.ts');
  return sendWith(edges, options, word, edges.stdinPiped ? null : terminalAsker);
}

/** @param asker null where nobody can be asked */
export async function sendWith(edges: Edges, options: Options, word: string, asker: Asker | null): Promise<number> {
  if (options.yes && !options.as?.trim())
    throw new Misuse('Whose yes is it? Add --as and the name of the person who has read it.');
  return withTools(edges, options, async (tools) => {
    const told = await drafted(edges, tools, options, word);
    const { reply, way } = told;
    if (reply.state === 'sent') throw new Misuse(alreadySent(told, tools));
    if (way.by === 'hand') return byHand(edges, tools, options, told);
    const blocked = reply.state === 'unknown' ? null : whyNot(tools, told, options);
    if (blocked !== null) {
      tellNot(edges, tools, options, told, blocked);
      return 1;
    }
    const mayGo = reply.state !== 'unknown' || way.source.replied || way.source.repeatable || options.again;
    if (mayGo && !options.yes && !asker)
      throw new Misuse(
        `Nothing is sent without a person’s yes. Read it with \`${tools.earshot} reply draft ${word}\`, then say \`${tools.earshot} reply send ${word} --yes --as NAME\`.`,
      );
    const account = mayGo ? await speakerOf(tools, way) : null;
    const shown = { ...told, account };
    if (mayGo && !options.yes && !(await saysYes(edges, tools, shown, asker))) {
      edges.terminal.err('Nothing was sent; the draft is kept.\n');
      return 1;
    }
    const agreed = agreement(edges, options, told);
    const sent = await sendReply(tools, { ...told, reply, way }, agreed);
    return ended(edges, tools, options, { ...shown, reply }, sent);
  });
}

/** `reply sent c4`: it stands there, a person says so. */
export const saying = {
  command: (edges: Edges, options: Options, word: string): Promise<number> =>
    withTools(edges, options, async (tools) => {
      const told = await drafted(edges, tools, options, word);
      if (told.reply.state === 'sent') throw new Misuse(alreadySent(told, tools));
      return ended(edges, tools, options, told, await saySent(tools, told, agreement(edges, options, told)));
    }),
};

type Drafted = AnswerTold & { readonly reply: Reply };

/** @throws Misuse where there is nothing to send */
async function drafted(edges: Edges, tools: App, options: Options, word: string): Promise<Drafted> {
  const wish = idGiven(word, 'case');
  const found: Answering | null = await findAnswering(tools, wish);
  if (!found) throw new Misuse(`There is no ${wish.of} ${word}. \`npx earshot list --all\` shows what there is.`);
  const { reply } = found;
  if (!reply)
    throw new Misuse(`Nobody has drafted an answer to ${word}. \`npx earshot reply draft ${word} --text "…"\` does.`);
  return {
    ...found,
    reply,
    found: await findingsIn(tools, found),
    ...promised(edges, tools, options, found),
    account: null,
  };
}

/** As it was said, else as it is read. @throws Misuse where it names no day, or says nothing */
function promised(
  edges: Edges,
  tools: App,
  { promise }: Options,
  found: Answering,
): Pick<AnswerTold, 'promises' | 'unread'> {
  if (promise === false) return { promises: [], unread: [] };
  if (promise === undefined || promise === true) return promisesOfDraft(tools, found);
  return { promises: promise.map((given) => promiseGiven(edges, tools, given)), unread: [] };
}

function alreadySent(told: Drafted, { earshot }: App): string {
  const where = clean(told.reply.place ?? told.way.title);
  return `That answer stands on ${where} already. To write another one: ${earshot} reply draft ${wordOf(told)}`;
}

function agreement(edges: Edges, { as, anyway, again }: Options, { promises }: AnswerTold): Agreement {
  return { by: as ?? edges.person, anyway: anyway ?? null, again: again ?? false, promises };
}

/** Why it is not to be sent as it stands; null where it may. */
function whyNot({ earshot }: App, told: Drafted, { anyway }: Options): string | null {
  if (told.reply.state === 'sending') return 'It is being sent at this moment.';
  const never = told.found.filter(({ severity }) => severity === 'never');
  if (never.length === 0 || anyway?.trim()) return null;
  return `It was not sent: something in it should never be said. Write it anew with \`${earshot} reply draft ${wordOf(told)}\`, or send it with \`--anyway\` and why.`;
}

function tellNot(edges: Edges, tools: App, { json }: Options, told: Drafted, sentence: string): void {
  const { terminal } = edges;
  if (json) terminal.out(`${jsonText(replyFace(told), 2)}\n`);
  else if (told.found.length > 0) terminal.out(`${findingsTold(terminal, told.found)}\n\n`);
  terminal.err(`${wrapped(sentence, readingWidth(terminal))}\n`);
  if (told.reply.state === 'sending') return;
  const rule = told.found.find(({ severity }) => severity === 'never')?.rule;
  terminal.err(
    `${steps([[`${tools.earshot} reply allow ${rule}`, 'where that is right for you: it passes from now on']], terminal)}\n`,
  );
}

async function saysYes(edges: Edges, tools: App, told: Drafted, asker: Asker | null): Promise<boolean> {
  const telling = tellingOf(edges, tools);
  edges.terminal.out(`${shown(told, telling)}\n\n`);
  const answer = await asker?.key('Send exactly this?', [
    { value: 'y', label: 'yes, now' },
    { value: 'n', label: 'no, keep the draft' },
  ]);
  return answer === 'y';
}

function shown(told: Drafted, telling: Telling): string {
  const careful = told.found.length > 0 ? [findingsTold(telling.terminal, told.found)] : [];
  const promised = promisesTold(told, telling);
  return [
    addressed(told, telling),
    wordsOf(told.reply, telling),
    ...careful,
    ...(promised === null ? [] : [promised]),
  ].join('\n\n');
}

/** The words alone on stdout, so that they can be piped to where one pastes from. */
function byHand(edges: Edges, tools: App, { json }: Options, told: Drafted): number {
  const { terminal } = edges;
  const { reply, way } = told;
  const word = wordOf(told);
  if (json) terminal.out(`${jsonText(replyFace(told), 2)}\n`);
  else terminal.out(`${forTerminal(reply.text)}\n`);
  const why = way.by === 'hand' ? way.why : '';
  const { url } = way.post;
  const width = readingWidth(terminal);
  const where = url === null ? '' : `\n  ${link(clean(url), url, terminal)}`;
  terminal.err(`\n${wrapped(`${why} Copy the words and put them there yourself:`, width)}${where}\n\n`);
  const next = [
    [`${tools.earshot} reply sent ${word}`, 'when they stand there: then it is their turn'] as const,
    ...(told.case
      ? [[`${tools.earshot} case answered ${word}`, 'when you have answered in other words'] as const]
      : []),
  ];
  terminal.err(`${steps(next, terminal)}\n`);
  return 1;
}

/** What came of it, and what is next. */
async function ended(edges: Edges, tools: App, { json }: Options, told: Drafted, sent: Sent): Promise<number> {
  const { terminal } = edges;
  const telling = tellingOf(edges, tools);
  const width = readingWidth(terminal);
  if (sent.end !== 'sent') {
    if (json) {
      const now = await findAnswering(tools, { id: told.mention.id, of: 'mention' });
      terminal.out(`${jsonText(replyFace({ ...told, ...now }), 2)}\n`);
    }
    terminal.err(`${wrapped(clean(sent.sentence), width)}\n${nextAfter(tools, told, sent.end, edges)}`);
    return 1;
  }
  const id = told.case?.id;
  const [after] = id === undefined ? [] : await tools.store.read('a case', (tx) => readCases(tx, [id]));
  if (json) {
    terminal.out(`${jsonText(replyFace({ ...told, case: after ?? told.case, reply: sent.reply }), 2)}\n`);
    return 0;
  }
  const { url, place } = sent.reply;
  const stands = url === null ? '' : ` ${link(clean(url), url, terminal)}`;
  terminal.out(`Your answer stands on ${clean(place ?? told.way.title)}.${stands}\n`);
  if (!after) return 0;
  terminal.out(`${caseHead(after, telling)}\n`);
  const next = nextForCase(after, telling.now).slice(0, 2);
  terminal.err(
    `${steps(
      next.map(([words, why]) => [`${telling.earshot} ${words}`, why] as const),
      terminal,
    )}\n`,
  );
  return 0;
}

function nextAfter({ earshot }: App, told: Drafted, end: Sent['end'], { terminal }: Edges): string {
  const word = wordOf(told);
  const { url } = told.way.post;
  if (end === 'changed') return `${steps([[`${earshot} reply draft ${word}`, 'how it stands now']], terminal)}\n`;
  if (end === 'refused')
    return `Nothing stands there; the draft is kept.\n${steps([[`${earshot} reply send ${word}`, 'to try again']], terminal)}\n`;
  const looks = (told.way as SendingWay).source.replied !== undefined;
  const where = url === null ? '' : `  ${link(clean(url), url, terminal)}\n`;
  const again = looks
    ? ([`${earshot} reply send ${word}`, 'looks there first; nothing is sent twice'] as const)
    : ([`${earshot} reply send ${word} --again`, 'when it does not stand there'] as const);
  return `${where}${steps([again, [`${earshot} reply sent ${word}`, 'when it stands there']], terminal)}\n`;
}
