/** What is never, or only with care, said to a customer: the shape of `data/replies/`, and how it is read. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { bindPhrases, type Phrasebook } from '../findings/phrases.ts';
import { readLanguages } from '../text/language.ts';

/** `never` stays unsaid; `careful` may stand where a person has thought about it. */
export type Severity = 'never' | 'careful';

const phrases = z.array(z.string().min(1)).min(1);

const RuleShape = z.strictObject({
  rule: z.string(),
  severity: z.enum(['never', 'careful']),
  why: z.string(),
  /** Where the words themselves do not say what to write instead. */
  rewrite: z.string().optional(),
});
export type Rule = z.infer<typeof RuleShape>;

/** What is listened for beside the rules; what each is for stands at its words in `data/replies/en.yaml`. */
const marks = ['day', 'thanks', 'amends', 'way', 'theirs', 'ours', 'private', 'private-anyway'] as const;
export type Mark = (typeof marks)[number];

const TongueShape = z.strictObject({
  language: z.enum(readLanguages),
  lists: z.record(z.string(), phrases),
  /** Every noun begins with a capital: a name is one that stands without an article. */
  capitals: z.boolean().default(false),
  /** What stands before nouns, where `capitals`. */
  articles: z.array(z.string()).default([]),
  rules: z.array(
    z.strictObject({
      rule: z.string(),
      /** What to write instead, in the language of the draft. */
      rewrite: z.string(),
      /** No order where a name and a way to reach somebody stand with it. */
      invites: z.boolean().default(false),
      say: phrases,
      /** What the words are part of where nothing is wrong with them; holds for the rule as a whole. */
      fine: z.array(z.string()).default([]),
    }),
  ),
  marks: z.record(z.enum(marks), phrases),
});

const AnyShape = z.strictObject({ nobody: phrases, titles: phrases });

/** Some words that were looked for. */
export type Saying =
  | { readonly part: 'wrong'; readonly rule: string; readonly rewrite: string; readonly invites: boolean; readonly say: readonly string[] }
  | { readonly part: 'fine'; readonly rule: string; readonly say: readonly string[] }
  | { readonly part: 'mark'; readonly mark: Mark; readonly say: readonly string[] }; // biome-ignore format: a table

/** What a draft of one language is read with. */
export interface Tongue {
  readonly phrases: Phrasebook<Saying>;
  readonly capitals: boolean;
  readonly articles: ReadonlySet<string>;
}

export interface Rulebook {
  /** By name, in the order in which they are told. */
  readonly rules: ReadonlyMap<string, Rule>;
  /** Null for a language whose words Earshot does not know. */
  tongue(language: string): Tongue | null;
  /** Words with a capital that are nobody's name. */
  readonly nobody: ReadonlySet<string>;
  readonly titles: ReadonlySet<string>;
}

const folder = new URL('../../data/replies/', import.meta.url);

/** Reads the rules that ship with Earshot. Throws with the file's name where one is missing or broken. */
export function loadRulebook(): Rulebook {
  const rules = readAs('rules', z.array(RuleShape));
  const { nobody, titles } = readAs('any', AnyShape);
  const known = new Map<string, Tongue>();
  return {
    rules: new Map(rules.map((rule) => [rule.rule, rule])),
    nobody: new Set(nobody),
    titles: new Set(titles),
    tongue: (asked) => {
      const language = readLanguages.find((one) => one === asked);
      if (!language) return null;
      const tongue = known.get(language) ?? readTongue(language);
      known.set(language, tongue);
      return tongue;
    },
  };
}

function readTongue(language: string): Tongue {
  const { lists, rules, capitals, articles, marks } = readAs(language, TongueShape);
  const said = rules.flatMap(({ rule, rewrite, invites, say, fine }): Saying[] => [
    { part: 'wrong', rule, rewrite, invites, say },
    ...(fine.length > 0 ? [{ part: 'fine', rule, say: fine } as const] : []),
  ]);
  const marked = Object.entries(marks).map(([mark, say]): Saying => ({ part: 'mark', mark: mark as Mark, say }));
  return { phrases: bindPhrases([{ rules: [...said, ...marked], lists }]), capitals, articles: new Set(articles) };
}

function readAs<Shape>(name: string, shape: z.ZodType<Shape>): Shape {
  try {
    return shape.parse(parse(readFileSync(new URL(`${name}.yaml`, folder), 'utf8')));
  } catch (cause) {
    throw new Error(`The rules for answers in ${name}.yaml cannot be read.`, { cause });
  }
}
