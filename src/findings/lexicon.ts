/** The shape of the word lists in `data/lexicon/`, and how they are read. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { bindPhrases, type Chapter, type Heard, type Phrasebook } from './phrases.ts';
import type { Token } from './reading.ts';
import { perWord } from './spelling.ts';

/**
 * What a phrase speaks for: `wrong` something went wrong, `bad` a harsh word, `grave` harm or threat, `help` a request
 * for help, `praise` the contrary of a complaint, `idiom` words that mean something else than they seem, `settled` it
 * has been put right, `apart` no customer's voice (news, jobs, adverts), `advice` what to do, told to somebody else, `asks` a question before buying, `supposed`
 * only imagined, `lately` chatter about oneself.
 */
export const kinds = [
  'wrong',
  'bad',
  'grave',
  'help',
  'praise',
  'idiom',
  'settled',
  'apart',
  'advice',
  'asks',
  'supposed',
  'lately',
] as const;
export type Kind = (typeof kinds)[number];

export const topicNames = [
  'billing', 'refund', 'delivery', 'quality', 'staff', 'waiting', 'bug', 'cancellation', 'privacy', 'safety',
  'accessibility', 'discrimination', 'price', 'other',
] as const; // biome-ignore format: a table
export type TopicName = (typeof topicNames)[number];

const phrase = z.string().min(1);
const RuleShape = z.strictObject({
  rule: z.string(),
  kind: z.enum(kinds),
  /** Log-odds towards a complaint; towards none where the kind says so. */
  weight: z.number().min(0).max(6),
  severity: z.number().min(0).max(4).default(0),
  topics: z.array(z.enum(topicNames)).default([]),
  /** A person should see it whatever the judges say; what is `grave` always is so. */
  rises: z.boolean().default(false),
  /** What the words are worth on AFINN's scale, instead of their own values. */
  valence: z.number().min(-5).max(5).optional(),
  say: z.array(phrase).min(1),
});

const listsOf = z.record(z.string(), z.array(phrase)).default({});

/** Ways to say that something was put right: `sure` by itself, `deed` and `word` only beside each other, `open` that it was not. */
const SettledShape = z.strictObject({
  /** Beside the lists of the whole. */
  lists: listsOf,
  sure: z.array(phrase),
  deed: z.array(phrase),
  word: z.array(phrase),
  open: z.array(phrase),
});

/**
 * Beside the rules, what must rise whatever the judges say: `harm` and `danger` to somebody, `data` that leaked, `slight` for what
 * somebody is, `law` and regulators; to have `asked` more than once; to be `loyal` for years, beside that one `leaves`.
 */
const RisingShape = z.strictObject({
  /** Beside the lists of the whole. */
  lists: listsOf,
  harm: z.array(phrase),
  danger: z.array(phrase),
  data: z.array(phrase),
  slight: z.array(phrase),
  law: z.array(phrase),
  asked: z.array(phrase),
  loyal: z.array(phrase),
  leaves: z.array(phrase),
});

const LexiconShape = z.strictObject({
  language: z.string(),
  lists: listsOf,
  /** Words that turn round what follows, and words that make it more or less. */
  negators: z.array(phrase).default([]),
  stronger: z.array(phrase).default([]),
  weaker: z.array(phrase).default([]),
  turns: z.array(phrase).default([]),
  /** Words after which something is only imagined. */
  suppose: z.array(phrase).default([]),
  /** Words whose AFINN value misleads in what customers write. */
  valence: z.record(z.string(), z.number()).default({}),
  /** Words by which somebody speaks of themselves. */
  self: z.array(phrase).default([]),
  /** Words of business: a harsh word beside them is aimed at somebody who sells. */
  business: z.array(phrase).default([]),
  topics: z.partialRecord(z.enum(topicNames), z.array(phrase)).default({}),
  rules: z.array(RuleShape),
  settled: SettledShape.optional(),
  rising: RisingShape.optional(),
});

export type Rule = z.infer<typeof RuleShape>;
export interface TopicRule {
  readonly topic: TopicName;
  readonly say: readonly string[];
}

/** A way to say that what went wrong was put right, or not. No judge learns from these, so they may grow without teaching one anew. */
export type SettledRule = Rule & { readonly settles: true };
/** A way to say what must rise. No judge learns from these, either. */
export type RisingRule = Rule & { readonly part: RisingPart };
export type RisingPart = Exclude<keyof z.infer<typeof RisingShape>, 'lists'>;
export type AnyRule = Rule | TopicRule | SettledRule | RisingRule;

export interface Lexicon {
  readonly language: string;
  readonly chapters: readonly Chapter<AnyRule>[];
  readonly negators: ReadonlySet<string>;
  readonly stronger: ReadonlySet<string>;
  readonly weaker: ReadonlySet<string>;
  readonly turns: ReadonlySet<string>;
  readonly suppose: ReadonlySet<string>;
  readonly self: ReadonlySet<string>;
  readonly business: ReadonlySet<string>;
  readonly valence: ReadonlyMap<string, number>;
}

/** What the word lists know of a word by itself: in which of their lists it stands. */
export interface Lore {
  readonly negates: boolean;
  readonly supposes: boolean;
  readonly self: boolean;
  readonly business: boolean;
}

/** Several word lists bound for one search: what a post of one language is read with. */
export interface Tongue {
  readonly phrases: Phrasebook<AnyRule>;
  lore(token: Token): Lore;
  /** English's own, where it is among them: only its words have values. */
  readonly english: Lexicon | null;
}

/** Binds word lists. Throws with the phrase that cannot be read. */
export function bindTongue(lexicons: readonly Lexicon[]): Tongue {
  const union = (list: 'negators' | 'suppose' | 'self' | 'business') =>
    new Set(lexicons.flatMap((lexicon) => [...lexicon[list]]));
  const [negators, suppose, self, business] = [union('negators'), union('suppose'), union('self'), union('business')];
  return {
    phrases: bindPhrases(lexicons.flatMap(({ chapters }) => chapters)),
    lore: perWord((text) => ({
      negates: negators.has(text),
      supposes: suppose.has(text),
      self: self.has(text),
      business: business.has(text),
    })),
    english: lexicons.find(({ language }) => language === 'en') ?? null,
  };
}

/** Reads one word list. Throws with the file's name where it is missing, is no YAML, or has another shape. */
export function readLexicon(file: URL): { readonly lexicon: Lexicon; readonly source: string } {
  const source = readFileSync(file, 'utf8');
  try {
    const { lists, rules, settled, rising, ...read } = LexiconShape.parse(parse(source));
    const topics = topicNames.flatMap((topic) => (read.topics[topic] ? [{ topic, say: read.topics[topic] }] : []));
    const lexicon = {
      language: read.language,
      chapters: [
        { rules: [...rules, ...topics], lists },
        { rules: settled ? settledRules(settled) : [], lists: { ...lists, ...settled?.lists } },
        { rules: rising ? risingRules(rising) : [], lists: { ...lists, ...rising?.lists } },
      ],
      negators: new Set(read.negators),
      stronger: new Set(read.stronger),
      weaker: new Set(read.weaker),
      turns: new Set(read.turns),
      suppose: new Set(read.suppose),
      self: new Set(read.self),
      business: new Set(read.business),
      valence: new Map(Object.entries(read.valence)),
    };
    return { lexicon, source };
  } catch (cause) {
    throw new Error(`The word list ${file.pathname.split('/').at(-1)} cannot be read.`, { cause });
  }
}

/** Of two that overlap the weightier stays. */
function settledRules({ sure, deed, word, open }: z.infer<typeof SettledShape>): readonly SettledRule[] {
  const plain = { settles: true as const, severity: 0, topics: [], rises: false };
  return [
    { ...plain, rule: 'sure', kind: 'settled', weight: 3, say: sure },
    { ...plain, rule: 'deed', kind: 'settled', weight: 2, say: deed },
    { ...plain, rule: 'word', kind: 'settled', weight: 1, say: word },
    { ...plain, rule: 'open', kind: 'wrong', weight: 3, say: open },
  ];
}

/** They are told by the names of the rules that judges learnt, where there is one. */
function risingRules({ lists: _, ...parts }: z.infer<typeof RisingShape>): readonly RisingRule[] {
  const plain = { weight: 2.6, topics: [], rises: true };
  const grave = { ...plain, kind: 'grave' as const, severity: 4 };
  const wrong = { ...plain, kind: 'wrong' as const, severity: 2.6 };
  return [
    { ...grave, part: 'harm', rule: 'harm', say: parts.harm },
    { ...wrong, part: 'danger', rule: 'danger', severity: 3, say: parts.danger },
    { ...grave, part: 'data', rule: 'private data', say: parts.data },
    { ...grave, part: 'slight', rule: 'discrimination', say: parts.slight },
    { ...grave, part: 'law', rule: 'legal threat', severity: 3.6, say: parts.law },
    { ...wrong, part: 'asked', rule: 'unanswered again', say: parts.asked },
    { ...wrong, part: 'loyal', rule: 'leaves after years', say: parts.loyal },
    { ...wrong, part: 'leaves', rule: 'leaves after years', say: parts.leaves },
  ];
}

/** Whether a rule that was heard tells something of the post. */
export function isRule(heard: Heard<AnyRule>): heard is Heard<Rule> {
  return 'kind' in heard.rule && !('settles' in heard.rule) && !('part' in heard.rule);
}

/** Whether a rule that was heard is of what must rise. */
export function isRising(heard: Heard<AnyRule>): heard is Heard<RisingRule> {
  return 'part' in heard.rule;
}

/** Whether a rule that was heard names a topic. */
export function isTopic(heard: Heard<AnyRule>): heard is Heard<TopicRule> {
  return 'topic' in heard.rule;
}

/** Whether a rule that was heard tells that something was put right, or not. */
export function isSettling(heard: Heard<AnyRule>): heard is Heard<SettledRule> {
  return 'settles' in heard.rule;
}
