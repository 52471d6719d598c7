/** `earshot assess`: judges texts given as JSON lines on stdin; needs no config and no database. */
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { Brand } from '../../brand.ts';
import type { Edges } from '../../edges.ts';
import { AssessLine } from '../../face/assess.ts';
import { assess } from '../../findings/assess.ts';
import { type PreciseJudge, preciseJudge } from '../../findings/judges/precise.ts';
import { preciseInput } from '../../findings/judges/precise-input.ts';
import { tellFrom, toldBy } from '../../findings/judges/told.ts';
import { type Knowledge, loadKnowledge } from '../../findings/knowledge.ts';
import { fastAlone, howJudged } from '../../jobs/how-judged.ts';
import { reasonFace } from '../../jobs/mention-face.ts';
import { passingBrand } from '../../jobs/passing-brand.ts';
import { compileBrands, type Match } from '../../match/match.ts';
import { barePost, type Findings, type Post } from '../../mention.ts';
import { jsonText } from '../../text/json.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly judge: 'fast' | 'precise' | 'auto';
}

/** A line is answered before the next one is read, so that another program may ask and wait. */
export async function command(edges: Edges, options: Options): Promise<number> {
  const wished = options.judge === 'auto' && edges.env.EARSHOT_JUDGE === 'fast' ? 'fast' : options.judge;
  const slow = preciseFor(wished, edges);
  const knowledge = loadKnowledge();
  const lines = createInterface({ input: Readable.from(edges.stdin), crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  let code = 0;
  for await (const line of lines) {
    edges.signal.throwIfAborted();
    number += 1;
    const read = readLine(line, knowledge);
    if (typeof read === 'string') code = 1;
    const told =
      typeof read === 'string' ? { error: `line ${number}: ${read}` } : await answerTo(read, wished, slow, knowledge);
    edges.terminal.out(`${jsonText(told)}\n`);
  }
  await slow?.close();
  return code;
}

/** @throws Misuse where it was asked for and is not there */
function preciseFor(wished: Options['judge'], { terminal }: Edges): PreciseJudge | null {
  const stands = howJudged({ EARSHOT_JUDGE: wished }, { whole: wished !== 'fast' });
  const alone = fastAlone(stands);
  if (stands === null || alone === null) return stands && preciseJudge();
  if (wished === 'precise')
    throw new Misuse(
      `It cannot be judged precisely. ${'trouble' in stands ? stands.trouble : ''} --judge fast does without.`,
    );
  terminal.err(`${alone}\n`);
  return null;
}

/** One line, and what is thought of it. */
interface Judged {
  readonly post: Post;
  readonly brand: Brand | null;
  readonly match: Match | null;
  readonly findings: Findings;
}

async function answerTo(read: Judged, wished: Options['judge'], slow: PreciseJudge | null, knowledge: Knowledge) {
  const { post, brand, match, findings } = read;
  if (!slow || (wished === 'auto' && !findings.doubtful)) return faceOf(read);
  const input = preciseInput(post, brand);
  const [opinion] = await slow.judge([input]);
  if (!opinion) return faceOf(read);
  const told = opinion.complaint >= tellFrom ? await toldBy(slow, input, opinion.complaint) : [];
  const opinions = [{ ...opinion, told }];
  return faceOf({ ...read, findings: assess(post, brand, match?.hits ?? [], knowledge, opinions) });
}

/** What the fast judge thinks of it, or what is wrong with the line. */
function readLine(line: string, knowledge: Knowledge): Judged | string {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    return line.trim() === '' ? 'this is empty' : 'this is not JSON';
  }
  const parsed = AssessLine.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `${issue?.path.join('.') || 'the line'}: ${issue?.message ?? 'is not as it should be'}`;
  }
  const { brand: named } = parsed.data;
  const brand = named ? passingBrand(named.name, named) : null;
  const post = postOf(parsed.data);
  const match = (brand && compileBrands([brand]).find(post)[0]) ?? null;
  return { post, brand, match, findings: assess(post, brand, match?.hits ?? [], knowledge, []) };
}

function faceOf({ post, brand, match, findings }: Judged): object {
  const { language, sentiment, praise, complaint, severity, urgency, topics, reasons } = findings;
  // Not named: the words alone cannot tell.
  const relevance = brand === null ? null : match ? findings.relevance : { verdict: 'unsure', probability: 0.5 };
  return {
    language,
    relevance,
    sentiment,
    complaint,
    severity,
    urgency,
    praise,
    topics,
    reasons: reasons.map((reason) => reasonFace(reason, { post })),
  };
}

function postOf({ text, title = null, language = null, rating = null }: AssessLine): Post {
  return barePost('assess', text, { title, language, rating });
}
