/** `earshot mark`: what a person says of a judgement; it stays, whatever is judged later. */
import { stateWord } from '../../cases/life.ts';
import { excerpt } from '../../digest/excerpt.ts';
import { sayHeeded, sayWentAlong } from '../../digest/heeded.ts';
import type { Edges } from '../../edges.ts';
import { besideIt, markedBeside } from '../../jobs/group-alike.ts';
import { markAlike } from '../../jobs/mark-alike.ts';
import { mentionFace } from '../../jobs/mention-face.ts';
import { type MarkKind, markKinds } from '../../mention.ts';
import { type MentionRow, readMentions } from '../../store/mention-rows.ts';
import { jsonText } from '../../text/json.ts';
import { clean, steps } from '../format.ts';
import { meantAmong } from '../right-word.ts';
import { piles } from '../tell-mention.ts';
import { brandIds, mentionGiven, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly why?: string;
  readonly undo?: boolean;
  readonly as?: string;
  readonly json?: boolean;
  readonly unsure?: boolean;
  readonly brand?: string;
}

/** What the mark came to, as the mention stands now. */
function told(kind: MarkKind, { case: own }: MentionRow): string {
  const its = own ? `case c${own.id}` : '';
  switch (kind) {
    case 'complaint':
      return own ? `is a complaint: ${its} is ${stateWord(own.state)}` : 'is a complaint';
    case 'no-complaint':
      return own ? `is no complaint: ${its} is ${stateWord(own.state)}` : 'is no complaint';
    case 'us':
      return own ? `is about you: ${its} is ${stateWord(own.state)}` : 'is about you';
    case 'not-us':
      return own ? `is not about you: ${its} is ${stateWord(own.state)}` : 'is not about you';
    case 'urgent':
      return own ? `is urgent: ${its} stands first` : 'is urgent';
    case 'solved':
      return own ? `is solved: ${its} is ${stateWord(own.state)}` : 'is solved';
  }
}

/** What is asked of each on the pile of what is unsure: the answer counts for all that say nearly the same. */
const isAskedOfAll = (kind: MarkKind) => kind !== 'urgent' && kind !== 'solved';

export async function command(edges: Edges, options: Options, word?: string, what?: string): Promise<number> {
  if (options.unsure) return walk(edges, options);
  if (word === undefined || (what === undefined && !options.undo)) {
    throw new Misuse(
      `Which one, and what is it? npx earshot mark m17 no-complaint. Marks are: ${markKinds.join(', ')}.`,
    );
  }
  const turned = what !== undefined && /^[cm]\d+$/i.test(what) && !/^[cm]?\d+$/i.test(word);
  if (turned || (what !== undefined && markKinds.some((one) => one === word)))
    return command(edges, options, what, word);
  const asked = what === undefined ? null : kindNamed(what);
  return withTools(edges, options, async (tools) => {
    const row = await mentionGiven(tools, word);
    const kind = asked ?? onlyMark(row);
    const undo = options.undo ?? false;
    const by = options.as ?? edges.person;
    const alike = await (undo ? markedBeside(tools, row.id, kind) : isAskedOfAll(kind) ? besideIt(tools, row) : []);
    const heeded = await markAlike(tools, { mentionId: row.id, kind, by, why: options.why ?? null, undo }, alike);
    const went = alike.length === 0 ? '' : `${sayWentAlong(alike.length)}\n`;
    const [after] = await tools.store.read('one mention', (tx) => readMentions(tx, [row.id]));
    if (!after) return 1;
    const { terminal } = edges;
    if (options.json) {
      terminal.err(went);
      terminal.out(`${jsonText(mentionFace(after), 2)}\n`);
      return 0;
    }
    const words = excerpt(after.post.text || after.post.title || '', [], terminal.columns - 6);
    const quote = clean(words.map(({ text }) => text).join(''));
    terminal.out(`m${row.id} ${undo ? `is no longer marked ${kind}` : told(kind, after)}.\n`);
    if (quote !== '') terminal.out(`  “${quote}”\n`);
    terminal.out(went);
    const more = typeof heeded === 'string' ? heeded : sayHeeded(heeded, piles);
    if (more !== null) terminal.out(`${more}\n`);
    const back = [
      `${tools.earshot} mark m${row.id} ${kind}${undo ? '' : ' --undo'}`,
      undo ? 'to mark it again' : 'to take that back',
    ] as const;
    terminal.err(`${steps([back], terminal)}\n`);
    return 0;
  });
}

function kindNamed(what: string): MarkKind {
  const kind = markKinds.find((one) => one === what);
  if (kind) return kind;
  throw new Misuse(`A mention cannot be marked ${what}. ${meantAmong(what, markKinds, 'Marks are')}`);
}

/** What is taken back where nobody says which. */
function onlyMark({ id, marks }: MentionRow): MarkKind {
  const { complaint, us, urgent, solved } = marks;
  const stand = [complaint, us, urgent ? ('urgent' as const) : null, solved ? ('solved' as const) : null];
  const [first, ...more] = stand.filter((kind) => kind !== null);
  if (first === undefined) throw new Misuse(`m${id} has no mark that could be taken back.`);
  if (more.length === 0) return first;
  const each = [first, ...more].join(' and ');
  throw new Misuse(`m${id} is marked ${each}: say which is to be taken back, npx earshot mark m${id} ${first} --undo.`);
}

async function walk(edges: Edges, options: Options): Promise<number> {
  if (edges.stdinPiped)
    throw new Misuse(
      'Nobody can press a key here; `npx earshot list --unsure` shows them, `npx earshot mark m17 complaint` decides one.',
    );
  const { terminalAsker } = await import('../asker.ts');
  const { walkUnsure } = await import('./mark-unsure.ts');
  return withTools(edges, options, async (tools) =>
    walkUnsure(edges, tools, terminalAsker, await brandIds(tools, options.brand)),
  );
}
