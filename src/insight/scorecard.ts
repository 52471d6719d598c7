/** How right the flags were, by what people said of them: pure, over mentions of which somebody decided. */

/** What is known of one mention. */
export interface Judged {
  readonly source: string;
  readonly topics: readonly string[];
  /** What Earshot thought of it before anybody said anything. */
  readonly found: 'flagged' | 'unsure' | 'none';
  /** The judges take it for a complaint, whoever it is about. */
  readonly complains: boolean;
  /** Put in by a person, and whether it was said where Earshot listens; null where Earshot heard it itself. */
  readonly byHand: 'where-we-listen' | 'elsewhere' | null;
  readonly marks: {
    readonly complaint: 'complaint' | 'no-complaint' | null;
    readonly us: 'us' | 'not-us' | null;
  };
  readonly worked: 'answered' | 'dismissed' | null;
}

export interface Tally {
  /** Flagged, and somebody worked on it or marked it as a complaint. */
  readonly right: number;
  /** Flagged, and somebody said that it is no complaint, or not about us. */
  readonly wrong: number;
  /** Flagged, and nobody has said anything yet. */
  readonly undecided: number;
  /** A complaint that was not flagged. */
  readonly missed: number;
}

/** A share with the range that holds 95 of 100 times (Wilson's). From 0 to 1. */
export interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface Score extends Tally {
  /** Of the flags that were decided on, how many were right; null where they are too few to tell. */
  readonly share: Share | null;
  /** Of the complaints that people know of (right and missed), how many were flagged; null where they are too few to tell. */
  readonly found: Share | null;
}

export interface Scorecard extends Score {
  /** What Earshot left to a person, and what they said. */
  readonly leftToYou: { readonly complaints: number; readonly others: number };
  /** The most decided first. */
  readonly sources: readonly (Score & { readonly source: string })[];
  readonly topics: readonly (Score & { readonly topic: string })[];
}

/** With fewer, chance alone moves the share by more than 20 points. */
export const enoughToTell = 20;

type Outcome = keyof Tally | 'left-complaint' | 'left-other' | null;

export function scorecard(judged: readonly Judged[]): Scorecard {
  const decided = judged.flatMap((one) => {
    const outcome = outcomeOf(one);
    return outcome === null ? [] : [{ ...one, outcome }];
  });
  const count = (outcome: Outcome) => decided.filter((one) => one.outcome === outcome).length;
  const bySource = Map.groupBy(decided, ({ source }) => source);
  const topics = [...new Set(decided.flatMap((one) => one.topics))];
  return {
    ...scoreOf(decided),
    leftToYou: { complaints: count('left-complaint'), others: count('left-other') },
    sources: inOrder([...bySource].map(([source, ones]) => ({ source, ...scoreOf(ones) }))),
    topics: inOrder(
      topics.map((topic) => ({ topic, ...scoreOf(decided.filter((one) => one.topics.includes(topic))) })),
    ),
  };
}

/** Null where it says nothing of how right the flags are. */
function outcomeOf({ found, complains, byHand, marks, worked }: Judged): Outcome {
  const refused = marks.complaint === 'no-complaint' || marks.us === 'not-us';
  const confirmed = marks.complaint === 'complaint';
  if (byHand !== null) {
    const hurts = !refused && (confirmed || worked === 'answered' || found === 'flagged');
    return hurts && byHand === 'where-we-listen' ? 'missed' : null;
  }
  switch (found) {
    case 'flagged':
      if (refused) return 'wrong';
      if (confirmed || worked === 'answered') return 'right';
      return worked === 'dismissed' ? 'wrong' : 'undecided';
    case 'unsure':
      if (refused) return 'left-other';
      return confirmed ? 'left-complaint' : null;
    case 'none':
      // “About us” makes a complaint of what was taken for somebody else's.
      return !refused && (confirmed || (marks.us === 'us' && complains)) ? 'missed' : null;
  }
}

function scoreOf(ones: readonly { readonly outcome: Outcome }[]): Score {
  const count = (outcome: keyof Tally) => ones.filter((one) => one.outcome === outcome).length;
  const [right, wrong] = [count('right'), count('wrong')];
  const missed = count('missed');
  const shareOf = (of: number) => (of < enoughToTell ? null : wilson(right, of));
  const [share, found] = [shareOf(right + wrong), shareOf(right + missed)];
  return { right, wrong, undecided: count('undecided'), missed, share, found };
}

/** Wilson's score interval, 95 %: E. B. Wilson, “Probable inference”, 1927. */
export function wilson(hits: number, of: number): Share {
  const z = 1.959964;
  const value = hits / of;
  const middle = value + (z * z) / (2 * of);
  const reach = z * Math.sqrt((value * (1 - value)) / of + (z * z) / (4 * of * of));
  const whole = 1 + (z * z) / of;
  // Rounding must not put the share outside its own range.
  return { value, low: Math.max(0, (middle - reach) / whole), high: Math.min(1, (middle + reach) / whole) };
}

function inOrder<One extends Tally>(scores: readonly One[]): readonly One[] {
  const weight = ({ right, wrong, missed, undecided }: Tally) => (right + wrong + missed) * 1_000_000 + undecided;
  return scores.filter((one) => weight(one) > 0).toSorted((one, other) => weight(other) - weight(one));
}
