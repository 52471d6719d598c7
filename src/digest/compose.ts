/** Puts a digest together: rows in, a value out that says everything in the order in which it should be read. */
import type { MentionFace } from '../face/mention.ts';
import { endedOf, isOffline, offlineSentence } from '../insight/offline.ts';
import { capital } from '../text/capital.ts';
import { onOneLine } from '../text/clean.ts';
import { count, lastDays } from '../text/count.ts';
import { sayCounts } from './counts.ts';
import type { Digest, DigestRows, PlaceLine, Section, Shown, Slice, Step } from './digest.ts';
import { itemOf } from './item.ts';
import { sayLeftOut } from './left-out.ts';
import { sayDate, sayMoment } from './local-time.ts';
import { newsSection } from './news.ts';
import { inOrderOfPriority, isOverdue, kindestFirst, mostLikelyFirst, onePerCase } from './order.ts';
import { placeLines, placesSection, unreadNames } from './places.ts';
import { sayRatings } from './ratings.ts';
import { brandsOf, headlineOf } from './subject.ts';
import { sayUnconnected } from './unconnected.ts';
import { nameFew } from './wording.ts';

/** Two minutes at breakfast: what stands there in full must fit into them. */
const most = { needsYou: 7, worst: 3, unsure: 3, praise: 2, places: 12 } as const;
const quietIsWorthAWordAfterDays = 7;

/** @param shown what is told in full; as much as a mail holds where it is not given. */
export function compose(rows: DigestRows, shown: Shown = mailShows(rows)): Digest {
  const needing = onePerCase(inOrderOfPriority(rows));
  const overdue = needing.filter((mention) => isOverdue(mention, rows.now)).length;
  const places = placeLines(rows);
  const headline = headlineOf(rows, places, needing.length);
  const about = brandsOf(rows);
  const welcome = rows.kind === 'welcome';
  const needsYou = section(
    welcome ? 'The worst' : 'Needs you',
    needing,
    shown.needsYou,
    `${rows.earshot} list`,
    (mention) => itemOf(mention, isOverdue(mention, rows.now) ? 'overdue' : mention.urgency, rows),
  );
  return {
    kind: rows.kind,
    subject: `${headline} · ${about}`,
    headline,
    about,
    date: sayDate(rows.now, rows.timezone),
    connect: isSilence(rows) && rows.unconnected ? howToConnect(rows) : null,
    lead: leadOf(rows, { places, needing: needing.length, overdue }),
    needsYou,
    correction: correctionFor(needsYou, rows),
    news: newsSection(rows),
    unsure: section(
      'Not sure: please look',
      mostLikelyFirst(rows.unsure),
      shown.unsure,
      `${rows.earshot} list --unsure`,
      (mention) => itemOf(mention, 'unsure', rows),
    ),
    praise: {
      ...section(
        welcome ? 'The kindest' : 'Kind words',
        kindestFirst(rows.praise),
        shown.praise,
        `${rows.earshot} list --all`,
        (mention) => itemOf(mention, 'praise', rows),
      ),
      more: null,
    },
    places: placesSection(places, rows, shown.places),
    ratings: { title: 'Your stars', lines: sayRatings(rows) },
    leftOut: { title: 'Left out, and why', lines: sayLeftOut(rows.leftOut) },
    counts: { title: capital(lastDays(rows.counts.days)), lines: sayCounts(rows.counts) },
    inbox: rows.inboxAddress
      ? { say: 'On the computer where Earshot runs, work them all at', address: rows.inboxAddress }
      : null,
    footer: [
      `Times are those of ${rows.timezone}.`,
      `This mail comes from Earshot on your own computer, for ${onOneLine(rows.recipient)}. To stop it, take that address out of “digest” in Earshot’s config file.`,
    ],
  };
}

function mailShows({ kind }: DigestRows): Shown {
  const first = (count: number): Slice => ({ from: 0, most: count });
  const needsYou = first(kind === 'welcome' ? most.worst : most.needsYou);
  return { needsYou, unsure: first(most.unsure), praise: first(most.praise), places: most.places };
}

function section(
  title: string,
  mentions: readonly MentionFace[],
  { from, most: atMost }: Slice,
  command: string,
  toItem: (mention: MentionFace) => Section['items'][number],
): Section {
  const left = mentions.length - from - atMost;
  return {
    title,
    items: mentions.slice(from, from + atMost).map(toItem),
    total: mentions.length,
    more: left > 0 ? { say: `and ${left} more`, command } : null,
  };
}

function correctionFor({ items: [first] }: Section, { earshot }: DigestRows): Step | null {
  return first === undefined
    ? null
    : { say: 'Got one wrong? Say so, and Earshot remembers', command: `${earshot} mark ${first.letter} no-complaint` };
}

const isSilence = ({ quietDays }: DigestRows) => quietDays >= quietIsWorthAWordAfterDays;

const howToConnect = ({ earshot }: DigestRows): Step => ({
  say: 'How to connect them',
  command: `${earshot} sources`,
});

function leadOf(
  rows: DigestRows,
  {
    places,
    needing,
    overdue,
  }: { readonly places: readonly PlaceLine[]; readonly needing: number; readonly overdue: number },
): readonly string[] {
  const { all: unread, deaf, slowed } = unreadNames(places);
  const lead: string[] = [];
  const heardSome = places.some(({ unread }) => !unread);
  if (rows.kind === 'welcome') {
    if (heardSome) lead.push(lookBack(rows.counts));
    lead.push(
      `As long as Earshot runs, it looks by itself and writes every day.${overdue === 0 ? ' The time to answer counts from today.' : ''}`,
    );
  } else if (overdue > 0) {
    lead.push(`${overdue === 1 ? 'One is' : `${overdue} are`} overdue. Start at the top.`);
  } else if (needing > 1) {
    lead.push('The most urgent comes first.');
  }
  if (rows.leftBehind) lead.push(onOneLine(rows.leftBehind));
  lead.push(...sayRaised(rows.raised));
  if (isSilence(rows)) {
    const why = heardSome && unread.length === 0 ? ' Earshot could read every place, so it is a real silence.' : '';
    lead.push(`Nobody has mentioned you for ${rows.quietDays} days.${why}`);
    if (rows.unconnected) lead.push(sayUnconnected(rows.unconnected));
  }
  lead.push(...sayEnding(rows));
  const ended = rows.places.flatMap(endedOf);
  if (isOffline(ended)) lead.push(offlineSentence(ended.length));
  else if (deaf.length > 0) lead.push(`Earshot could not look at ${nameFew(deaf, 'other places')}; why is below.`);
  if (slowed.length > 0)
    lead.push(
      `Earshot was slowed down at ${nameFew(slowed, 'other places')}, so not all of it has been read; why is below.`,
    );
  return lead;
}

/** “Earshot can read Instagram until Thu 14:00. Connect it again before then: `npx earshot connect instagram`.” */
function sayEnding({ places, now, timezone, earshot }: DigestRows): readonly string[] {
  const soon = places.flatMap(({ title, watch, endsAt = null }) =>
    endsAt === null ? [] : [{ title, source: watch.source, endsAt }],
  );
  const once = [...new Map(soon.toReversed().map((one) => [one.source, one])).values()];
  return once.map(
    ({ title, source, endsAt }) =>
      `Earshot can read ${onOneLine(title)} until ${sayMoment(endsAt, now, timezone)}. Connect it again before then: \`${earshot} connect ${source}\`.`,
  );
}

const mostRaised = 3;

/** “It helped: they give 4 of 5 stars now in place of 1, since you answered (c4).” */
function sayRaised(raised: DigestRows['raised']): readonly string[] {
  const told = raised.slice(-mostRaised).map(({ caseId, from, to, scale }) => {
    return `It helped: they give ${to} of ${scale} stars now in place of ${from}, since you answered (c${caseId}).`;
  });
  const more = raised.length - told.length;
  return more > 0 ? [...told, `So do ${count(more, 'other')}.`] : told;
}

function lookBack({ days, now }: DigestRows['counts']): string {
  const [complaints, praise] = [count(now.complaints, 'complaint'), count(now.praise, 'kind word')];
  const mentions = count(now.mentions, 'mention');
  return `Earshot looked back over ${lastDays(days)} and found ${mentions} of you: ${complaints} and ${praise}.`;
}
