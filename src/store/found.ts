/** What Earshot found a mention to be, in the three words that people are shown. */
import { sql } from 'kysely';

/** `flagged`: a complaint that may be about us; `unsure`: left to a person; `none`: neither. */
export type Found = 'flagged' | 'unsure' | 'none';

/** Over `mentions`, by its findings alone; who opened a case and which pile it lies on say nothing here. */
export const foundNow = sql<Found>`case
  when mentions.set_aside is not null or mentions.relevance = 'other' then 'none'
  when mentions.complaint = 'complaint' then 'flagged'
  when mentions.complaint = 'unsure' then 'unsure'
  else 'none' end`;
