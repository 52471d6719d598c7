/** What a mention counts as, in parts of a statement: what a person marked goes before what was found. */
import { sql } from 'kysely';

export const isOurs = sql<number>`(coalesce(marked_us, set_aside is null and relevance <> 'other') = 1)`;
/**
 * What somebody marked as a complaint is no praise; what they marked as none is no praise for that. Nor is what means
 * somebody else, or what another account said first in the same words.
 */
export const isPraise = sql<number>`(praise = 1 and coalesce(marked_complaint, 0) = 0
  and (double_of is null or double_of = mentions.id)
  and coalesce(marked_us, relevance <> 'other') = 1)`;
export const isComplaint = sql<number>`coalesce(marked_complaint, complaint = 'complaint')`;
