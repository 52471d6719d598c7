/** What a set's truth and a judge's answers come to: a flat list of numbers, each with its range. */
import type { SentimentLabel } from '../../src/mention.ts';
import { brierFigure, calibrationErrorFigure } from './calibration.ts';
import type { Answer } from './judges.ts';
import type { Labelled, LabelledSet } from './labelled.ts';
import { type Figure, type Ranged, rangesOf } from './ranges.ts';
import { aucFigure, recallAtFigure, spearmanFigure } from './ranking.ts';
import { macroF1Figure, type Names, namesFigures, shareFigure, yesNoFigures } from './score.ts';

export type Section =
  | 'complaints'
  | 'flagged'
  | 'language'
  | 'severity'
  | 'kind'
  | 'about'
  | 'order'
  | 'sentiment'
  | 'label'
  | 'topics'
  | 'cost';

/** One number. Shares are from 0 to 1; a figure that the rows or the judge cannot tell is null. */
export interface Measured extends Ranged {
  readonly section: Section;
  /** The set, the share or the group. */
  readonly of: string;
  readonly rows: number;
  readonly judge: string;
  readonly figure: string;
}

/** A labelled row with what a judge said of it. */
interface Judged {
  readonly row: Labelled;
  readonly answer: Answer;
}

interface Named {
  readonly section: Section;
  readonly of: string;
  readonly judge: string;
}

/** Everything that one set tells of one judge, but for what is broken down over several sets. */
export function measureSet(set: LabelledSet, judge: string, answers: readonly Answer[]): readonly Measured[] {
  const judged = pair(set.rows, answers);
  const named = (section: Section, of = set.name): Named => ({ section, of, judge });
  return [
    ...complaintFigures(named('complaints'), judged),
    ...groupsOf(judged, ({ row }) => row.share).flatMap(([of, rows]) =>
      measure(named('flagged', of), rows.length, { flagged: shareFigure(rows.map(({ answer }) => answer.flagged)) }),
    ),
    ...aboutFigures(named('about'), judged),
    ...orderFigures(named('order'), judged),
    ...byTongue(set, judged).flatMap(([of, rows]) => sentimentFigures(named('sentiment', of), rows)),
  ];
}

/** How a judge's sentiment stands to a set's, by language where it has several, from 0 to 1 and without ranges; nothing of a set that tells none. */
export function sentimentOf(
  set: LabelledSet,
  answers: readonly Answer[],
): readonly { readonly of: string; readonly macroF1: number; readonly right: number }[] {
  return byTongue(set, pair(set.rows, answers)).flatMap(([of, rows]) => {
    const sides = sidesOf(rows);
    const once = new Uint16Array(sides.length).fill(1);
    const { macroF1, right } = sideFigures(sides);
    return sides.length === 0 ? [] : [{ of, macroF1: macroF1(once) ?? 0, right: right(once) ?? 0 }];
  });
}

function byTongue(set: LabelledSet, judged: readonly Judged[]): readonly (readonly [string, readonly Judged[]])[] {
  return set.own ? [[set.name, judged]] : byLanguage(set.name, judged);
}

/** Topics of the complaints of one set. */
export function measureTopics(set: LabelledSet, judge: string, answers: readonly Answer[]): readonly Measured[] {
  return topicFigures({ section: 'topics', of: set.name, judge }, pair(set.rows, answers));
}

/** The same of our own posts together, and of each topic. */
export function measureTopicGroups(
  sets: readonly { readonly set: LabelledSet; readonly answers: readonly Answer[] }[],
  judge: string,
): readonly Measured[] {
  const judged = sets.flatMap(({ set, answers }) => pair(set.rows, answers));
  const told = judged.flatMap(namesOf);
  const named = (of: string): Named => ({ section: 'topics', of, judge });
  const each = [...new Set(told.flatMap(({ truth }) => truth))].sort();
  return [
    ...topicFigures(named('all'), judged),
    ...each.flatMap((topic) => {
      const rows = told.map(({ said, truth }) => ({ said: said.includes(topic), truth: truth.includes(topic) }));
      const counted = rows.filter(({ truth }) => truth).length;
      return measure(named(topic), rows.length, yesNoFigures(rows)).map((figure) => ({ ...figure, rows: counted }));
    }),
  ];
}

function topicFigures(named: Named, judged: readonly Judged[]): readonly Measured[] {
  const told = judged.flatMap(namesOf);
  return told.length === 0 ? [] : measure(named, told.length, namesFigures(told));
}

/** Of complaints alone, also those that the judge missed. */
function namesOf({ row: { truth }, answer }: Judged): Names[] {
  return truth.complaint && truth.topics && answer.topics ? [{ said: answer.topics, truth: truth.topics }] : [];
}

/** Our own posts together, broken down: F1 and sentiment by language, sentiment by label, complaints found by severity, verdicts right by kind. */
export function measureGroups(
  sets: readonly { readonly set: LabelledSet; readonly answers: readonly Answer[] }[],
  judge: string,
): readonly Measured[] {
  const judged = sets.flatMap(({ set, answers }) => pair(set.rows, answers));
  const right = ({ row, answer }: Judged) => answer.flagged === row.truth.complaint;
  return [
    ...groupsOf(judged, ({ row }) => row.language).flatMap(([of, rows]) =>
      measure({ section: 'language', of, judge }, rows.length, { f1: yesNoFigures(rows.map(yesNo)).f1 }),
    ),
    ...byLanguage('ours,', judged).flatMap(([of, rows]) => sentimentFigures({ section: 'sentiment', of, judge }, rows)),
    ...labelFigures(judged, judge),
    ...groupsOf(judged, ({ row }) => row.truth.severity?.toFixed(1).replace('.0', '') ?? null).flatMap(([of, rows]) =>
      measure({ section: 'severity', of, judge }, rows.length, {
        found: shareFigure(rows.map(({ answer }) => answer.flagged)),
      }),
    ),
    ...groupsOf(judged, ({ row }) => row.kind).flatMap(([of, rows]) =>
      measure({ section: 'kind', of, judge }, rows.length, { right: shareFigure(rows.map(right)) }),
    ),
  ];
}

/** Only where the set has complaints and others. */
function complaintFigures(named: Named, all: readonly Judged[]): readonly Measured[] {
  const judged = all.filter(({ row }) => row.truth.complaint !== null);
  const truths = judged.map(({ row }) => row.truth.complaint === true);
  if (!truths.includes(true) || !truths.includes(false)) return [];
  const answers = judged.map(yesNo);
  const scored = judged.map(({ answer }, index) => ({ score: answer.score, truth: truths[index] === true }));
  const guesses = judged.flatMap(({ answer: { probability } }, index) =>
    probability === null ? [] : [{ probability, truth: truths[index] === true }],
  );
  return measure(named, judged.length, {
    complaints: shareFigure(truths),
    ...yesNoFigures(answers),
    macroF1: macroF1Figure(answers),
    auc: aucFigure(scored),
    recallAt80: recallAtFigure(0.8, scored),
    ...(guesses.length === judged.length && {
      calibrationError: calibrationErrorFigure(guesses),
      brier: brierFigure(guesses),
    }),
  });
}

function aboutFigures(named: Named, all: readonly Judged[]): readonly Measured[] {
  const judged = all.filter(({ row, answer }) => row.truth.about !== null && answer.about !== null);
  if (judged.length === 0) return [];
  const right = (rows: readonly Judged[]) =>
    shareFigure(rows.map(({ row, answer }) => row.truth.about === answer.about));
  const others = judged.filter(({ row }) => row.truth.about === 'other');
  return [
    ...measure(named, judged.length, { right: right(judged) }),
    ...measure({ ...named, of: `${named.of}, others` }, others.length, { right: right(others) }),
  ];
}

/** How bad, in order: of complaints alone, also those that the judge missed (of which it says that they are not bad at all), and of those it saw. */
function orderFigures(named: Named, all: readonly Judged[]): readonly Measured[] {
  const pairs = all.flatMap(({ row, answer }) =>
    row.truth.severity === null || answer.severity === null
      ? []
      : [{ said: answer.severity, truth: row.truth.severity }],
  );
  const seen = pairs.filter(({ said }) => said > 0);
  const figures = (of: string, some: typeof pairs) =>
    some.length === 0 ? [] : measure({ ...named, of }, some.length, { spearman: spearmanFigure(some) });
  return [...figures(named.of, pairs), ...figures(`${named.of}, seen`, seen)];
}

interface Sides {
  readonly said: Side;
  readonly truth: Side;
  readonly unknown: boolean;
}

function sidesOf(all: readonly Judged[]): readonly Sides[] {
  return all.flatMap(({ row: { truth }, answer }) =>
    truth.sentiment === null || truth.sentiment === 'unknown' || answer.sentiment === null
      ? []
      : [{ said: sideOf(answer.sentiment), truth: sideOf(truth.sentiment), unknown: answer.sentiment === 'unknown' }],
  );
}

function sentimentFigures(named: Named, all: readonly Judged[]): readonly Measured[] {
  const sides = sidesOf(all);
  return sides.length === 0 ? [] : measure(named, sides.length, sideFigures(sides));
}

function sideFigures(sides: readonly Sides[]) {
  return {
    macroF1: macroF1Figure(sides),
    right: shareFigure(sides.map(({ said, truth }) => said === truth)),
    unknown: shareFigure(sides.map(({ unknown }) => unknown)),
  };
}

const labels: readonly SentimentLabel[] = ['positive', 'neutral', 'negative', 'mixed'];

/** Each label by itself, `mixed` among them. */
function labelFigures(all: readonly Judged[], judge: string): readonly Measured[] {
  const judged = all.filter(
    ({ row, answer }) => labels.some((label) => label === row.truth.sentiment) && answer.sentiment !== null,
  );
  return labels.flatMap((label) => {
    const answers = judged.map(({ row, answer }) => ({
      said: answer.sentiment === label,
      truth: row.truth.sentiment === label,
    }));
    const { precision, recall } = yesNoFigures(answers);
    const rows = answers.filter(({ truth }) => truth).length;
    const measured =
      judged.length === 0 ? [] : measure({ section: 'label', of: label, judge }, answers.length, { precision, recall });
    return measured.map((one) => ({ ...one, rows }));
  });
}

type Side = 'positive' | 'neutral' | 'negative';

/** Sets know three classes, and word lists call neutral what they cannot read: so is what we leave unread here, in our favour and theirs alike. */
function sideOf(label: SentimentLabel): Side {
  return label === 'positive' || label === 'negative' ? label : 'neutral';
}

function measure(named: Named, rows: number, figures: Readonly<Record<string, Figure>>): readonly Measured[] {
  return Object.entries(rangesOf(rows, figures)).map(([figure, ranged]) => ({ ...named, rows, figure, ...ranged }));
}

function yesNo({ row, answer }: Judged): { said: boolean; truth: boolean } {
  return { said: answer.flagged, truth: row.truth.complaint === true };
}

function pair(rows: readonly Labelled[], answers: readonly Answer[]): readonly Judged[] {
  return rows.map((row, index) => {
    const answer = answers[index];
    if (!answer) throw new Error(`${rows.length} posts got ${answers.length} answers`);
    return { row, answer };
  });
}

function byLanguage(name: string, judged: readonly Judged[]): readonly (readonly [string, readonly Judged[]])[] {
  const groups = groupsOf(judged, ({ row }) => row.language);
  return groups.length === 1 ? [[name, judged]] : groups.map(([language, rows]) => [`${name} ${language}`, rows]);
}

/** In the order of their names; rows without one belong to none. */
function groupsOf(judged: readonly Judged[], nameOf: (one: Judged) => string | null): [string, readonly Judged[]][] {
  const groups = Map.groupBy(judged, nameOf);
  return [...groups]
    .flatMap(([name, rows]): [string, readonly Judged[]][] => (name === null ? [] : [[name, rows]]))
    .sort(([a], [b]) => a.localeCompare(b));
}
