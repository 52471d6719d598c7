/** The report of one brand in words: what is most urgent first, each figure with its range and what it rests on. */
import { sayDay } from '../digest/local-time.ts';
import { titleOf } from '../digest/wording.ts';
import type { BrandReport, FigureFace } from '../face/report.ts';
import { sayAgain, sayAlarm, sayMended } from '../insight/wording.ts';
import { capital } from '../text/capital.ts';
import { quoted } from '../text/command.ts';
import { lastDays } from '../text/count.ts';
import { clean, count, readingWidth, toWidth, widthOf, wrapped } from './format.ts';
import type { Telling } from './tell-mention.ts';
import { length } from './when.ts';

/** @param days how long the reported time is */
export function reportInWords(report: BrandReport, days: number, telling: Telling): string {
  const { paint, terminal } = telling;
  const head = paint.bold(`${clean(report.brand)}, ${lastDays(days)}`);
  const parts = [
    urgent(report, telling),
    wordOfMouth(report, days, telling),
    overTime(report, telling),
    topics(report, telling),
    answers(report, telling),
    causes(report, telling),
    beside(report, telling),
    industry(report, telling),
  ];
  const width = readingWidth(terminal);
  return [wrapped(head, width), ...parts.filter((part) => part !== '')].join('\n\n');
}

/** What is alarming, and what several customers say. */
function urgent(report: BrandReport, telling: Telling): string {
  const { paint, titles } = telling;
  const day = dayOf(telling);
  const lines = [
    ...report.alarms.map((alarm) => {
      const places = alarm.places.map((id) => titles.get(id) ?? titleOf(id)).join(', ');
      const what = [alarm.topics.length > 0 ? `about ${alarm.topics.join(', ')}` : '', places ? `on ${places}` : ''];
      const behind = what.some(Boolean) ? ` Mostly ${what.filter(Boolean).join(', ')}.` : '';
      return paint.red(paint.bold(sayAlarm(alarm))) + behind;
    }),
    ...report.again.map(({ subject, times, since, mentions }) => {
      const said = sayAgain({ name: clean(subject), times, since: Date.parse(since) }, day);
      return `${paint.bold(`${said}:`)} ${mentions.map((id) => `m${id}`).join(', ')}.`;
    }),
    ...report.mended.map(({ cause, what, ...mended }) => {
      const { state, back } = mended;
      const [at, watchedUntil] = [Date.parse(mended.at), Date.parse(mended.watchedUntil)];
      const told = { cause: clean(cause), what: clean(what), at, state, watchedUntil, back };
      return sayMended(told, day, telling.now);
    }),
  ];
  return lines.map((line) => inLines(line, telling)).join('\n');
}

function wordOfMouth({ wordOfMouth: said, alarms }: BrandReport, days: number, telling: Telling): string {
  const { praise, complaints, balance, usualPraise, usualComplaints } = said;
  const forming = praise.state !== 'ok';
  const after = said.halvingNoticedAfterDays;
  const more = forming
    ? `Baseline forming: ${formingWhy(said)}`
    : after === null
      ? 'So few a month that no count can tell within a year whether half of them stay away.'
      : alarms.length === 0
        ? `Nothing alarming. If half of them stayed away, it would be noticed after some ${count(after, 'day')}.`
        : '';
  const left =
    said.notCounted.length === 0 || said.heardDays === 0
      ? ''
      : `Usual figures leave out what was not heard all that time: ${said.notCounted.map(clean).join(', ')}.`;
  return section('Word of mouth', telling, [
    ['Kind words', `${praise.value ?? 0}${usually(usualPraise, days)}`],
    ['Complaints', `${complaints.value ?? 0}${usually(usualComplaints, days)}`],
    ['Kind of both', share(balance)],
    ['', [more, left].filter(Boolean).join(' ')],
  ]);
}

function formingWhy({ heardDays }: BrandReport['wordOfMouth']): string {
  if (heardDays === 0) return 'nothing can be compared before places have been heard for some weeks.';
  return `the same places have been heard for ${count(heardDays, 'day')}, with so few kind words that even silence could be chance.`;
}

function usually(figure: FigureFace, days: number): string {
  if (figure.value === null || figure.low === null || figure.high === null) return '';
  return `; usually ${Math.round(figure.value)} (${figure.low} to ${figure.high}) in ${days === 1 ? 'a day' : `${days} days`}`;
}

const barColumns = 20;
const bar = (value: number, most: number) => '█'.repeat(most === 0 ? 0 : Math.round((value / most) * barColumns));

function overTime({ complaintShare }: BrandReport, telling: Telling): string {
  const { overTime: stretches } = complaintShare;
  const most = Math.max(0, ...stretches.map(({ value }) => value ?? 0));
  const day = dayOf(telling);
  const rows = stretches.map(({ from, value, basis }): readonly [string, string] => [
    `  from ${day(Date.parse(from))}`,
    value === null
      ? telling.paint.dim('nobody')
      : `${toWidth(bar(value, most), barColumns)} ${percent(value)} of ${basis.mentions ?? 0}`,
  ]);
  return section('Complaints', telling, [
    ['Of all mentions', share(complaintShare)],
    ...(stretches.length > 1 ? rows : []),
  ]);
}

const mostTopics = 6;

function topics({ topics: all }: BrandReport, telling: Telling): string {
  const most = all[0]?.value ?? 0;
  const rows = all.slice(0, mostTopics).map(({ topic, value, overTime: over }): readonly [string, string] => {
    const weeks = over.length > 1 ? telling.paint.dim(` (${over.map(({ complaints }) => complaints).join(' ')})`) : '';
    return [`  ${capital(clean(topic))}`, `${toWidth(bar(value ?? 0, most), barColumns)} ${value ?? 0}${weeks}`];
  });
  return rows.length === 0 ? '' : section('What about', telling, rows);
}

function answers({ answerTime, answeredInTime, wonBack }: BrandReport, telling: Telling): string {
  const { answered = 0, late = 0, waiting = 0 } = answerTime.basis;
  if (answered + late + waiting === 0 && wonBack.value === null) return '';
  const { value, low, high } = answerTime;
  const range =
    low === null ? ', too few for a range' : ` (${length(low)} to ${high === null ? 'never' : length(high)})`;
  const time =
    value === null ? 'not yet: half of them or more wait too long already' : `${length(value)} of open time${range}`;
  const { happy = 0, wonBack: won = 0, silent = 0, lost = 0 } = wonBack.basis;
  const ended = [`${happy} happy`, `${won} won back`, `${silent} silent`, `${lost} lost`].join(', ');
  return section('Your answers', telling, [
    [
      'First answer',
      answered + late === 0 ? 'none was due yet' : `half of them within ${time}`.replace('within not', 'not'),
    ],
    ['In time', share(answeredInTime)],
    ['Unanswered', late + waiting === 0 ? '' : `${late} too late, ${waiting} still in time`],
    ['Happy again', wonBack.value === null ? 'no case was closed' : `${share(wonBack)}: ${ended}`],
  ]);
}

const mostCauses = 6;

function causes({ causes: all }: BrandReport, telling: Telling): string {
  const most = all[0]?.cases ?? 0;
  const rows = all
    .slice(0, mostCauses)
    .map(({ cause, cases, mended }): readonly [string, string] => [
      `  ${clean(cause)}`,
      `${toWidth(bar(cases, most), barColumns)} ${count(cases, 'case')}${mended ? `, mended: ${clean(mended.what)}` : ''}`,
    ]);
  return rows.length === 0 ? '' : section('What was behind them', telling, rows);
}

function beside({ sideBySide }: BrandReport, telling: Telling): string {
  if (sideBySide.length < 2) return '';
  const rows = sideBySide.map(({ name, stars, complaintShare }): readonly [string, string] => {
    const told = stars.map(({ place, value, scale, basis, low, high }) => {
      const of = basis.ratings === undefined ? '' : ` (${basis.ratings})`;
      const range = low === null || high === null ? '' : `, ${low.toFixed(1)} to ${high.toFixed(1)}`;
      return `${clean(place)} ${value ?? 0}${scale === 5 ? '' : ` of ${scale}`}${of}${range}`;
    });
    const complains = complaintShare.value === null ? [] : [`${percent(complaintShare.value)} complain`];
    return [`  ${clean(name)}`, [...told, ...complains].join('; ') || telling.paint.dim('nothing known')];
  });
  const unknown = sideBySide.find(({ own, stars }) => !own && stars.length === 0);
  const how = unknown
    ? `Put in the stars that they have: \`${telling.earshot} rating 4.3 --at Google --rival ${quoted(unknown.name)}\`.`
    : '';
  return section('Beside your rivals', telling, [...rows, ['', how]]);
}

const industryNames: Readonly<Record<string, string>> = {
  'complaint-share': 'Complaints of all mentions',
  'kind-share': 'Kind of kind words and complaints',
  'answer-time': 'First answer',
  'in-time': 'Answered in time',
  'happy-again': 'Happy again',
  stars: 'Stars',
};

function industry({ industry: all }: BrandReport, telling: Telling): string {
  const rows = all.map(({ figure, value, source, date, ours }): readonly [string, string] => {
    const say = (number: number) =>
      figure === 'stars' ? String(number) : figure === 'answer-time' ? length(number) : percent(number);
    const own = ours?.value === null || ours === null ? 'not known yet' : say(ours.value);
    return [
      `  ${industryNames[figure] ?? clean(figure)}`,
      `you ${own}, the trade ${say(value)} (${clean(source)}, ${date})`,
    ];
  });
  return rows.length === 0 ? '' : section('Beside your trade', telling, rows);
}

function share({ value, low, high, basis, state }: FigureFace): string {
  if (value === null || low === null || high === null) return 'nothing to tell it from';
  const few = state === 'ok' ? '' : '; too few to judge by';
  const [part, whole] = [basis.praise ?? basis.complaints ?? basis.inTime, basis.mentions];
  const of = whole !== undefined && part !== undefined ? `, ${part} of ${whole}` : '';
  return `${percent(value)} (${percent(low)} to ${percent(high)}${of}${few})`;
}

const percent = (part: number) => `${Math.round(part * 100)} %`;

const labelColumns = 18;

function section(title: string, telling: Telling, rows: readonly (readonly [label: string, text: string])[]): string {
  const { terminal, paint } = telling;
  const width = readingWidth(terminal);
  const room = Math.min(34, Math.max(labelColumns, ...rows.map(([label]) => widthOf(label) + 2)));
  const lines = rows
    .filter(([, text]) => text !== '')
    .map(([label, text]) => {
      if (label === '') return wrapped(text, width);
      return toWidth(label, room) + wrapped(text, width - room, '').replaceAll('\n', `\n${' '.repeat(room)}`);
    });
  return [paint.bold(title), ...lines].join('\n');
}

const inLines = (text: string, { terminal }: Telling) => wrapped(text, readingWidth(terminal));

const dayOf =
  ({ now, timezone }: Telling) =>
  (at: number) =>
    sayDay(at, now, timezone);
