/** The few words of a post that a finding rests on most: marked wherever the post is shown. */
import type { MentionFace } from '../face/mention.ts';
import { words } from '../text/words.ts';
import type { Span } from './excerpt.ts';

type Reason = MentionFace['reasons'][number];
type Told = Pick<MentionFace, 'reasons' | 'title' | 'text' | 'complaint'>;

/** What is looked for: what hurts, or what they liked. */
export type Telling = 'hurts' | 'likes';

const mostPhrases = 3;
/** Of the weight of all that was found; the rest would only be more of the same. */
const enough = 0.75;
/** Of a post's words: where half of it is marked, nothing is. */
const mostOfThem = 1 / 3;
/** So many may always be marked. */
const fewestWords = 3;

/** The heaviest phrases that carry most of the weight, the heaviest first; none that hurts where it is no complaint. */
export function tellingReasons(mention: Told, telling: Telling): readonly Reason[] {
  if (telling === 'hurts' && mention.complaint.verdict === 'none') return [];
  const kinds: readonly Reason['of'][] = telling === 'likes' ? ['sentiment'] : ['complaint', 'severity', 'urgency'];
  const found = mention.reasons
    .filter(({ of, weight, evidence }) => kinds.includes(of) && weight > 0 && (evidence ?? '') !== '')
    .sort((one, other) => other.weight - one.weight);
  const room = Math.max(fewestWords, Math.ceil(words(`${mention.title ?? ''} ${mention.text}`).length * mostOfThem));
  const brief = found.filter(({ evidence }) => wordsIn(evidence) <= room);
  const fitting = brief.filter((one, at) => !brief.slice(0, at).some((before) => overlap(mention, one, before)));
  const wanted = enough * fitting.reduce((sum, { weight }) => sum + weight, 0);
  const chosen: Reason[] = [];
  let [weight, used] = [0, 0];
  for (const one of fitting) {
    if (chosen.length === mostPhrases || weight >= wanted) break;
    const size = wordsIn(one.evidence);
    if (used + size > room) continue;
    chosen.push(one);
    weight += one.weight;
    used += size;
  }
  return chosen;
}

/** Where these stand in the text or the title, the heaviest first. */
export function tellingSpans(mention: Told, field: 'text' | 'title', telling: Telling): readonly Span[] {
  return tellingReasons(mention, telling).flatMap((reason) => {
    const span = spanOf(mention, field, reason);
    return span === null ? [] : [span];
  });
}

const wordsIn = (evidence: string | null) => words(evidence ?? '').length;

function overlap(mention: Told, one: Reason, other: Reason): boolean {
  if (one.in !== other.in || (one.in !== 'text' && one.in !== 'title')) return false;
  const [first, second] = [spanOf(mention, one.in, one), spanOf(mention, one.in, other)];
  return first !== null && second !== null && first[0] < second[1] && second[0] < first[1];
}

/** Of the title only the words themselves are told, not their place. */
function spanOf(mention: Told, field: 'text' | 'title', { in: where, at, evidence }: Reason): Span | null {
  if (where !== field) return null;
  if (at !== null) return at;
  const start = evidence ? (mention[field] ?? '').indexOf(evidence) : -1;
  return start < 0 || !evidence ? null : [start, start + evidence.length];
}
