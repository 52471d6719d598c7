/** What a source's own values say to its owner: what it needs, what may be kept, how often it is asked, what can be set. */
import { z } from 'zod';
import type { Source } from './source.ts';

const needed: Readonly<Record<Source['access'], string>> = {
  open: 'nothing',
  'free-key': 'a free key',
  'own-account': 'your account',
  paid: 'a paid key',
};

/** At most 12 letters; `your yes` where its terms leave the decision to the owner. */
export function needs({ access, offByDefault }: Pick<Source, 'access' | 'offByDefault'>): string {
  return offByDefault !== undefined && access === 'open' ? 'your yes' : needed[access];
}

/** At most 8 letters: of the words that somebody wrote, what its terms let us keep. */
export function keepsInShort({ keeps }: Pick<Source, 'keeps'>): string {
  if (keeps === 'everything') return 'all';
  return keeps === 'id-only' ? 'no words' : span(keeps.textForHours);
}

export function keepsSentence({ keeps, title }: Pick<Source, 'keeps' | 'title'>): string {
  if (keeps === 'everything') return 'Earshot may keep what it reads there.';
  if (keeps === 'id-only')
    return `${title} lets nobody keep the words: Earshot keeps the address, the stars and what it made of it, and you read the words there.`;
  return `${title} lets the words be kept for ${span(keeps.textForHours)}; then Earshot forgets them, and you read them there.`;
}

/** @param minutes between two looks */
export function limitsSentence(
  { pace, inbound, listen }: Pick<Source, 'pace' | 'inbound' | 'listen'>,
  minutes: number,
): string {
  if (inbound) return 'Nothing is asked: what is sent comes in at once, while Earshot runs.';
  if (listen) return 'Earshot listens there without a break while `npx earshot start` runs.';
  const most = pace.map(
    ({ requests, perSeconds }) => `${requests === 1 ? 'once' : `${spaced(requests)} times`} ${within(perSeconds)}`,
  );
  const asks = most.length > 0 ? `, and asks at most ${most.join(' and ')}` : '';
  return `Earshot looks there every ${period(minutes)}${asks}. \`cron\` beside the options changes when it looks.`;
}

export interface SourceOption {
  readonly name: string;
  readonly about: string;
  /** It must be given. */
  readonly wanted: boolean;
  /** What holds without it; undefined where there is nothing to show. */
  readonly usual: unknown;
}

interface Described {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly required?: readonly string[];
}

export function optionsOf(source: Pick<Source, 'options'>): readonly SourceOption[] {
  const shape = z.toJSONSchema(source.options, { io: 'input', unrepresentable: 'any' }) as Described;
  return Object.entries(shape.properties ?? {}).map(([name, node]) => ({
    name,
    about: node.description ?? '',
    wanted: shape.required?.includes(name) ?? false,
    usual: node.default,
  }));
}

const spaced = (number: number) => String(number).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');

const span = (hours: number) => (hours === 24 ? '1 day' : hours % 24 === 0 ? `${hours / 24} days` : `${hours} hours`);

function period(minutes: number): string {
  if (minutes === 1) return 'minute';
  if (minutes % 60 !== 0) return `${minutes} minutes`;
  const hours = minutes / 60;
  return hours === 1 ? 'hour' : hours === 24 ? 'day' : `${hours} hours`;
}

function within(seconds: number): string {
  const names = new Map([
    [1, 'a second'],
    [60, 'a minute'],
    [3600, 'an hour'],
    [86_400, 'a day'],
  ]);
  const named = names.get(seconds);
  if (named !== undefined) return named;
  return seconds % 60 === 0 ? `in ${seconds / 60} minutes` : `in ${seconds} seconds`;
}
