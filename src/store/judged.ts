/** What a mention counts as, in parts of a statement: what a person marked goes before what was found. */
import { sql } from 'kysely';

export const isOurs = sql<number>`(coalesce(marked_us, set_aside is null and relevance <> 'other') = 1)`;
export const isComplaint = sql<number>`coalesce(marked_complaint, complaint = 'complaint')`;
