/**
 * What people's marks teach, at hand for whoever judges: made anew for a brand as soon as somebody has marked one of its
 * mentions, here or in another process. Nothing of it is stored: marks and posts are, and words that are gone teach no more.
 */
import { assess } from '../findings/assess.ts';
import { type Corrections, learnFrom, type Marked } from '../findings/corrections.ts';
import { nameThem } from '../findings/names.ts';
import { readPost } from '../findings/reading.ts';
import { decidedMentions, lastMark, lastMarks, type Marks, marksOf, noMarks } from '../store/marks.ts';
import { mentionsToJudge } from '../store/to-judge.ts';
import { askPrecise } from './opinions.ts';
import type { Judges } from './rejudge.ts';
import type { Tools } from './tools.ts';

/** So many of a brand's mentions teach, those that were marked last: some tenths of a second's work, at the first look and after each mark. */
const mostMarked = 500;

interface Lesson {
  /** The brand's last mark. */
  readonly upTo: number;
  readonly corrections: Corrections | null;
}

interface Lessons {
  /** The last mark of all. */
  readonly upTo: number;
  readonly judges: Promise<Judges>;
}

/** Adds to the judges what was learnt up to now; one small read where nobody has marked anything since. Not inside a transaction. */
export function learnMarks(): (tools: Tools, judges: Judges) => Promise<Judges> {
  const lessons = new Map<string, Lesson>();
  let latest: Lessons | null = null;
  return async (tools, judges) => {
    const upTo = await tools.store.read('the last mark', (tx) => lastMark(tx));
    if (latest?.upTo === upTo) return latest.judges;
    const made: Lessons = { upTo, judges: withLessons(tools, judges, lessons) };
    latest = made;
    // Whoever asks next tries again.
    made.judges.catch(() => {
      if (latest === made) latest = null;
    });
    return made.judges;
  };
}

async function withLessons(tools: Tools, judges: Judges, lessons: Map<string, Lesson>): Promise<Judges> {
  const marked = await tools.store.read('the last marks', (tx) => lastMarks(tx));
  for (const [brandId, upTo] of marked) {
    if (lessons.get(brandId)?.upTo === upTo) continue;
    lessons.set(brandId, { upTo, corrections: await lessonOf(tools, judges, brandId) });
  }
  const learnt = [...lessons].flatMap(([id, { corrections }]) => (corrections ? [[id, corrections] as const] : []));
  if (learnt.length === 0) return judges;
  return { ...judges, knowledge: { ...judges.knowledge, corrections: new Map(learnt) } };
}

/** @param judges as they are without any mark */
async function lessonOf(tools: Tools, { knowledge }: Judges, brandId: string): Promise<Corrections | null> {
  const brand = tools.brands.get(brandId);
  if (!brand) return null;
  const { mentions, marks } = await tools.store.read('what was marked', async (tx) => {
    const ids = await decidedMentions(tx, brandId, mostMarked);
    return { mentions: await mentionsToJudge(tx, ids), marks: await marksOf(tx, ids) };
  });
  const readable = mentions.filter(({ post }) => post.words === 'kept');
  // What the slow judge said before counts; nothing new is asked for.
  const opinions = await askPrecise(tools, readable, { left: 0 }, false);
  const marked = readable.map(({ mentionId: id, post, certain, hits: found }): Marked => {
    const hits = certain ? [] : found;
    const { relevance, complaint } = assess(post, brand, hits, knowledge, opinions({ post, brandId }));
    return {
      id,
      reading: readPost(post, nameThem(post, brand, hits)),
      judged: { relevance: relevance.probability, complaint: complaint.probability },
      said: saidOf(marks.get(id) ?? noMarks),
    };
  });
  return learnFrom(marked, brand);
}

function saidOf({ us, complaint }: Marks): Marked['said'] {
  return { us: us && us === 'us', complaint: complaint && complaint === 'complaint' };
}
