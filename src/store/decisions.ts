/** What Earshot found, beside what people made of it: marks and worked cases, without anybody's words. */
import { sql } from 'kysely';
import { type Found, foundNow } from './found.ts';
import { among } from './lists.ts';
import type { Tx } from './tables.ts';

export interface Decision {
  readonly brandId: string;
  readonly source: string;
  readonly topics: readonly string[];
  /** Before anybody had marked it; what is thought now where nobody has. */
  readonly found: Found;
  /** The judges take it for a complaint, whoever it is about. */
  readonly complains: boolean;
  /** Nobody but a person brought it in. */
  readonly byHand: boolean;
  readonly marks: {
    readonly complaint: 'complaint' | 'no-complaint' | null;
    readonly us: 'us' | 'not-us' | null;
  };
  /** What became of its case: somebody answered or solved it, or dismissed it; null where neither, or there is none. */
  readonly worked: 'answered' | 'dismissed' | null;
}

/** Earshot itself took the case back. */
const withdrawn = sql`cases.state = 'dismissed' and cases.owner is null`;

/** Of mentions that came in from then on: what was flagged, and whatever somebody marked or worked on. */
export async function readDecisions(
  tx: Tx,
  { brandIds, since }: { readonly brandIds: readonly string[]; readonly since: number },
): Promise<Decision[]> {
  const { rows } = await sql<Row>`
    select mentions.brand_id, posts.source, mentions.topics, mentions.marked_us, mentions.marked_complaint,
      mentions.complaint = 'complaint' as complains,
      coalesce(
        (select found from marks where mention_id = mentions.id order by id limit 1),
        case when cases.lead_mention_id = mentions.id and not (${withdrawn}) then 'flagged' end,
        ${foundNow}
      ) as found,
      not exists (
        select 1 from mention_posts mp join posts place on place.id = mp.post_id
        where mp.mention_id = mentions.id and place.external_id not like 'by-hand:%'
      ) as by_hand,
      case
        when cases.state = 'dismissed' and not (${withdrawn}) then 'dismissed'
        when not exists (select 1 from case_events e where e.case_id = cases.id and e.by <> 'earshot') then null
        when cases.state in ('answered', 'fixed', 'happy', 'won-back', 'silent', 'lost') then 'answered'
        when exists (
          select 1 from case_events e where e.case_id = cases.id and e.kind in ('answered', 'fix', 'happy')
        ) and not exists (select 1 from case_events e where e.case_id = cases.id and e.kind = 'undo') then 'answered'
      end as worked
    from mentions
      join posts on posts.id = mentions.lead_post_id
      left join case_mentions on case_mentions.mention_id = mentions.id
      left join cases on cases.id = case_mentions.case_id
    where mentions.brand_id in ${among(brandIds)} and mentions.first_seen_at >= ${since}
      and (mentions.marked_us is not null or mentions.marked_complaint is not null or cases.id is not null
        or (mentions.history = 0 and ${foundNow} = 'flagged'))
    order by mentions.id`.execute(tx);
  return rows.map(decision);
}

interface Row {
  readonly brand_id: string;
  readonly source: string;
  readonly topics: string;
  readonly marked_us: 0 | 1 | null;
  readonly marked_complaint: 0 | 1 | null;
  readonly complains: 0 | 1;
  readonly found: Found;
  readonly by_hand: 0 | 1;
  readonly worked: Decision['worked'];
}

function decision(row: Row): Decision {
  const { marked_us: us, marked_complaint: complaint } = row;
  return {
    brandId: row.brand_id,
    source: row.source,
    topics: JSON.parse(row.topics) as string[],
    found: row.found,
    complains: row.complains === 1,
    byHand: row.by_hand === 1,
    marks: {
      complaint: complaint === null ? null : complaint === 1 ? 'complaint' : 'no-complaint',
      us: us === null ? null : us === 1 ? 'us' : 'not-us',
    },
    worked: row.worked,
  };
}
