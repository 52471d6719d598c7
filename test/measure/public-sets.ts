/** The labelled sets of other people's words, where a folder holds them: what was not learnt from is measured, and nothing printed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SentimentLabel } from '../../src/mention.ts';
import { plainWords } from '../../src/text/fingerprint.ts';
import { isLearntFrom } from '../../src/training/examples.ts';
import { aBrand, aPost } from '../support/a-post.ts';
import type { Labelled, LabelledSet, Truth } from './labelled.ts';

interface Read extends Partial<Truth> {
  readonly language?: string;
  readonly share?: string;
  /** Whom it speaks of. */
  readonly brand?: { readonly name: string; readonly about: string };
}

/** What one row's labels mean; null leaves the row out. */
type Reading = (row: unknown) => Read | null;

function reading<Shape extends z.ZodType>(shape: Shape, read: (row: z.output<Shape>) => Read | null): Reading {
  return (row) => read(shape.parse(row));
}

const Polarity = z.enum(['negative', 'neutral', 'positive']);
const YesNo = z.union([z.literal(0), z.literal(1)]);

/** Of these a part is learnt from; the rest is measured. */
const partlyLearnt = new Set(['goemotions', 'isarcasm-en', 'vader-tweets', 'cfpb']);

/** By the set's folder. What a label means stands in the folder's SOURCE.md. */
const readings: Readonly<Record<string, Reading>> = {
  // Its sentiment is left out: nine times of ten it is what VADER says, so no person's.
  'complaints-acl2019': reading(
    z.object({ label: YesNo, domain: z.string(), severity: z.number().nullish() }),
    ({ label, domain, severity }) => ({
      complaint: label === 1,
      severity: label === 1 ? (severity ?? null) : null,
      ...(domain === 'random_tweet' && { share: 'random posts' }),
      ...(domain === 'random_reply' && { share: 'random replies' }),
    }),
  ),
  airline: reading(z.object({ label: Polarity, airline: z.string() }), ({ label, airline }) => ({
    complaint: label === 'negative',
    sentiment: label,
    brand: { name: airline, about: 'airline' },
  })),
  // The stars are the label, so no judge is shown them.
  restaurants: reading(z.object({ label: z.number(), brand: z.string() }), ({ label, brand }) =>
    label > 2 && label < 4 ? null : { complaint: label <= 2, brand: { name: brand, about: 'restaurant' } },
  ),
  'apple-dfe': reading(z.object({ label: z.enum([...Polarity.options, 'irrelevant']) }), ({ label }) => ({
    brand: { name: 'Apple', about: 'computers, phones, tablets and their shops' },
    ...(label === 'irrelevant'
      ? { about: 'other' }
      : { about: 'about', complaint: label === 'negative', sentiment: label }),
  })),
  'app-reviews': reading(z.object({ label: z.string() }), ({ label }) =>
    label === 'user experience' ? null : { complaint: label === 'bug report' },
  ),
  'umsab-multilingual': reading(z.object({ label: Polarity, lang: z.string() }), ({ label, lang }) => ({
    sentiment: label,
    language: codes[lang] ?? lang,
  })),
  'vader-tweets': reading(z.object({ label: z.number() }), ({ label }) => ({ sentiment: sideOf(label) })),
  goemotions: reading(z.object({ polarity: z.string() }), ({ polarity }) => {
    const { data } = Polarity.safeParse(polarity);
    if (data === undefined) return null;
    return { sentiment: data, ...(data !== 'negative' && { share: `Reddit, ${data}` }) };
  }),
  'isarcasm-en': reading(z.object({ label: YesNo }), ({ label }) => ({
    share: label === 1 ? 'tweets, sarcastic' : 'tweets, not sarcastic',
  })),
  cfpb: reading(z.object({ label: z.literal(1) }), () => ({ complaint: true, share: 'letters of complaint' })),
};

const codes: Readonly<Record<string, string>> = {
  arabic: 'ar',
  english: 'en',
  french: 'fr',
  german: 'de',
  hindi: 'hi',
  italian: 'it',
  portuguese: 'pt',
  spanish: 'es',
};

/** Mean valence from -4 to 4; what twenty raters leave this near to 0 is neither. */
const neutralWithin = 0.2;

function sideOf(valence: number): SentimentLabel {
  if (Math.abs(valence) <= neutralWithin) return 'neutral';
  return valence < 0 ? 'negative' : 'positive';
}

/**
 * Names of the sets in a folder, and of those for whose labels there is no reading here.
 * @throws Error where there is no such folder
 */
export function publicSets(folder: string): { readonly known: readonly string[]; readonly unread: readonly string[] } {
  if (!existsSync(folder)) throw new Error(`EARSHOT_DATASETS: there is no folder ${folder}`);
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'texts.jsonl')));
  return {
    known: Object.keys(readings).filter((name) => names.includes(name)),
    unread: names.filter((name) => !(name in readings)),
  };
}

/**
 * `named`: judges are told whom the posts speak of, where the set tells; else they have the text alone.
 * @throws Error that names the line, and never what stands in it
 */
export function readPublicSet(folder: string, name: string, named: boolean): LabelledSet {
  const read = readings[name];
  if (!read) throw new Error(`there is no reading for the labels of ${name}`);
  const lines = readFileSync(join(folder, name, 'texts.jsonl'), 'utf8').split('\n');
  const learnt = partlyLearnt.has(name) ? learntWords(lines) : null;
  const rows = lines.flatMap((line, index): readonly Labelled[] => {
    if (line.trim() === '') return [];
    try {
      const { id, text } = Base.parse(JSON.parse(line));
      if (learnt && (isLearntFrom(id) || learnt.has(wordsOf(text)))) return [];
      const label = read(JSON.parse(line));
      return label === null ? [] : [labelled(id, text, named ? label : { ...label, brand: undefined, about: null })];
    } catch {
      throw new Error(`${name}: line ${index + 1} is not as its SOURCE.md says`);
    }
  });
  return { name, own: false, mendedOn: false, rows };
}

/** Fewer are what everybody says. */
const fewestWords = 4;

/** What learnt rows say word for word: some sets hold a tweet six times. */
function learntWords(lines: readonly string[]): ReadonlySet<string> {
  const learnt = lines.flatMap((line) => {
    const row = line.trim() === '' ? null : Base.safeParse(JSON.parse(line)).data;
    return row && isLearntFrom(row.id) ? [wordsOf(row.text)] : [];
  });
  return new Set(learnt.filter((words) => words.split(' ').length >= fewestWords));
}

function wordsOf(text: string): string {
  return plainWords(text).join(' ');
}

const Base = z.object({ id: z.string(), text: z.string() });

function labelled(id: string, text: string, label: Read): Labelled {
  const { complaint = null, about = null, severity = null, sentiment = null } = label;
  const { language = 'en', share = null, brand } = label;
  return {
    id,
    post: aPost(text),
    brand: brand ? aBrand(brand.name, { about: brand.about }) : null,
    truth: { complaint, about, severity, sentiment, topics: null },
    language,
    kind: null,
    share,
  };
}
