/** Which pile a mention lies on (flagged, unsure, none) and where in it: kept in columns, so that the queue is read in order. */
import { sql } from 'kysely';
import { among } from './lists.ts';
import type { Tx } from './tables.ts';

/**
 * Puts mentions where their findings, marks and cases say; whoever changes one of these calls it.
 * What a person marked goes before what we found. The mention that opened a case lies in the queue as long as the case is
 * open, whatever we have come to think of it; what others say in the same words lies there with it. Of what nobody can read any more only a case is left. What is unsure stands with
 * the likeliest complaint first: who decides it needs the fewest seconds where it is nearly clear, and may stop before the rest.
 */
export async function refreshPiles(tx: Tx, mentionIds: readonly number[]): Promise<void> {
  if (mentionIds.length === 0) return;
  await sql`
    update mentions set pile = new.pile, pile_class = new.class, pile_at = new.at from (
      select m.id,
        case
          when c.closed_at is not null and not (c.state = 'dismissed' and c.owner is null) then null
          when c.lead_mention_id = m.id and c.closed_at is null then 'flagged'
          when m.double_of <> m.id and c.id is not null then null
          when coalesce(m.marked_us, m.set_aside is null and m.relevance <> 'other') = 0 then null
          when m.history = 1 and c.id is null and m.marked_complaint is null then null
          when (c.id is null or c.closed_at is not null) and not exists (
            select 1 from mention_posts mp join posts p on p.id = mp.post_id where mp.mention_id = m.id and p.gone_at is null
          ) then null
          when coalesce(m.marked_complaint, m.complaint = 'complaint') = 1 then 'flagged'
          when m.marked_complaint is null and m.complaint = 'unsure' then 'unsure'
        end as pile,
        3 - case
          when m.marked_urgent = 1 then 3
          when coalesce(c.urgency, 0) > m.urgency then c.urgency
          else m.urgency
        end as class,
        case
          when c.id is null and m.marked_complaint is null and m.complaint = 'unsure'
          then round(1000 * (1 - m.complaint_probability))
          else coalesce(c.due_at, m.first_seen_at)
        end as at
      from mentions m left join case_mentions cm on cm.mention_id = m.id left join cases c on c.id = cm.case_id
      where m.id in ${among(mentionIds)}
    ) as new where mentions.id = new.id`.execute(tx);
}

/** Which pile each of these lies on; null: on none. */
export async function pilesOf(
  tx: Tx,
  ids: readonly number[],
): Promise<ReadonlyMap<number, 'flagged' | 'unsure' | null>> {
  const rows = await tx.selectFrom('mentions').select(['id', 'pile']).where('id', 'in', among(ids)).execute();
  return new Map(rows.map(({ id, pile }) => [id, pile as 'flagged' | 'unsure' | null]));
}
