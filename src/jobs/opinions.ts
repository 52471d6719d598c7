/** What the slow judges say of posts: what they said before is kept, what is new is asked for, no more of it than wished. */
import { createHash } from 'node:crypto';
import type { Brand } from '../brand.ts';
import type { PreciseJudge } from '../findings/judges/precise.ts';
import { type PreciseInput, preciseInput } from '../findings/judges/precise-input.ts';
import { secondInput } from '../findings/judges/second-opinion.ts';
import { tellFrom, toldBy } from '../findings/judges/told.ts';
import type { Opinion } from '../findings/opinion.ts';
import type { Post } from '../mention.ts';
import { type KeptOpinion, type OpinionKey, opinionsOn, saveOpinions } from '../store/opinions.ts';
import type { JudgedPost } from './judge-posts.ts';
import type { Tools } from './tools.ts';

/** A post and the brand that it is judged for. */
export interface Asked {
  readonly post: Post;
  readonly brandId: string;
}

/** What is said of a post for a brand; empty where nobody was asked. */
export type Opinions = (asked: Asked) => readonly Opinion[];

export const noOpinions: Opinions = () => [];

/** So many posts at once are few: then all of them are asked about, not only those that the fast judge doubts. */
const few = 40;
/** More than so many are a flood: it is taken in first, and what is doubtful of it is read afterwards. */
const flood = 120;

/** How many more posts may be asked about: a flood of them must not hold everything up. It is counted down. */
export interface Patience {
  left: number;
  /** Milliseconds UTC: from then on nobody is asked, however many are left. */
  readonly until?: number;
}

/** For one look or one file: some ten seconds. */
export const usualPatience = (): Patience => ({ left: 200 });

/** The posts worth asking about while they are taken in: all, the doubtful ones, or none, the more there are. */
export function worthAsking(judged: readonly JudgedPost[]): readonly Asked[] {
  if (judged.reduce((sum, { mentions }) => sum + mentions.length, 0) > flood) return [];
  const all = judged.flatMap(({ post, mentions }) =>
    mentions.map(({ brandId, findings }) => ({ post, brandId, findings })),
  );
  return all.length <= few ? all : all.filter(({ findings }) => findings.doubtful);
}

/**
 * Asks the precise judge; where there is none, nothing is read or written and nobody is heard. A judge that has died is told of and
 * not asked: the fast one's word stands.
 */
export async function askPrecise(
  tools: Tools,
  wanted: readonly Asked[],
  patience: Patience,
  keep: boolean,
): Promise<Opinions> {
  const judge = wanted.length > 0 ? await tools.precise() : null;
  if (!judge) return noOpinions;
  const asked = wanted.flatMap((each) => {
    const brand = tools.brands.get(each.brandId);
    return brand ? [keyed(preciseInput(each.post, brand), judge.version)] : [];
  });
  const known = await keptOpinions(tools, asked);
  const fresh = new Map(asked.filter(({ key }) => !known.has(nameOf(key))).map((each) => [nameOf(each.key), each]));
  const questions = [...fresh.values()].slice(0, Math.max(0, patience.left));
  patience.left -= questions.length;
  const answers = await answersTo(tools, judge, questions);
  if (keep && answers.length > 0)
    await tools.store.write('opinions', (tx) => saveOpinions(tx, answers, tools.clock.now()));
  for (const answer of answers) known.set(nameOf(answer), opinionOf(answer));
  return ({ post, brandId }) => {
    const brand: Brand | undefined = tools.brands.get(brandId);
    const opinion = brand && known.get(nameOf(keyed(preciseInput(post, brand), judge.version).key));
    return opinion ? [opinion] : [];
  };
}

interface Question {
  readonly input: PreciseInput;
  readonly key: OpinionKey;
}

/** Asked in pieces, so that a stop is heard between them. */
const atOnce = 8;

async function answersTo(tools: Tools, judge: PreciseJudge, questions: readonly Question[]): Promise<KeptOpinion[]> {
  const answers: KeptOpinion[] = [];
  for (let from = 0; from < questions.length; from += atOnce) {
    // Whoever stops us keeps what was said so far.
    if (tools.signal.aborted) return answers;
    const piece = questions.slice(from, from + atOnce);
    try {
      const said = await judge.judge(piece.map(({ input }) => input));
      for (const [place, { key, input }] of piece.entries()) {
        const opinion = said[place];
        if (!opinion) continue;
        const told = opinion.complaint >= tellFrom ? await toldBy(judge, input, opinion.complaint) : [];
        answers.push({ ...key, numbers: numbersOf({ ...opinion, told }) });
      }
    } catch (error) {
      if (!tools.signal.aborted)
        tools.log.warn({ trouble: String(error) }, 'the precise judge gave no answer; the fast one’s word stands');
      return answers;
    }
  }
  return answers;
}

async function keptOpinions(tools: Tools, asked: readonly Question[]): Promise<Map<string, Opinion>> {
  const texts = [...new Set(asked.map(({ key }) => key.text))];
  const kept = await tools.store.read('opinions', (tx) => opinionsOn(tx, texts));
  return new Map(kept.map((each) => [nameOf(each), opinionOf(each)]));
}

function keyed(input: PreciseInput, version: string): Question {
  return { input, key: keyOf(input, 'precise', version) };
}

/** What an opinion on these words for that brand is kept by. */
export function keyOf(
  words: { readonly text: string; readonly brand: string },
  judge: string,
  version: string,
): OpinionKey {
  return { text: printOf(words.text), brand: printOf(words.brand), judge, version };
}

/** 128 bits: enough that no two texts are ever taken for one. */
function printOf(words: string): string {
  return createHash('sha256').update(words).digest('hex').slice(0, 32);
}

/** What anybody's opinion on a post is kept by, whoever was asked. */
export function textPrints(post: Pick<Post, 'title' | 'text' | 'rating'>, brand: Brand): readonly string[] {
  const second = secondInput(post, brand);
  return [preciseInput(post, brand).text, ...(second ? [second.post] : [])].map(printOf);
}

/** A key as one text. */
export const nameOf = ({ text, brand, judge, version }: OpinionKey) => `${text} ${brand} ${judge} ${version}`;

/** Stretches are kept by their places: `told 12-40` is the weight of that one. */
function numbersOf({ complaint, relevance, severity, feeling = null, told = [] }: Opinion): KeptOpinion['numbers'] {
  const stretches = told.map(({ at: [start, end], weight }) => [`told ${start}-${end}`, weight] as const);
  return { complaint, relevance, severity, feeling, ...Object.fromEntries(stretches) };
}

function opinionOf({ judge, version, numbers }: KeptOpinion): Opinion {
  const { complaint, relevance, severity, feeling, ...more } = numbers;
  const told = Object.entries(more).flatMap(([name, weight]) => {
    const [, start, end] = /^told (\d+)-(\d+)$/.exec(name) ?? [];
    return start === undefined || weight === null ? [] : [{ at: [Number(start), Number(end)] as const, weight }];
  });
  return {
    judge,
    version,
    complaint: complaint ?? 0.5,
    relevance: relevance ?? null,
    severity: severity ?? null,
    feeling: feeling ?? null,
    told,
  };
}
