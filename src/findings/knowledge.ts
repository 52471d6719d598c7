/** All that judging needs to know beside the post and the brand, loaded once. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { readLanguages } from '../text/language.ts';
import type { Corrections } from './corrections.ts';
import type { Cue } from './cues.ts';
import { type ApartJudge, learnedApart } from './judges/apart.ts';
import type { FastJudge } from './judges/fast.ts';
import { learnedJudge, readFastWeights } from './judges/learned.ts';
import { learnedTopics } from './judges/learned-topics.ts';
import { readApartFiles, readShippedVectors, readTopicFiles } from './judges/model.ts';
import { type Signs, signsBy } from './judges/signs.ts';
import type { TopicJudge } from './judges/topics.ts';
import { bindTongue, type Lexicon, readLexicon, type Tongue } from './lexicon.ts';
import type { Reading } from './reading.ts';

export interface Knowledge {
  /** Of judge, rules and word lists; findings carry it. */
  readonly version: string;
  /** What to read a post with: its language (ISO 639-1), null where that is unknown. */
  tongue(language: string | null): Tongue;
  readonly names: NameLore;
  /** What learned judges weigh of a post. */
  signs(reading: Reading, cues: readonly Cue[]): Signs;
  readonly judge: FastJudge;
  readonly topics: TopicJudge;
  readonly apart: ApartJudge;
  /** By brand id; empty until people mark. */
  readonly corrections: ReadonlyMap<string, Corrections>;
}

/** What helps to tell a business from an ordinary word. */
export interface NameLore {
  /** Words that are also names of businesses. */
  readonly ordinary: ReadonlySet<string>;
  /** Words of one trade each. */
  readonly trades: readonly ReadonlySet<string>[];
  /** Words of gardens and animals: beside them a name taken from nature means the thing itself. */
  readonly nature: ReadonlySet<string>;
}

/** Changes when the rules that stand in code do. */
const rulesVersion = 8;

const wordsOf = z.string().transform((text) => new Set(text.split(/\s+/)));
const LoreShape = z.strictObject({ ordinary: wordsOf, nature: wordsOf, trades: z.record(z.string(), wordsOf) });

/** The word list that holds for every language. */
const anyLanguage = 'any';

const folder = new URL('../../data/lexicon/', import.meta.url);

/** Reads the word lists that ship with Earshot (found from this module, never from the working directory). Throws where one is missing or broken. */
export function loadKnowledge(
  judge: FastJudge = learnedJudge(readFastWeights()),
  topics: TopicJudge = learnedTopics(readTopicFiles()),
  apart: ApartJudge = learnedApart(readApartFiles()),
): Knowledge {
  const read = [...readLanguages, anyLanguage].map((language) => readLexicon(new URL(`${language}.yaml`, folder)));
  const loreSource = readFileSync(new URL('names.yaml', folder), 'utf8');
  const lore = LoreShape.parse(parse(loreSource));
  const hash = createHash('sha256').update(loreSource);
  for (const { source } of read) hash.update(source);
  return {
    version: `${judge.version}.${topics.version}.${apart.version}.${rulesVersion}.${hash.digest('hex').slice(0, 8)}`,
    tongue: tonguesOf(read.map(({ lexicon }) => lexicon)),
    names: { ordinary: lore.ordinary, nature: lore.nature, trades: Object.values(lore.trades) },
    signs: signsBy(readShippedVectors()),
    judge,
    topics,
    apart,
    corrections: new Map(),
  };
}

/** Each is bound when first needed: most owners' posts are in one or two languages. */
function tonguesOf(lexicons: readonly Lexicon[]): Knowledge['tongue'] {
  const bound = new Map<string | null, Tongue>();
  const spoken = new Set(lexicons.map(({ language }) => language));
  return (asked) => {
    const language = asked === null || spoken.has(asked) ? asked : anyLanguage;
    const known = bound.get(language);
    if (known) return known;
    const fitting = lexicons.filter(
      (each) => language === null || each.language === language || each.language === anyLanguage,
    );
    const made = bindTongue(fitting);
    bound.set(language, made);
    return made;
  };
}

/** What findings for this brand carry: the judges' version, and that of its marks where there are any. */
export function versionFor({ version, corrections }: Knowledge, brandId: string | undefined): string {
  const marks = brandId === undefined ? undefined : corrections.get(brandId);
  return marks ? `${version}+${marks.version}` : version;
}
