/** `earshot assess`: judges texts given as JSON lines on stdin; needs no config and no database. */
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ZodError } from 'zod';
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
import { barePost, type Findings, type Post, type Reason } from '../../mention.ts';
import { jsonText } from '../../text/json.ts';
import { placeWithLeftovers, withoutLeftovers } from '../../text/plain.ts';
import { count } from '../format.ts';
import { progressLine } from '../progress.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly judge: 'fast' | 'precise' | 'auto';
}

/** A line is answered before the next one is read, so that another program may ask and wait. */
export async function command(edges: Edges, options: Options): Promise<number> {
  const wished = options.judge === 'auto' && edges.env.EARSHOT_JUDGE === 'fast' ? 'fast' : options.judge;
  const slow = preciseFor(wished, edges);
  const knowledge = loadKnowledge();
  if (!edges.stdinPiped) edges.terminal.err(`${howToType}\n`);
  const lines = createInterface({ input: Readable.from(edges.stdin), crlfDelay: Number.POSITIVE_INFINITY });
  // On a screen the answers themselves say how far it is.
  const progress = progressLine(edges.terminal, edges.stdinPiped && edges.terminal.rows === undefined);
  let said = edges.clock.now();
  let number = 0;
  let wrong = 0;
  progress.say('Judging …');
  for await (const line of lines) {
    edges.signal.throwIfAborted();
    number += 1;
    const read = readLine(number === 1 ? line.replace(byteOrderMark, '') : line, knowledge);
    if (typeof read === 'string') wrong += 1;
    const told =
      typeof read === 'string' ? { error: `line ${number}: ${read}` } : await answerTo(read, wished, slow, knowledge);
    edges.terminal.out(`${jsonText(told)}\n`);
    if (edges.clock.now() - said < sayEveryMs) continue;
    said = edges.clock.now();
    progress.say(`Judging: ${count(number, 'line')} so far …`);
  }
  progress.end();
  await slow?.close();
  if (wrong > 0)
    edges.terminal.err(`${count(wrong, 'line')} of ${number} could not be read; an error stands in place of each.\n`);
  return wrong > 0 ? 1 : 0;
}

const howToType = 'Type or paste one JSON object a line, such as {"text": "Still no refund"}; Ctrl+D ends.';
const byteOrderMark = /^\ufeff/;
const sayEveryMs = 1000;

/** @throws Misuse where it was asked for and is not there */
function preciseFor(wished: Options['judge'], { terminal, signal }: Edges): PreciseJudge | null {
  const stands = howJudged({ EARSHOT_JUDGE: wished }, { whole: wished !== 'fast' });
  const alone = fastAlone(stands);
  if (stands === null || alone === null) return stands && preciseJudge(undefined, signal);
  if (wished === 'precise')
    throw new Misuse(
      `It cannot be judged precisely. ${'trouble' in stands ? stands.trouble : ''} --judge fast does without.`,
    );
  terminal.err(`${alone}\n`);
  return null;
}

/** One line, and what is thought of it. */
interface Judged {
  /** As it was given. */
  readonly text: string;
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
    return line.trim() === '' ? 'is empty.' : notAnObject;
  }
  const parsed = AssessLine.safeParse(raw);
  if (!parsed.success) return sentenceOf(parsed.error);
  const { brand: named } = parsed.data;
  const brand = named ? passingBrand(named.name, named) : null;
  const post = postOf(parsed.data);
  const match = (brand && compileBrands([brand]).find(post)[0]) ?? null;
  return {
    text: parsed.data.text,
    post,
    brand,
    match,
    findings: assess(post, brand, match?.hits ?? [], knowledge, []),
  };
}

const notAnObject = 'is not a whole JSON object; each line must be one, from { to }.';
const asWords = 'must be words in quotation marks';
const brandWish = 'must have a name, such as {"name": "Blue Door Coffee"}; aliases are a list, about is a sentence';

/** What each field wants. */
const wants: Readonly<Record<string, string>> = {
  text: `must be there, and ${asWords}`,
  title: asWords,
  language: `${asWords}, such as "en"`,
  rating: 'must have a value and a scale, such as {"value": 4, "scale": 5}',
  brand: brandWish,
};

function sentenceOf({ issues }: ZodError): string {
  const [field = ''] = issues[0]?.path.map(String) ?? [];
  const want = wants[field];
  return want === undefined ? notAnObject : `${field} ${want}.`;
}

/** Said where the words do not name the brand: they alone cannot tell. */
const notNamed: Reason = { of: 'relevance', rule: 'does not name you', field: 'text', at: null, weight: 0 };

function faceOf({ text, post, brand, match, findings }: Judged): object {
  const { language, sentiment, praise, resolved, complaint, severity, urgency, topics } = findings;
  const named = brand === null || match !== null;
  const relevance = brand === null ? null : named ? findings.relevance : { verdict: 'unsure', probability: 0.5 };
  const reasons = named ? findings.reasons : [notNamed, ...findings.reasons.filter(({ of }) => of !== 'relevance')];
  return {
    language,
    relevance,
    sentiment,
    complaint,
    severity,
    urgency,
    praise,
    resolved,
    topics,
    reasons: reasons.map((reason) => placedIn(text, reasonFace(reason, { post }))),
  };
}

/** Places are those of the text as it was given. */
function placedIn(text: string, { at, ...reason }: ReturnType<typeof reasonFace>) {
  return { ...reason, at: at && [placeWithLeftovers(text, at[0]), placeWithLeftovers(text, at[1])] };
}

function postOf({ text, title = null, language = null, rating = null }: AssessLine): Post {
  return barePost('assess', withoutLeftovers(text), { title: title && withoutLeftovers(title), language, rating });
}
