/** How many mentions of what kind by day, week or topic: what insight is counted from, never row by row. */
import { sql } from 'kysely';
import { dayMs } from '../clock.ts';
import { ownPlace } from '../mention.ts';
import { isComplaint, isOurs, isPraise } from './judged.ts';
import { among } from './lists.ts';
import type { Tx } from './tables.ts';

/** What was said in `[from, to)`, milliseconds UTC, of these brands. */
export interface TallyFilter {
  readonly brandIds: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** Whole stretches of days before `to`. A number that is bound comes as a real one: without the cast it is divided to fractions. */
const before = (to: number, days: number) => sql`cast((${to} - 1 - mentions.said_at) / ${days * dayMs} as integer)`;

export interface DayTally {
  readonly brandId: string;
  readonly source: string;
  /** Whole days before `to`: 0 is the last 24 hours. */
  readonly ago: number;
  readonly mentions: number;
  readonly praise: number;
  readonly complaints: number;
}

/** What is said in the business's own form is no word of mouth. */
const isPublic = sql`(posts.place is null or posts.place not like ${`${ownPlace}%`})`;

/**
 * Over so long a time most rows are wanted, and reading them in the order in which they lie is four times as fast as by an
 * index (100,000 mentions: 0.2 s of one core in place of 1 s).
 */
const scannedFrom = 180 * dayMs;

/** Of what was said in public; a day and source without any has no row. */
export async function dayTallies(tx: Tx, { brandIds, from, to }: TallyFilter): Promise<DayTally[]> {
  const { rows } = await sql<DayTally>`
    select mentions.brand_id as "brandId", posts.source, ${before(to, 1)} as ago,
      count(*) as mentions, sum(${isPraise}) as praise, sum(${isComplaint}) as complaints
    from mentions ${to - from > scannedFrom ? sql`not indexed` : sql``} cross join posts on posts.id = mentions.lead_post_id
    where mentions.brand_id in ${among(brandIds)} and mentions.said_at >= ${from} and mentions.said_at < ${to}
      and ${isOurs} and ${isPublic}
    group by 1, 2, 3`.execute(tx);
  return rows;
}

export interface TopicTally {
  readonly brandId: string;
  readonly topic: string;
  /** Whole stretches of that many days before `to`. */
  readonly ago: number;
  readonly mentions: number;
  readonly complaints: number;
}

/** By stretches of so many days; a mention with two topics counts in both. */
export async function topicTallies(
  tx: Tx,
  { brandIds, from, to }: TallyFilter,
  stretchDays: number,
): Promise<TopicTally[]> {
  const { rows } = await sql<TopicTally>`
    select mentions.brand_id as "brandId", topic.value as topic,
      ${before(to, stretchDays)} as ago, count(*) as mentions, sum(${isComplaint}) as complaints
    from mentions join json_each(mentions.topics) topic
    where mentions.brand_id in ${among(brandIds)} and mentions.said_at >= ${from} and mentions.said_at < ${to} and ${isOurs}
    group by 1, 2, 3`.execute(tx);
  return rows;
}

/** Leaves a case where it stands: no undo takes it back. Of events that were read src/cases/take-back.ts says the same. */
const beside = sql`(kind in ('note', 'joined', 'urgent', 'joined-into', 'promised', 'kept', 'resolved')
  or coalesce(details ->> '$.mark', '') = 'urgent')`;

/** The event `e` was not taken back, be it by the second undo of two: nowhere behind it are more undos than steps. */
const stands = sql`not exists (select 1 from case_events u where u.case_id = e.case_id and u.id > e.id and u.kind = 'undo'
  and (select sum(iif(kind = 'undo', 1, -1)) from case_events
    where case_id = e.case_id and id > e.id and id <= u.id and not ${beside}) > 0)`;

/** What was behind a case, as it was called last. */
export const causeOf = sql<string | null>`(select e.details ->> '$.cause' from case_events e
  where e.case_id = cases.id and e.details ->> '$.cause' is not null and ${stands} order by e.id desc limit 1)`;

/** A complaint with what tells whose it is and what of; without its words. */
export interface ComplaintRow {
  readonly brandId: string;
  readonly mentionId: number;
  readonly saidAt: number;
  readonly authorId: number | null;
  readonly caseId: number | null;
  readonly topics: readonly string[];
  /** As a person called it in its case. */
  readonly cause: string | null;
}

/** Complaints of the last days, without those whose case was dismissed. */
export async function complaintsBetween(tx: Tx, { brandIds, from, to }: TallyFilter): Promise<ComplaintRow[]> {
  const { rows } = await sql<Omit<ComplaintRow, 'topics'> & { readonly topics: string }>`
    select mentions.brand_id as "brandId", mentions.id as "mentionId", mentions.said_at as "saidAt", mentions.topics,
      case when posts.kind <> 'articles' then posts.author_id end as "authorId", cases.id as "caseId", ${causeOf} as cause
    from mentions join posts on posts.id = mentions.lead_post_id
      left join case_mentions on case_mentions.mention_id = mentions.id
      left join cases on cases.id = case_mentions.case_id
    where mentions.brand_id in ${among(brandIds)} and mentions.said_at >= ${from} and mentions.said_at < ${to}
      and ${isOurs} and ${isComplaint} = 1 and coalesce(cases.state, '') <> 'dismissed'
    order by mentions.id`.execute(tx);
  return rows.map((row) => ({ ...row, topics: JSON.parse(row.topics) as string[] }));
}

export interface EndTally {
  readonly brandId: string;
  readonly state: string;
  readonly cases: number;
}

/** How cases ended that were closed in that time. */
export async function endTallies(tx: Tx, { brandIds, from, to }: TallyFilter): Promise<EndTally[]> {
  const { rows } = await sql<EndTally>`
    select brand_id as "brandId", state, count(*) as cases from cases
    where brand_id in ${among(brandIds)} and joined_into is null and closed_at >= ${from} and closed_at < ${to}
    group by 1, 2`.execute(tx);
  return rows;
}

export interface AnswerRow {
  readonly brandId: string;
  readonly caseId: number;
  readonly openedAt: number;
  /** The first answer, or the fix; null where there is none yet. */
  readonly answeredAt: number | null;
  /** When it was due before that, or is due now; null where it was nobody's turn. */
  readonly dueAt: number | null;
}

/** Of the cases that were opened in that time, and not dismissed: when each got its first answer. */
export async function answersOf(tx: Tx, { brandIds, from, to }: TallyFilter): Promise<AnswerRow[]> {
  const { rows } = await sql<AnswerRow>`
    select cases.brand_id as "brandId", cases.id as "caseId", cases.opened_at as "openedAt",
      coalesce(e.details ->> '$.answeredAt', e.at) as "answeredAt",
      case when e.id is null then cases.due_at else e.details ->> '$.was.dueAt' end as "dueAt"
    from cases left join case_events e on e.id = (
      select min(e.id) from case_events e where e.case_id = cases.id and e.kind in ('answered', 'fix') and ${stands})
    where cases.brand_id in ${among(brandIds)} and cases.joined_into is null and cases.state <> 'dismissed'
      and cases.opened_at >= ${from} and cases.opened_at < ${to}
    order by cases.id`.execute(tx);
  return rows;
}
