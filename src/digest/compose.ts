/** Puts a digest together: rows in, a value out that says everything in the order in which it should be read. */
import type { MentionFace } from '../face/mention.ts';
import { urgencies } from '../mention.ts';
import { onOneLine } from '../text/clean.ts';
import { sayCounts } from './counts.ts';
import type { Digest, DigestRows, PlaceLine, Section, Step } from './digest.ts';
import { dueAt, itemOf } from './item.ts';
import { sayLeftOut } from './left-out.ts';
import { sayDate } from './local-time.ts';
import { brandsOf, headlineOf, unreadPlaces } from './subject.ts';
import { counted, nameFew } from './wording.ts';

/** Two minutes at breakfast: what stands there in full must fit into them. */
const most = { needsYou: 7, worst: 3, unsure: 3, praise: 2, places: 12 } as const;
const quietIsWorthAWordAfterDays = 7;

export function compose(rows: DigestRows): Digest {
  const needing = inOrderOfNeed(onePerCase(rows.needsYou), rows.now);
  const overdue = needing.filter((mention) => isOverdue(mention, rows.now)).length;
  const headline = headlineOf(rows, needing.length);
  const about = brandsOf(rows);
  const welcome = rows.kind === 'welcome';
  const needsYou = section(
    welcome ? 'The worst' : 'Needs you',
    needing,
    welcome ? most.worst : most.needsYou,
    'npx earshot list',
    (mention) => itemOf(mention, isOverdue(mention, rows.now) ? 'overdue' : mention.urgency, rows),
  );
  return {
    kind: rows.kind,
    subject: `${headline} · ${about}`,
    headline,
    about,
    date: sayDate(rows.now, rows.timezone),
    lead: leadOf(rows, needing.length, overdue),
    needsYou,
    correction: correctionFor(needsYou),
    unsure: section(
      'Not sure: please look',
      mostLikelyFirst(rows.unsure),
      most.unsure,
      'npx earshot list --unsure',
      (mention) => itemOf(mention, 'unsure', rows),
    ),
    praise: {
      title: welcome ? 'The kindest' : 'Kind words',
      items: kindestFirst(rows.praise)
        .slice(0, most.praise)
        .map((mention) => itemOf(mention, 'praise', rows)),
      more: null,
    },
    places: placesOf(rows),
    leftOut: { title: 'Left out, and why', lines: sayLeftOut(rows.leftOut) },
    counts: { title: `The last ${rows.counts.days} days`, lines: sayCounts(rows.counts) },
    footer: [
      `Times are those of ${rows.timezone}.`,
      `This mail comes from Earshot on your own computer, for ${onOneLine(rows.recipient)}. To stop it, take that address out of “digest” in Earshot’s config file.`,
    ],
  };
}

function onePerCase(mentions: readonly MentionFace[]): readonly MentionFace[] {
  const seen = new Set<number>();
  return mentions.filter(({ case: one }) => {
    if (one === null) return true;
    const isNew = !seen.has(one.id);
    seen.add(one.id);
    return isNew;
  });
}

function isOverdue(mention: MentionFace, now: number): boolean {
  const due = dueAt(mention);
  return due !== null && due < now;
}

/** Overdue ones first, the longest overdue at the top; then urgency, due time (else time seen) and id, as in `list`. */
function inOrderOfNeed(mentions: readonly MentionFace[], now: number): readonly MentionFace[] {
  const rank = (mention: MentionFace): readonly number[] => {
    const time = dueAt(mention) ?? Date.parse(mention.firstSeenAt);
    return isOverdue(mention, now) ? [0, time, mention.id] : [1, -urgencies.indexOf(mention.urgency), time, mention.id];
  };
  return inOrder(mentions, rank);
}

function mostLikelyFirst(mentions: readonly MentionFace[]): readonly MentionFace[] {
  return inOrder(mentions, ({ complaint, id }) => [-complaint.probability, id]);
}

function kindestFirst(mentions: readonly MentionFace[]): readonly MentionFace[] {
  const kind = mentions.filter(
    ({ sentiment, relevance, complaint }) =>
      sentiment.label === 'positive' && relevance.verdict === 'about' && complaint.verdict === 'none',
  );
  return inOrder(kind, ({ sentiment, id }) => [-(sentiment.score ?? 0), -id]);
}

function inOrder(mentions: readonly MentionFace[], rank: (mention: MentionFace) => readonly number[]) {
  const ranked = mentions.map((mention) => ({ mention, by: rank(mention) }));
  return ranked.sort((one, other) => compare(one.by, other.by)).map(({ mention }) => mention);
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}

function section(
  title: string,
  mentions: readonly MentionFace[],
  atMost: number,
  command: string,
  toItem: (mention: MentionFace) => Section['items'][number],
): Section {
  const left = mentions.length - atMost;
  return {
    title,
    items: mentions.slice(0, atMost).map(toItem),
    more: left > 0 ? { say: `and ${left} more`, command } : null,
  };
}

function correctionFor({ items: [first] }: Section): Step | null {
  return first === undefined
    ? null
    : { say: 'Got one wrong? Say so, and I remember', command: `npx earshot mark ${first.letter} no-complaint` };
}

const mostBrokenFirst: readonly PlaceLine['state'][] = ['blind', 'never-worked', 'limited', 'quiet', 'fresh'];

function placesOf(rows: DigestRows): Digest['places'] {
  const lines = [...rows.places].sort(
    (one, other) =>
      mostBrokenFirst.indexOf(one.state) - mostBrokenFirst.indexOf(other.state) || one.title.localeCompare(other.title),
  );
  const rest = lines.slice(most.places);
  const allHeard = rest.every(({ state }) => state === 'fresh');
  return {
    title: rows.kind === 'welcome' ? 'What I hear, and what I can’t' : 'Where I looked',
    lines: lines
      .slice(0, most.places)
      .map((line) => ({ ...line, title: onOneLine(line.title), sentence: onOneLine(line.sentence) })),
    more:
      rest.length === 0
        ? null
        : { say: `and ${rest.length} more${allHeard ? ', all heard' : ''}`, command: 'npx earshot status' },
  };
}

function leadOf(rows: DigestRows, needing: number, overdue: number): readonly string[] {
  const deaf = unreadPlaces(rows);
  const { now } = rows.counts;
  const lead: string[] = [];
  if (rows.kind === 'welcome') {
    lead.push(
      `I looked back over the last ${rows.counts.days} days and found ${counted(now.mentions, 'mention', 'mentions')} of you: ` +
        `${counted(now.complaints, 'complaint', 'complaints')} and ${counted(now.praise, 'kind word', 'kind words')}.`,
      'From now on I look by myself and write every morning. Nothing is overdue: all clocks start today.',
    );
  } else if (overdue > 0) {
    lead.push(`${overdue === 1 ? 'One is' : `${overdue} are`} overdue. Start at the top.`);
  } else if (needing > 1) {
    lead.push('The most urgent comes first.');
  }
  if (rows.quietDays >= quietIsWorthAWordAfterDays) lead.push(`Nobody has mentioned you for ${rows.quietDays} days.`);
  if (deaf.length > 0) lead.push(`I could not look at ${nameFew(deaf, 'other places')}; what to do is below.`);
  return lead;
}
