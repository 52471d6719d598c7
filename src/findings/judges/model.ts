/** What ships in data/model/, and whether it is whole: the judges’ cards, and a sentence for each file that is not as it should be. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { apartSorts } from '../../mention.ts';
import { topicNames } from '../lexicon.ts';
import { ModelTrouble } from './model-trouble.ts';
import { readWordVectors, type WordVectors } from './word-vectors.ts';

export const modelFolder = new URL('../../../data/model/', import.meta.url);

const Line = z.strictObject({
  /** What a weight of 1 stands for. */
  scale: z.number().positive(),
  bias: z.number(),
});

/** The card beside the weights: what they are, and how they were made. */
export const FastCard = z.looseObject({
  signs: z.literal(3),
  sha256: z.string(),
  /** Log-odds of a complaint, before calibration. */
  complaint: Line,
  /** How much of the log-odds that the judge by rules gives is added: it knows plain words that our posts seldom have. */
  rules: z.number(),
  /** Platt's: the calibrated log-odds are `slope * odds + offset`. */
  calibration: z.strictObject({ slope: z.number().positive(), offset: z.number() }),
  /** From 0 to 4, of a complaint. */
  severity: Line,
  /** From -1 to 1. */
  feeling: Line,
  /** Log-odds that it is about the brand, beside what its name and surroundings tell. */
  about: Line,
  /** What they were made of, and by which command. */
  made: z.looseObject({ training: z.string() }),
  /** Of the word vectors (`words.bin`) that they were made with, as `sha256` is of the weights. */
  words: z.string().optional(),
});
export type FastCard = z.output<typeof FastCard>;

/** The card beside the weights of the topic judge. */
export const TopicCard = z.looseObject({
  signs: z.literal(1),
  sha256: z.string(),
  /** In the order of the weights. From `line` (log-odds) on a complaint has the topic; where `listed`, also when a word list names it. */
  topics: z.array(Line.extend({ topic: z.enum(topicNames), line: z.number(), listed: z.boolean() })).min(1),
  /** Where none is reached, a topic no further below its line than this is named. */
  nearest: z.number().nonnegative(),
});
export type TopicCard = z.output<typeof TopicCard>;

/** Of one of the precise judge's big files: `bytes` is seen at once, `sha256` takes a while. */
const BigFile = z.strictObject({ bytes: z.int(), sha256: z.string() });
export type BigFile = z.output<typeof BigFile>;

const PreciseCard = z.looseObject({
  input: z.literal(1),
  heads: z.tuple(
    [
      z.literal('complaint'),
      z.literal('about'),
      z.literal('severity'),
      z.literal('reproach'),
      z.literal('positive'),
      z.literal('negative'),
    ],
    z.string(),
  ),
  files: z.strictObject({ 'precise.onnx': BigFile, 'tokenizer.json': BigFile }),
  longest: z.int().positive(),
});
export type PreciseCard = z.output<typeof PreciseCard>;

/** The card beside the weights of the judge that says whether a customer speaks. */
export const ApartCard = z.looseObject({
  signs: z.literal(1),
  sha256: z.string(),
  /** Log-odds that no customer speaks; from `line` on it is said, from `sureFrom` on it is sure. */
  apart: Line,
  line: z.number(),
  sureFrom: z.number(),
  /** Who speaks then, in the order of the weights that follow. */
  sorts: z.array(Line.extend({ sort: z.enum(apartSorts) })).min(1),
});
export type ApartCard = z.output<typeof ApartCard>;

export interface FastFiles {
  readonly card: FastCard;
  readonly bytes: Buffer;
}

/** @throws ModelTrouble */
export const readFastFiles = (folder: URL): FastFiles => readFiles('fast', FastCard, folder);

/** Of a judge with several heads: the weights by the sign's place, one for each head. Places without any are not there. */
interface HeadFiles<Card> {
  readonly card: Card;
  readonly weights: WordVectors;
}

/** A head for each topic. */
export type TopicFiles = HeadFiles<TopicCard>;

/** @throws ModelTrouble */
export const readTopicFiles = (folder: URL = modelFolder): TopicFiles =>
  readHeads('topics', TopicCard, folder, ({ topics }) => topics.length);

/** A head for `apart`, and one for each sort. */
export type ApartFiles = HeadFiles<ApartCard>;

/** @throws ModelTrouble */
export const readApartFiles = (folder: URL = modelFolder): ApartFiles =>
  readHeads('apart', ApartCard, folder, ({ sorts }) => 1 + sorts.length);

/** The word vectors that ship with Earshot. @throws ModelTrouble where they are missing or damaged */
export function readShippedVectors(folder: URL = modelFolder): WordVectors {
  const bytes = readWhole('words.bin', folder);
  const vectors = readWordVectors(bytes);
  const { words } = readCard('fast.json', FastCard, folder);
  if (!vectors || (words !== undefined && hashOf(bytes) !== words))
    throw new ModelTrouble(wrong('words.bin', 'damaged'));
  return vectors;
}

/** What findings carry of it. */
export const preciseVersion = ({ files }: PreciseCard): string => `precise-${files['precise.onnx'].sha256.slice(0, 8)}`;

/** @throws ModelTrouble */
export const readPreciseCard = (folder: URL): PreciseCard => readCard('precise.json', PreciseCard, folder);

/** Why a judge cannot work, a sentence each; null where it can. @param whole the big files are read to their end: some tenths of a second */
export function modelTrouble(
  folder: URL = modelFolder,
  { whole = false } = {},
): { readonly fast: string | null; readonly precise: string | null } {
  return {
    fast: troubleOf(() => [
      readFastFiles(folder),
      readTopicFiles(folder),
      readApartFiles(folder),
      readShippedVectors(folder),
    ]),
    precise: preciseTrouble(folder, { whole }),
  };
}

/** The same of the precise judge alone. */
export function preciseTrouble(folder: URL = modelFolder, { whole = false } = {}): string | null {
  return troubleOf(() => {
    const { files } = readPreciseCard(folder);
    for (const [name, { bytes }] of Object.entries(files)) {
      const file = new URL(name, folder);
      if (!existsSync(file)) throw new ModelTrouble(wrong(name, 'missing'));
      if (statSync(file).size !== bytes) throw new ModelTrouble(wrong(name, 'damaged'));
    }
    if (whole) for (const [name, file] of Object.entries(files)) readBigFile(name, file, folder);
    if (!isInstalled('onnxruntime-web') || !isInstalled('@huggingface/tokenizers'))
      throw new ModelTrouble(notInstalled);
  });
}

/** @throws ModelTrouble where it is not, byte for byte, what the card knows */
export function readBigFile(name: string, { sha256 }: BigFile, folder: URL): Buffer {
  const bytes = readWhole(name, folder);
  if (hashOf(bytes) !== sha256) throw new ModelTrouble(wrong(name, 'damaged'));
  return bytes;
}

function readHeads<Card extends Hashed>(
  name: string,
  shape: z.ZodType<Card>,
  folder: URL,
  headsOf: (card: Card) => number,
): HeadFiles<Card> {
  const { card, bytes } = readFiles(name, shape, folder);
  const weights = readWordVectors(bytes);
  if (weights?.size !== headsOf(card)) throw new ModelTrouble(wrong(`${name}.bin`, 'damaged'));
  return { card, weights };
}

function readFiles<Card extends Hashed>(name: string, shape: z.ZodType<Card>, folder: URL) {
  const bytes = readWhole(`${name}.bin`, folder);
  const card = readCard(`${name}.json`, shape, folder);
  if (hashOf(bytes) !== card.sha256) throw new ModelTrouble(wrong(`${name}.bin`, 'damaged'));
  return { card, bytes };
}

interface Hashed {
  readonly sha256: string;
}

const notInstalled =
  'What the precise judge runs on is not installed. `npm install --include=optional` in the folder of Earshot adds it.';

const wrong = (name: string, how: 'missing' | 'damaged' | 'of another version') =>
  `The ${/^(precise|tokenizer)\./.test(name) ? 'precise judge' : 'judge'}’s weights (data/model/${name}) are ${how}. Install Earshot again.`;

function troubleOf(read: () => unknown): string | null {
  try {
    read();
    return null;
  } catch (error) {
    if (error instanceof ModelTrouble) return error.message;
    throw error;
  }
}

function readWhole(name: string, folder: URL): Buffer {
  try {
    return readFileSync(new URL(name, folder));
  } catch {
    throw new ModelTrouble(wrong(name, 'missing'));
  }
}

function readCard<Card>(name: string, shape: z.ZodType<Card>, folder: URL): Card {
  const text = readWhole(name, folder).toString();
  let told: unknown;
  try {
    told = JSON.parse(text);
  } catch {
    throw new ModelTrouble(wrong(name, 'damaged'));
  }
  const card = shape.safeParse(told);
  if (!card.success) throw new ModelTrouble(wrong(name, 'of another version'));
  return card.data;
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
