/** The measured numbers as tables, for a terminal or for a README. */
import wrapAnsi from 'wrap-ansi';
import { inColumns } from '../support/columns.ts';
import {
  amount,
  type Cell,
  cellOf,
  finePercent,
  percent,
  rangedFinePercent,
  rangedPercent,
  threeDigits,
  wholeNumber,
} from './cells.ts';
import type { Measured, Section } from './figures.ts';
import { flagsAll } from './judges.ts';

/** A table: its first line is the head. */
interface Sheet {
  readonly title: string;
  readonly lines: readonly (readonly string[])[];
}

type Column = readonly [title: string, figure: string, cell: Cell];

/** One line a group, one column a judge. */
interface Pivot {
  readonly section: Section;
  readonly title: string;
  readonly figure: string;
  readonly cell: Cell;
  /** On a line of its own below, where it says anything. */
  readonly below?: Column;
  /** Whoever flags everything stands in it too. */
  readonly all?: boolean;
}

const complaintColumns: readonly Column[] = [
  ['F1', 'f1', rangedFinePercent],
  ['macro', 'macroF1', finePercent],
  ['prec.', 'precision', finePercent],
  ['recall', 'recall', finePercent],
  ['AUC', 'auc', threeDigits],
  ['R@P80', 'recallAt80', finePercent],
  ['ECE', 'calibrationError', threeDigits],
  ['Brier', 'brier', threeDigits],
];

const pivots: readonly Pivot[] = [
  {
    section: 'flagged',
    title: 'Flagged, % (letters of complaint: the more the better; all others: the fewer)',
    figure: 'flagged',
    cell: rangedPercent,
  },
  { section: 'about', title: 'About us or not, right %', figure: 'right', cell: rangedPercent },
  {
    section: 'order',
    title: 'How bad, of complaints alone: Spearman, hundredths',
    figure: 'spearman',
    cell: rangedPercent,
  },
  {
    section: 'sentiment',
    title: 'Sentiment, macro-F1 of positive, neutral and negative (mixed and unknown count as neutral)',
    figure: 'macroF1',
    cell: rangedPercent,
    below: ['  unknown, %', 'unknown', percent],
  },
  { section: 'sentiment', title: 'Sentiment, of the same three: right, %', figure: 'right', cell: rangedPercent },
  {
    section: 'label',
    title: 'Sentiment of our own posts, by label: precision, %',
    figure: 'precision',
    cell: rangedPercent,
  },
  { section: 'label', title: 'Sentiment of our own posts, by label: found, %', figure: 'recall', cell: rangedPercent },
  { section: 'language', title: 'Our own posts by language: F1', figure: 'f1', cell: rangedPercent, all: true },
  { section: 'severity', title: 'Our own complaints by severity: found, %', figure: 'found', cell: rangedPercent },
  { section: 'kind', title: 'Our own posts by kind: right, %', figure: 'right', cell: percent },
];

const topicColumns: readonly Column[] = [
  ['F1', 'f1', rangedFinePercent],
  ['macro', 'macroF1', rangedFinePercent],
  ['prec.', 'precision', finePercent],
  ['recall', 'recall', finePercent],
];

const costColumns: readonly Column[] = [
  ['posts', 'perSecond', amount('/s')],
  ['memory', 'memoryMb', amount(' MB')],
  ['weights', 'weightsMb', amount(' MB')],
];

const legend =
  'F1, precision and recall are of complaints, or of all topics that complaints have; macro is the mean F1 of complaints ' +
  'and the rest, or of the topics; lists are the topics that word lists alone name. R@P80 is the share of ' +
  'complaints found by the threshold that finds most while 80 % of what it takes are complaints. ECE is the expected ' +
  'calibration error in ten bins. Brackets hold 95 of 100 redraws of the same posts. Speed is of processor time, all ' +
  'threads together; memory the most that a process of its own held; weights as they lie on disk. Of sentiment, what a judge ' +
  'leaves unread (unknown) counts as neutral, since a word list calls neutral what it cannot read: in a language that we do ' +
  'not read, both are right about as often as its posts are neutral, and what tells them apart is their emoji.';

/** The sections that have numbers; sets and judges in the order in which they were measured. */
function sheetsOf(all: readonly Measured[]): readonly Sheet[] {
  const sheets = [
    judgeSheet(all, 'complaints', 'Complaint or not', complaintColumns),
    ...pivots.map((pivot) => pivotSheet(all, pivot)),
    judgeSheet(all, 'topics', 'What our own complaints are about', topicColumns),
    costSheet(all),
  ];
  return sheets.filter(({ lines }) => lines.length > 1);
}

/** One line a set and judge. */
function judgeSheet(all: readonly Measured[], of: Section, title: string, columns: readonly Column[]): Sheet {
  const measured = all.filter(({ section }) => section === of);
  const lines = [...Map.groupBy(measured, (each) => each.of)].flatMap(([set, rows]) =>
    [...Map.groupBy(rows, ({ judge }) => judge)].map(([judge, figures], place) => {
      const first = place === 0 ? [set, wholeNumber(figures[0]?.rows ?? 0)] : ['', ''];
      return [...first, judge, ...columns.map(([, figure, cell]) => cellOf(figures, figure, cell))];
    }),
  );
  return { title, lines: [['set', 'posts', 'judge', ...columns.map(([head]) => head)], ...lines] };
}

function pivotSheet(all: readonly Measured[], pivot: Pivot): Sheet {
  const measured = all.filter(
    ({ section, judge }) => section === pivot.section && (pivot.all === true || judge !== flagsAll),
  );
  const judges = [...new Set(measured.map(({ judge }) => judge))];
  const lines = [...Map.groupBy(measured, ({ of }) => of)].flatMap(([of, figures]) => {
    const byJudge = Map.groupBy(figures, ({ judge }) => judge);
    const cells = (figure: string, cell: Cell) => judges.map((judge) => cellOf(byJudge.get(judge) ?? [], figure, cell));
    const line = [of, wholeNumber(figures[0]?.rows ?? 0), ...cells(pivot.figure, pivot.cell)];
    const [title = '', name = '', cell = percent] = pivot.below ?? [];
    const tells = figures.some(({ figure, value }) => figure === name && value !== null && value > 0);
    return tells ? [line, [title, '', ...cells(name, cell)]] : [line];
  });
  return { title: pivot.title, lines: [['', 'posts', ...judges], ...lines] };
}

function costSheet(all: readonly Measured[]): Sheet {
  const measured = all.filter(({ section }) => section === 'cost');
  const lines = [...Map.groupBy(measured, ({ judge }) => judge)].map(([judge, figures]) => [
    judge,
    ...costColumns.map(([, figure, cell]) => cellOf(figures, figure, cell)),
  ]);
  return { title: 'What it takes', lines: [['judge', ...costColumns.map(([title]) => title)], ...lines] };
}

/** For a terminal of 100 columns; `made` says how it was measured. */
export function plainReport(all: readonly Measured[], made: string): string {
  const tables = sheetsOf(all).map(({ title, lines }) => `${title}\n\n${inColumns(lines)}\n`);
  return [...tables, wrapAnsi(`${legend}\n${made}\n`, 100)].join('\n');
}

/** The same as Markdown. */
export function markdownReport(all: readonly Measured[], made: string): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const tables = sheetsOf(all).map(({ title, lines: [head = [], ...body] }) =>
    [`**${title}**`, '', row(head), row(head.map(() => '---')), ...body.map(row), ''].join('\n'),
  );
  return [...tables, `${legend}\n\n${made}\n`].join('\n');
}
