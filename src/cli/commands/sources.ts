/** `earshot sources [id]`: where Earshot can listen, what each place needs, and where no program may listen. */

import { existsSync } from 'node:fs';
import { z } from 'zod';
import { configPath, readConfig } from '../../app.ts';
import { secretName } from '../../config/secrets.ts';
import type { Edges } from '../../edges.ts';
import { elsewhere } from '../../sources/elsewhere.ts';
import { sources } from '../../sources/index.ts';
import type { Source } from '../../sources/source.ts';
import { coloursOf, count, toWidth, wrapped } from '../format.ts';
import { nearestOf } from '../right-word.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options, id?: string): Promise<number> {
  if (id === undefined) return options.json ? listJson(edges) : list(edges, options);
  const source = sources.find((one) => one.id === id);
  const place = elsewhere.find((one) => one.id === id);
  if (source) {
    edges.terminal.out(options.json ? `${JSON.stringify(described(source), null, 2)}\n` : inFull(source, edges));
    return 0;
  }
  if (place) {
    const steps = place.instead.map((step, index) => wrapped(`${index + 1}. ${step}`, width(edges), '  '));
    edges.terminal.out(`${place.title}\n\n${wrapped(place.why, width(edges))}\n\nInstead:\n${steps.join('\n')}\n`);
    return 0;
  }
  const near = nearestOf(id, [...sources.map((one) => one.id), ...elsewhere.map((one) => one.id)]);
  throw new Misuse(
    `There is no place called ${id}.${near ? ` Did you mean ${near}?` : ' `npx earshot sources` shows them all.'}`,
  );
}

const width = (edges: Edges) => Math.min(edges.terminal.columns, 100);

const accessWords: Readonly<Record<Source['access'], string>> = {
  open: 'open to all',
  'free-key': 'free key',
  'own-account': 'your account',
  paid: 'paid',
};

function list(edges: Edges, options: Options): number {
  const { terminal } = edges;
  const paint = coloursOf(terminal);
  const used = usedBy(edges, options);
  terminal.out(`${paint.bold('Where Earshot listens')}\n`);
  for (const source of sources) {
    const brands = used.get(source.id) ?? 0;
    const state = source.offByDefault ? 'off by default' : accessWords[source.access];
    const on = brands > 0 ? paint.green('on ') : paint.dim('–  ');
    const room = Math.max(20, terminal.columns - 35);
    terminal.out(
      `${on}${toWidth(source.id, 17)}${toWidth(state, 14)}${toWidth(firstSentence(source.about), room).trimEnd()}\n`,
    );
  }
  terminal.out(`\n${paint.bold('Where no program may listen on its own')}\n`);
  for (const place of elsewhere) {
    terminal.out(
      `   ${toWidth(place.id, 17)}${toWidth(firstSentence(place.why), Math.max(20, terminal.columns - 21)).trimEnd()}\n`,
    );
  }
  terminal.out(`\n\`npx earshot sources <id>\` says what a place needs and how to get it, step by step.\n`);
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

/** How many brands of the config listen there; none where there is no config, or none that can be read. */
function usedBy(edges: Edges, options: Options): Map<string, number> {
  const used = new Map<string, number>();
  if (!existsSync(configPath(edges, options.config))) return used;
  for (const brand of readConfig(edges, options.config).config.brands) {
    for (const id of brand.sources.keys()) used.set(id, (used.get(id) ?? 0) + 1);
  }
  return used;
}

const firstSentence = (text: string) => /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;

function inFull(source: Source, edges: Edges): string {
  const columns = width(edges);
  const paint = coloursOf(edges.terminal);
  const lines = [
    `${paint.bold(source.title)} (${source.id}) · ${accessWords[source.access]} · ${source.home}`,
    '',
    wrapped(source.about, columns),
  ];
  if (source.offByDefault) lines.push('', wrapped(`Off by default: ${source.offByDefault}`, columns));
  const options = optionLines(source, columns);
  if (options.length > 0) lines.push('', paint.bold('Options'), ...options);
  const secrets = Object.values(source.secrets);
  if (secrets.length > 0) {
    lines.push('', paint.bold(`What it wants, in earshot.env beside the config or in the environment`));
    for (const secret of secrets) {
      lines.push(
        `  ${secretName(secret.env, null)}${secret.optional ? ' (it goes on without)' : ''}`,
        wrapped(secret.about, columns, '    '),
      );
    }
  }
  const pace = source.pace.map((one) => `${count(one.requests, 'question')} in ${one.perSeconds} s`).join(', ');
  lines.push(
    '',
    `It is asked at most ${pace || 'as often as it likes'}; looked at by \`${source.cron}\` where you set no cron.`,
  );
  lines.push('', paint.bold('In the config'), '  sources:', `    ${source.id}: ${JSON.stringify(source.example)}`);
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
