/** The first look of a new config, and “Is this you?” of what it finds. */
import { readFile, writeFile } from 'node:fs/promises';
import type { App } from '../app.ts';
import { withExclude } from '../config/write.ts';
import type { Edges } from '../edges.ts';
import type { RunFace } from '../face/run.ts';
import { isOffline, offlineSentence } from '../insight/offline.ts';
import { collect } from '../jobs/collect.ts';
import { mark } from '../jobs/mark.ts';
import { mentionFace } from '../jobs/mention-face.ts';
import { listMentions } from '../store/mention-list.ts';
import type { MentionRow } from '../store/mention-rows.ts';
import { type Asker, Stopped } from './asker.ts';
import { clean, count, readingWidth, wrapped } from './format.ts';
import { progressLine } from './progress.ts';
import { mentionInFull, tellingOf } from './tell-mention.ts';
import { withTools } from './tools.ts';

/** So many finds are asked about. */
const mostAsked = 5;

/** Looks in every place; whoever can be asked says of some finds whether they are meant. @returns whether any place could be read */
export async function lookOnce(edges: Edges, path: string, asker: Asker | null, given?: string): Promise<boolean> {
  return withTools(edges, { config: given ?? path }, async (tools) => {
    const progress = progressLine(edges.terminal);
    progress.say('Looking once …');
    const runs = await collect(tools, {
      watches: tools.watches,
      onRun: (_run, done, of) => progress.say(`Looking: ${done} of ${of} places …`),
    });
    progress.end();
    edges.terminal.out(`${wrapped(sayLook(runs, tools.earshot), readingWidth(edges.terminal))}\n`);
    const looked = runs.some(({ outcome }) => outcome === 'complete');
    if (!asker) return looked;
    try {
      await askWhose(edges, tools, path, asker);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      // Only these questions end: the config is written, and each answer so far is a mark.
    }
    return looked;
  });
}

async function askWhose(edges: Edges, tools: App, path: string, asker: Asker): Promise<void> {
  const finds = await tools.store.read('finds', (tx) => listMentions(tx, { pile: 'all', limit: mostAsked }));
  for (const row of finds) {
    edges.terminal.out(`\n${mentionInFull(mentionFace(row), tellingOf(edges, tools))}\n`);
    const answer = await asker.choose(
      'Is this you?',
      [
        { value: 'y', label: 'yes' },
        { value: 'n', label: 'no' },
        { value: 'skip', label: 'skip' },
      ],
      'y',
    );
    if (answer === 'skip') continue;
    const kind = answer === 'y' ? 'us' : 'not-us';
    await mark(tools, { mentionId: row.id, kind, by: edges.person, why: null, undo: false });
    if (answer === 'n') await leaveOut(path, row, tools.config.brands[0]?.name ?? '', asker);
  }
}

/** A no proposes the words around the name that make it somebody else's; whatever Enter takes leaves out nothing more. */
async function leaveOut(path: string, row: MentionRow, name: string, asker: Asker): Promise<void> {
  const proposed = proposal(row.post.text || row.post.title || '', name);
  const answer = await asker.choose(
    'Shall other posts with the same words be left out, too?',
    [
      { value: 'none', label: 'no, only this one' },
      ...(proposed === '' ? [] : [{ value: 'proposed', label: `all that say “${proposed}”` }]),
      { value: 'other', label: 'all that say something else: type it' },
    ],
    'none',
  );
  if (answer === 'none') return;
  const phrase =
    answer === 'proposed' ? proposed : (await asker.text('Which words? (Enter: none)', '', `${name} paint`)).trim();
  if (phrase !== '') await writeFile(path, withExclude(await readFile(path, 'utf8'), phrase));
}

/** The name with the word behind it, else before it; '' where neither is there. */
export function proposal(text: string, name: string): string {
  const at = text.toLowerCase().indexOf(name.toLowerCase());
  if (at < 0) return '';
  const behind = /^\s+([\p{L}\p{N}'’-]+)/u.exec(text.slice(at + name.length))?.[1];
  const before = /([\p{L}\p{N}'’-]+)\s+$/u.exec(text.slice(0, at))?.[1];
  const phrase = behind ? `${name} ${behind}` : before ? `${before} ${name}` : '';
  return clean(phrase).toLowerCase();
}

/** What the first look came to; said once where this computer is offline. */
function sayLook(runs: readonly RunFace[], earshot: string): string {
  if (isOffline(runs.map(({ source, fault }) => ({ source, trouble: fault })))) return offlineSentence(runs.length);
  const deaf = runs.filter((run) => run.outcome !== 'complete').length;
  if (deaf === runs.length && deaf > 0) return `No place could be read: \`${earshot} status\` says why.`;
  const fresh = runs.reduce((sum, run) => sum + run.fresh, 0);
  const heard = `Looked in ${count(runs.length, 'place')}: ${count(fresh, 'mention')}.`;
  return deaf === 0 ? heard : `${heard} ${count(deaf, 'place')} could not be read: \`${earshot} status\` says why.`;
}
