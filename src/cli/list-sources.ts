/** Every source on a line, in its group: what it hears, what it needs, what may be kept, and how it stands. */
import type { Edges } from '../edges.ts';
import { unread } from '../sources/elsewhere.ts';
import { sourceGroups } from '../sources/index.ts';
import type { Source } from '../sources/source.ts';
import { keepsInShort, needs } from '../sources/wording.ts';
import { coloursOf, readingWidth, steps, toWidth, wrapped } from './format.ts';
import type { SourceState } from './source-states.ts';
import { signOf } from './tell-place.ts';

/** Columns of a row: sign, id, what it hears, needs, keeps, with two between them. */
const room = { id: 17, hears: 35, needs: 12, keeps: 8 } as const;
const whole = 2 + room.id + 2 + room.hears + 2 + room.needs + 2 + room.keeps;

/** @param earshot how commands are called here */
export async function listSources(
  { terminal }: Pick<Edges, 'terminal'>,
  states: ReadonlyMap<string, SourceState>,
  earshot: string,
): Promise<void> {
  const groups = await sourceGroups();
  const paint = coloursOf(terminal);
  const columns = readingWidth(terminal);
  const wide = terminal.columns >= whole;
  const cells = (id: string, hears: string, needed: string, keeps: string) =>
    `${toWidth(id, room.id)}  ${toWidth(hears, room.hears)}  ${toWidth(needed, room.needs)}  ${keeps}`;

  const row = (source: Source): string => {
    const stands = states.get(source.id);
    const sign = !stands ? paint.dim('–') : stands.tried ? signOf(stands, paint) : paint.bold('+');
    const lines = wide
      ? [`${sign} ${cells(source.id, source.hears, needs(source), keepsInShort(source))}`]
      : [
          `${sign} ${source.id}`,
          wrapped(`${source.hears} · needs ${needs(source)} · keeps ${keepsInShort(source)}`, columns, '    '),
        ];
    if (stands) lines.push(paint.dim(wrapped(stands.sentence, columns, wide ? ' '.repeat(room.id + 4) : '    ')));
    return lines.join('\n');
  };

  const head = wide
    ? [paint.bold(`  ${cells('Where', 'Earshot listens to', 'needs', 'keeps')}`)]
    : [paint.bold('Where Earshot listens')];
  const shown = groups.map(({ title, sources }) => `\n${paint.bold(title)}\n${sources.map(row).join('\n')}`);
  const elsewhere = unread(groups.flatMap(({ sources }) => sources))
    .map(({ id }) => id)
    .join(', ');
  const key = [
    'needs “your yes”: its terms leave it to you; read them, then switch it on with `off: false`.',
    'keeps: of the words that people write there, what its terms let Earshot keep.',
  ];
  terminal.out(
    [
      ...head,
      ...shown,
      '',
      paint.bold('Where no program may listen on its own'),
      wrapped(elsewhere, columns, '  '),
      '',
      ...key.map((line) => paint.dim(wrapped(line, columns))),
      '',
    ].join('\n'),
  );
  const next = [
    [`${earshot} sources reddit`, 'what a place needs, and how to get it'],
    [`${earshot} sources facebook`, 'why not, and what to do instead'],
  ] as const;
  terminal.err(`\n${steps(next, terminal)}\n`);
}
