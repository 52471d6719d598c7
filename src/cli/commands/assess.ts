/** `earshot assess`: judges texts given as JSON lines on stdin; needs no config and no database. */
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { Edges } from '../../edges.ts';
import { AssessLine } from '../../face/assess.ts';
import { assess } from '../../findings/assess.ts';
import { type Knowledge, loadKnowledge } from '../../findings/knowledge.ts';
import { reasonFace } from '../../jobs/mention-face.ts';
import { passingBrand } from '../../jobs/passing-brand.ts';
import { compileBrands } from '../../match/match.ts';
import type { Post } from '../../mention.ts';
import { jsonText } from '../../text/json.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly judge: 'fast' | 'precise' | 'auto';
}

export async function command(edges: Edges, { judge }: Options): Promise<number> {
  if (judge === 'precise')
    throw new Misuse('There is no precise judge in this version yet; --judge fast is what there is.');
  const knowledge = loadKnowledge();
  let number = 0;
  let code = 0;
  for await (const line of createInterface({
    input: Readable.from(edges.stdin),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    number += 1;
    const answer = answerTo(line, knowledge);
    if (typeof answer === 'string') code = 1;
    edges.terminal.out(`${jsonText(typeof answer === 'string' ? { error: `line ${number}: ${answer}` } : answer)}\n`);
  }
  return code;
}

/** What is thought of it, or what is wrong with the line. */
function answerTo(line: string, knowledge: Knowledge): object | string {
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
  const match = brand && compileBrands([brand]).find(post)[0];
  const findings = assess(post, brand, match?.hits ?? [], knowledge, []);
  const { language, sentiment, complaint, severity, urgency, topics, reasons } = findings;
  // Not named: the words alone cannot tell.
  const relevance = brand === null ? null : match ? findings.relevance : { verdict: 'unsure', probability: 0.5 };
  return {
    language,
    relevance,
    sentiment,
    complaint,
    severity,
    urgency,
    topics,
    reasons: reasons.map((reason) => reasonFace(reason, { post })),
  };
}

function postOf(line: AssessLine): Post {
  return {
    source: 'assess',
    externalId: '',
    url: null,
    author: { handle: null, name: null, url: null, followers: null },
    title: line.title ?? null,
    text: line.text,
    language: line.language ?? null,
    publishedAt: null,
    editedAt: null,
    rating: line.rating ?? null,
    engagement: { likes: null, reposts: null, replies: null, views: null },
    links: [],
    origin: null,
    parentId: null,
    threadId: null,
    place: null,
  };
}
