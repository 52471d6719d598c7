/** `earshot erase`: takes a person out of the database for good, after showing who and how much that is. */
import type { App } from '../../app.ts';
import { excerpt } from '../../digest/excerpt.ts';
import type { Edges } from '../../edges.ts';
import type { ErasedFace } from '../../face/erased.ts';
import { erase, type Whom } from '../../jobs/erase.ts';
import { findAuthors } from '../../jobs/find-author.ts';
import { postsToErase } from '../../store/erase.ts';
import { readPosts } from '../../store/stored-posts.ts';
import { jsonText } from '../../text/json.ts';
import type { Asker } from '../asker.ts';
import { accountWords, authorGiven } from '../author-given.ts';
import { clean, count, readingWidth, wrapped } from '../format.ts';
import { type Telling, tellingOf } from '../tell-mention.ts';
import { mentionGiven, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const shownPosts = 3;
const longestQuote = 70;

export async function command(edges: Edges, options: Options, word: string): Promise<number> {
  const { terminalAsker } = await import('../asker.ts');
  return eraseAsking(edges, options, word, edges.stdinPiped ? null : terminalAsker);
}

/** @param asker null where nobody can be asked: then `--yes` must be there */
export async function eraseAsking(
  edges: Edges,
  { yes, dryRun, json, config }: Options,
  word: string,
  asker: Pick<Asker, 'key'> | null,
): Promise<number> {
  return withTools(edges, { config }, async (tools) => {
    const { terminal } = edges;
    const whom = await whomGiven(tools, word);
    const telling = tellingOf(edges, tools);
    const width = readingWidth(terminal);
    const say = (text: string) => wrapped(text, width);
    const look = await erase(tools, whom, true);
    if (!json) terminal.out(`${await told(tools, whom, look, telling)}\n`);
    if (dryRun) {
      if (json) terminal.out(`${jsonText(look, 2)}\n`);
      else terminal.out(`\n${say('Nothing was changed.')}\n`);
      return 0;
    }
    if (!yes && !(await agreed(json ? null : asker))) {
      if (json) terminal.out(`${jsonText(look, 2)}\n`);
      terminal.err(
        `${say('Nothing was erased: that cannot be undone, so somebody has to say yes. Add --yes to mean it.')}\n`,
      );
      return 1;
    }
    const done = await erase(tools, whom, false);
    if (json) terminal.out(`${jsonText(done, 2)}\n`);
    else terminal.out(`\n${say(`Erased: ${amounts(done)}. What comes of them from now on is set aside.`)}\n`);
    if (done.mailsLeft.length > 0)
      terminal.err(
        `${say('These files may still hold their words, and could not be removed. Delete them yourself:')}\n${done.mailsLeft.map((path) => `  ${clean(path)}\n`).join('')}`,
      );
    if (done.wiped === false)
      terminal.err(
        `${say('Another program is just reading the database: copies in unused parts of its file are wiped with the next command.')}\n`,
      );
    return 0;
  });
}

async function agreed(asker: Pick<Asker, 'key'> | null): Promise<boolean> {
  if (asker === null) return false;
  const keys = [
    { value: 'e', label: 'erase all of it for good' },
    { value: 'n', label: 'no, keep it' },
  ] as const;
  return (await asker.key('Erase them?', keys)) === 'e';
}

/** A mention of nobody that is known is erased alone. @throws Misuse */
async function whomGiven(tools: App, word: string): Promise<Whom> {
  if (/^[mc]\d+$/i.test(word.trim())) {
    const mention = await mentionGiven(tools, word);
    const found = await tools.store.read('an account', (tx) => findAuthors(tx, word));
    if (found.length === 0) return { mentionId: mention.id };
  }
  if (/^\d+$/.test(word.trim()))
    throw new Misuse(
      `${word} alone names nobody: a${word} is an account, m${word} whoever said that, c${word} a case.`,
    );
  return { authorId: (await authorGiven(tools, word)).id };
}

async function told(
  tools: App,
  whom: Whom,
  look: ErasedFace,
  { terminal, paint, short, earshot }: Telling,
): Promise<string> {
  const width = readingWidth(terminal);
  const [first, ...others] = look.accounts;
  const head = first
    ? `a${first.id}  ${accountWords(first)}`
    : `m${'mentionId' in whom ? whom.mentionId : 0}, of which nobody knows who said it: only that post`;
  const posts = await tools.store.read('what they said', async (tx) => {
    const authorIds = look.accounts.map(({ id }) => id);
    const mentionIds = 'mentionId' in whom ? [whom.mentionId] : [];
    return readPosts(tx, await postsToErase(tx, { authorIds, mentionIds }));
  });
  const newest = posts.toSorted((one, other) => other.saidAt - one.saidAt).slice(0, shownPosts);
  const quotes = newest.map(({ saidAt, title, text }) => {
    const said = excerpt(text || (title ?? ''), [], longestQuote).map((piece) => clean(piece.text));
    return wrapped(`${short(saidAt)}  ${said.join('') || '(no words kept)'}`, width, '  ');
  });
  const named =
    look.namedBy === 0 ? '' : ` ${count(look.namedBy, 'post')} of others name them and stay: those are others’ words.`;
  const lines = [
    paint.bold(wrapped(head, width)),
    ...others.map((one) => wrapped(`and a${one.id}  ${accountWords(one)}, which you joined to it`, width)),
    ...quotes,
    '',
    wrapped(`${amounts(look)} would go.${named}`, width),
    wrapped(
      `It cannot be undone, not by a back-up either: \`${earshot} restore\` leaves out whoever was erased. What stays is a fingerprint of their account and posts, by which Earshot sets aside what comes of them later.`,
      width,
    ),
    wrapped('Mails that were sent, files that you exported and back-ups that you keep are yours to delete.', width),
  ];
  return lines.join('\n');
}

function amounts({ posts, mentions, cases, blanked, allowed, mails }: ErasedFace): string {
  const parts = [
    `${count(posts, 'post')} in ${count(mentions, 'mention')}`,
    cases > 0 ? `${count(cases, 'case')} with all that was done` : null,
    blanked > 0 ? `the words written down on ${count(blanked, 'more case')}` : null,
    allowed > 0 ? `${count(allowed, 'thing')} that you let pass in answers` : null,
    mails > 0 ? `${count(mails, 'whole mail')} in the folder outbox` : null,
  ].filter((part) => part !== null);
  const last = parts.pop() ?? '';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}
