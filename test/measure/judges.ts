/** Who is measured: our judges, the word lists they are held against, and the one who flags everything. */
import type { Brand } from '../../src/brand.ts';
import { assess } from '../../src/findings/assess.ts';
import { preciseTrouble } from '../../src/findings/judges/model.ts';
import { type PreciseJudge, preciseJudge } from '../../src/findings/judges/precise.ts';
import { preciseInput } from '../../src/findings/judges/precise-input.ts';
import { listTopicJudge } from '../../src/findings/judges/topics.ts';
import { loadKnowledge } from '../../src/findings/knowledge.ts';
import type { Opinion } from '../../src/findings/opinion.ts';
import { compileBrands, type Matcher } from '../../src/match/match.ts';
import type { Findings, RelevanceVerdict, SentimentLabel } from '../../src/mention.ts';
import type { Asked } from './labelled.ts';

/** What any judge makes of a post. */
export interface Answer {
  readonly flagged: boolean;
  /** The more, the surer that it is a complaint; on the judge's own scale. */
  readonly score: number;
  /** The same as a probability; null where the judge gives none. */
  readonly probability: number | null;
  /** Null where the judge doesn't ask. */
  readonly about: RelevanceVerdict | null;
  /** The more, the worse; on the judge's own scale. */
  readonly severity: number | null;
  readonly sentiment: SentimentLabel | null;
  /** Null where the judge doesn't ask. */
  readonly topics: readonly string[] | null;
}

export interface Judge {
  readonly name: string;
  /** Files it cannot judge without, and folders of such (ending in `/`). Null where there is nothing to load or to time. */
  readonly weights: readonly URL[] | null;
  /** Only what it says of topics is told: beside that it is the fast judge. */
  readonly topicsAlone?: boolean;
  /** In the order of the posts. What it needs is loaded at the first call, so that a process holds one judge alone. */
  judge(posts: readonly Asked[]): Promise<readonly Answer[]>;
  /** What a process of its own took up to now, where it has one. */
  used?(): { readonly cpuMs: number; readonly peakMb: number };
}

/** Our findings as any judge's answer: flagged is what `list` shows. */
export function answerOf({ complaint, relevance, severity, sentiment, topics }: Findings): Answer {
  return {
    flagged: complaint.verdict === 'complaint' && relevance.verdict !== 'other',
    score: complaint.probability,
    probability: complaint.probability,
    about: relevance.verdict,
    severity,
    sentiment: sentiment.label,
    topics,
  };
}

/** Findings as `earshot assess --judge fast` makes them, or with what slow judges say. */
export function findingsBy(knowledge = loadKnowledge()): (asked: Asked, opinions?: readonly Opinion[]) => Findings {
  const matchers = new WeakMap<Brand, Matcher>();
  return ({ post, brand }, opinions = []) => {
    if (!brand) return assess(post, null, [], knowledge, opinions);
    const matcher = matchers.get(brand) ?? compileBrands([brand]);
    matchers.set(brand, matcher);
    return assess(post, brand, matcher.find(post)[0]?.hits ?? [], knowledge, opinions);
  };
}

/** One process for a whole run: it ends with ours. */
let slow: PreciseJudge | null = null;
let finding: ReturnType<typeof findingsBy> | undefined;

/** Findings as `earshot assess --judge precise` makes them; `auto` asks the precise judge only where the fast one doubts. */
export async function preciseFindings(
  posts: readonly Asked[],
  by: 'precise' | 'auto' = 'precise',
): Promise<readonly Findings[]> {
  finding ??= findingsBy();
  const find = finding;
  slow ??= preciseJudge();
  if (!slow) throw new Error(`There is no precise judge: ${preciseTrouble()}.`);
  const first = by === 'auto' ? posts.map((asked) => find(asked)) : [];
  const asked = posts.filter((_, place) => first[place]?.doubtful ?? true);
  const said = await slow.judge(asked.map(({ post, brand }) => preciseInput(post, brand)));
  const opinions = new Map(asked.map((one, place) => [one, said[place]]));
  return posts.map((one, place) => {
    const opinion = opinions.get(one);
    return opinion ? find(one, [opinion]) : (first[place] ?? find(one));
  });
}

const fromHere = (path: string) => new URL(path, import.meta.url);
const fromPackage = (name: string, path: string) => new URL(path, import.meta.resolve(name));
const afinnFiles = ['../languages/en/labels.json', '../build/emoji.json'].map((path) => fromPackage('sentiment', path));

const fastFiles = [
  fromHere('../../data/lexicon/'),
  ...['fast.bin', 'words.bin', 'topics.bin', 'apart.bin'].map((name) => fromHere(`../../data/model/${name}`)),
  ...afinnFiles,
];

function fast(): Judge {
  let loaded: ReturnType<typeof findingsBy> | undefined;
  return {
    name: 'fast',
    weights: fastFiles,
    judge: async (posts) => {
      loaded ??= findingsBy();
      const find = loaded;
      return posts.map((asked) => answerOf(find(asked)));
    },
  };
}

/** The fast judge with the precise one's word: on everything, or, as people have it who choose nothing, on what the fast one doubts. */
function slowly(name: 'precise' | 'auto'): Judge {
  return {
    name,
    weights: [...fastFiles, ...['precise.onnx', 'tokenizer.json'].map((file) => fromHere(`../../data/model/${file}`))],
    judge: async (posts) => (await preciseFindings(posts, name)).map(answerOf),
    used: () => slow?.used() ?? { cpuMs: 0, peakMb: 0 },
  };
}

/** A word list with its own idea of below zero; `neutral` is how far from it a text still says nothing. */
function wordList(
  name: string,
  weights: readonly URL[],
  load: () => Promise<(text: string) => number>,
  neutral = 0,
): Judge {
  let weigh: ((text: string) => number) | undefined;
  return {
    name,
    weights,
    judge: async (posts) => {
      weigh ??= await load();
      const sums = [];
      for (const { post } of posts) sums.push(weigh(post.title ? `${post.title} ${post.text}` : post.text));
      return sums.map((sum): Answer => {
        const side = Math.abs(sum) <= neutral ? 0 : Math.sign(sum);
        const sentiment = side < 0 ? 'negative' : side > 0 ? 'positive' : 'neutral';
        return {
          flagged: side < 0,
          score: -sum,
          probability: null,
          about: null,
          severity: -sum,
          sentiment,
          topics: null,
        };
      });
    },
  };
}

/** The name of the judge to whom everything is a complaint: what any other must beat. */
export const flagsAll = 'all';

const everything: Judge = {
  name: flagsAll,
  weights: null,
  judge: async (posts) =>
    posts.map(() => ({
      flagged: true,
      score: 0,
      probability: null,
      about: null,
      severity: null,
      sentiment: null,
      topics: null,
    })),
};

/** The fast judge, with the topics that the word lists name: what the learnt ones must beat. */
function lists(): Judge {
  let loaded: ReturnType<typeof findingsBy> | undefined;
  return {
    name: 'lists',
    weights: null,
    topicsAlone: true,
    judge: async (posts) => {
      loaded ??= findingsBy(loadKnowledge(undefined, listTopicJudge()));
      const find = loaded;
      return posts.map((asked) => answerOf(find(asked)));
    },
  };
}

export const judges: readonly Judge[] = [
  fast(),
  ...(preciseTrouble() === null ? [slowly('auto'), slowly('precise')] : []),
  wordList('afinn', afinnFiles, async () => {
    const { default: Sentiment } = await import('sentiment');
    const afinn = new Sentiment();
    return (text) => afinn.analyze(text).score;
  }),
  wordList(
    'vader',
    [fromPackage('vader-sentiment', './vaderSentiment.bundle.js')],
    async () => {
      const { default: vader } = await import('vader-sentiment');
      return (text) => vader.SentimentIntensityAnalyzer.polarity_scores(text).compound;
    },
    // As its authors have it: 0.05 and further is a side.
    0.05 - Number.EPSILON,
  ),
  wordList(
    'wink',
    ['./afinn-en-165.js', './afinn-en-165-2grams.js', './emojis.js', './emoticons.js'].map((path) =>
      fromPackage('wink-sentiment', path),
    ),
    async () => {
      const { default: wink } = await import('wink-sentiment');
      return (text) => wink(text).normalizedScore;
    },
  ),
  everything,
  lists(),
];
