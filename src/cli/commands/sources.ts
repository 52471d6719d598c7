/** `earshot sources [id]`: where Earshot can listen, what each place needs, and where no program may listen. */

import { existsSync } from 'node:fs';
import { z } from 'zod';
import { configPath, readConfig } from '../../app.ts';
import { ConfigTrouble } from '../../config/config.ts';
import { secretName } from '../../config/secrets.ts';
import { cronPeriodMinutes } from '../../daemon/due.ts';
import type { Edges } from '../../edges.ts';
import { type Elsewhere, elsewhere, unread } from '../../sources/elsewhere.ts';
import { sources } from '../../sources/index.ts';
import type { Source } from '../../sources/source.ts';
import { asCalled, earshotWith } from '../../text/command.ts';
import { coloursOf, count, link, steps, twoColumns, wrapped } from '../format.ts';
import { nearestOf } from '../right-word.ts';
import { Misuse } from '../trouble.ts';
import { length } from '../when.ts';

interface Options {
  readonly config?: string;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options, id?: string): Promise<number> {
  if (id === undefined) return options.json ? listJson(edges) : list(edges, options);
  const source = sources.find((one) => one.id === id);
  const place = elsewhere.find((one) => one.id === id);
  if (source) {
    const without = place ? `\nWithout a key:\n${stepsOf(place, edges, options)}\n` : '';
    edges.terminal.out(
      options.json ? `${JSON.stringify(described(source), null, 2)}\n` : inFull(source, edges) + without,
    );
    return 0;
  }
  if (place) {
    const told = wrapped(place.why, width(edges));
    edges.terminal.out(`${place.title}\n\n${told}\n\nInstead:\n${stepsOf(place, edges, options)}\n`);
    return 0;
  }
  const ids = [...sources.map((one) => one.id), ...elsewhere.map((one) => one.id)];
  const said = id.toLowerCase();
  // “google” is nobody's own name, and part of several.
  const parts = said.length < 3 ? [] : ids.filter((one) => one.includes(said));
  const near = parts.length > 0 ? parts.join(' or ') : nearestOf(id, ids);
  throw new Misuse(
    `There is no place called ${id}.${near ? ` Did you mean ${near}?` : ' `npx earshot sources` shows them all.'}`,
  );
}

function stepsOf({ instead }: Elsewhere, edges: Edges, options: Options): string {
  const earshot = earshotWith(options.config);
  const numbered = instead.map((step, index) => {
    const number = `  ${index + 1}. `;
    return number + wrapped(asCalled(step, earshot), width(edges), ' '.repeat(number.length)).trimStart();
  });
  return numbered.join('\n');
}

const width = (edges: Edges) => Math.min(edges.terminal.columns, 100);

const accessWords: Readonly<Record<Source['access'], string>> = {
  open: '',
  'free-key': 'wants a free key',
  'own-account': 'wants your own account',
  paid: 'paid',
};

function list(edges: Edges, options: Options): number {
  const { terminal } = edges;
  const paint = coloursOf(terminal);
  const used = usedBy(edges, options);
  const rows = sources.map((source) => {
    const state = source.offByDefault ? 'off by default' : accessWords[source.access];
    const on = used.has(source.id);
    return {
      sign: on ? paint.green('✓') : paint.dim('–'),
      left: source.id,
      right: `${firstSentence(source.about)}${state ? ` (${state})` : ''}`,
    };
  });
  const ids = unread(sources)
    .map(({ id }) => id)
    .join(', ');
  const earshot = earshotWith(options.config);
  const heard = used.size > 0 ? ` (${paint.green('✓')} in your config)` : '';
  terminal.out(
    [
      `${paint.bold('Where Earshot listens')}${heard}`,
      twoColumns(rows, terminal),
      '',
      paint.bold('Where no program may listen on its own'),
      wrapped(ids, width(edges), '  '),
      '',
    ].join('\n'),
  );
  const next = [
    [`${earshot} sources reddit`, 'what a place needs, and how to get it'],
    [`${earshot} sources facebook`, 'why not, and what to do instead'],
  ] as const;
  terminal.err(`\n${steps(next, terminal)}\n`);
  return 0;
}

function listJson(edges: Edges): number {
  edges.terminal.out(`${JSON.stringify(sources.map(described), null, 2)}\n`);
  return 0;
}

function described(source: Source) {
  const { id, title, kind, suits, home, docs, about, access, keeps, order, pace, cron, offByDefault, example } = source;
  const secrets = Object.values(source.secrets).map(({ env, about, optional = false }) => ({ env, about, optional }));
  return {
    id,
    title,
    kind,
    suits,
    home,
    docs,
    about,
    access,
    keeps,
    order,
    pace,
    cron,
    offByDefault: offByDefault ?? null,
    secrets,
    example,
  };
}

/** Ids of the sources where the brands of the config listen; none where there is no config, or none that can be read. */
function usedBy(edges: Edges, options: Options): ReadonlySet<string> {
  if (!existsSync(configPath(edges, options.config))) return new Set();
  try {
    const { config } = readConfig(edges, options.config);
    return new Set(config.brands.flatMap((brand) => [...brand.sources.keys()]));
  } catch (error) {
    if (error instanceof ConfigTrouble) return new Set();
    throw error;
  }
}

const firstSentence = (text: string) => /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;

function inFull(source: Source, edges: Edges): string {
  const columns = width(edges);
  const paint = coloursOf(edges.terminal);
  const lines = [
    `${[`${paint.bold(source.title)} (${source.id})`, accessWords[source.access] || 'open to all', link(source.home, source.home, edges.terminal)].join(' · ')}`,
    '',
    wrapped(source.about, columns),
  ];
  if (source.offByDefault) lines.push('', wrapped(`Off by default: ${source.offByDefault}`, columns));
  const secrets = Object.values(source.secrets);
  if (secrets.length > 0) {
    lines.push('', paint.bold('What it wants, in the file earshot.env beside the config'));
    for (const secret of secrets) {
      lines.push(
        `  ${secretName(secret.env, null)}${secret.optional ? ' (it works without, but hears less)' : ''}`,
        wrapped(secret.about, columns, '    '),
      );
    }
  }
  lines.push('', paint.bold('In the config'), '  sources:', `    ${source.id}: ${JSON.stringify(source.example)}`);
  const options = optionLines(source, columns);
  if (options.length > 0) lines.push('', paint.bold('What can stand there'), ...options);
  const pace = source.pace.map(
    ({ requests, perSeconds }) =>
      `${count(requests, 'time')} in ${perSeconds < 60 ? `${perSeconds} s` : length(perSeconds * 1000)}`,
  );
  const often = pace.length > 0 ? `, and asks at most ${pace.join(' and ')}` : '';
  const minutes = cronPeriodMinutes(source.cron);
  const every = minutes % 60 === 0 ? length(minutes * 60_000) : `${minutes} minutes`;
  lines.push('', wrapped(`Earshot looks there every ${every} (\`cron\` changes that)${often}.`, columns));
  return `${lines.join('\n')}\n`;
}

interface SchemaNode {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
}

function optionLines(source: Source, columns: number): string[] {
  const { properties = {} } = z.toJSONSchema(source.options, { io: 'input', unrepresentable: 'any' }) as SchemaNode;
  return Object.entries(properties).flatMap(([key, node]) => [
    `  ${key}`,
    wrapped(node.description ?? '', columns, '    '),
  ]);
}
