/** All that judging needs to know beside the post and the brand, loaded once. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { readLanguages } from '../text/language.ts';
import type { FastJudge } from './judges/fast.ts';
import { ruleJudge } from './judges/rules.ts';
import { type Lexicon, readLexicon } from './lexicon.ts';

/** What people's marks taught us about one brand: log-odds by word, added to what the judges say. */
export interface Corrections {
  /** Changes with every mark that changes them. */
  readonly version: string;
  readonly relevance: ReadonlyMap<string, number>;
  readonly complaint: ReadonlyMap<string, number>;
}

export interface Knowledge {
  /** Of judge, rules and word lists; findings carry it. */
  readonly version: string;
  /** By language (ISO 639-1). */
  readonly lexicons: ReadonlyMap<string, Lexicon>;
  readonly names: NameLore;
  readonly judge: FastJudge;
  /** By brand id; empty until people mark. */
  readonly corrections: ReadonlyMap<string, Corrections>;
}

/** What helps to tell a business from an ordinary word. */
export interface NameLore {
  /** Words that are also names of businesses. */
  readonly ordinary: ReadonlySet<string>;
  /** Words of one trade each. */
  readonly trades: readonly ReadonlySet<string>[];
}

/** Changes when the rules that stand in code do. */
const rulesVersion = 1;

const wordsOf = z.string().transform((text) => new Set(text.split(/\s+/)));
const LoreShape = z.strictObject({ ordinary: wordsOf, trades: z.record(z.string(), wordsOf) });

/** The word list that holds for every language; in `lexicons` under this name. */
export const anyLanguage = 'any';

const folder = new URL('../../data/lexicon/', import.meta.url);

/** Reads the word lists that ship with Earshot (found from this module, never from the working directory). Throws where one is missing or broken. */
export function loadKnowledge(corrections: ReadonlyMap<string, Corrections> = new Map()): Knowledge {
  const read = [...readLanguages, anyLanguage].map((language) => readLexicon(new URL(`${language}.yaml`, folder)));
  const loreSource = readFileSync(new URL('names.yaml', folder), 'utf8');
  const lore = LoreShape.parse(parse(loreSource));
  const judge = ruleJudge();
  const hash = createHash('sha256').update(loreSource);
  for (const { source } of read) hash.update(source);
  return {
    version: `${judge.version}.${rulesVersion}.${hash.digest('hex').slice(0, 8)}`,
    lexicons: new Map(read.map(({ lexicon }) => [lexicon.language, lexicon])),
    names: { ordinary: lore.ordinary, trades: Object.values(lore.trades) },
    judge,
    corrections,
  };
}
