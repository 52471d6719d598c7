/** Table `news`: what insight noticed and when, so that each is told once. Numbers and ids, nobody's words. */
import { type Selectable, sql } from 'kysely';
import { among } from './lists.ts';
import type { NewsTable, Tx } from './tables.ts';

/** `fall` of praise, `spike` of complaints, the same thing `again`, a mended cause that is `back` or has `stayed-away`. */
export type NewsKind = 'fall' | 'spike' | 'again' | 'back' | 'stayed-away';

export interface StoredNews {
  readonly brandId: string;
  readonly kind: NewsKind;
  /** The topic or cause; '' where there is none. */
  readonly subject: string;
  /** When it was noticed, milliseconds UTC. */
  readonly at: number;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Leaves out what was noticed before and has not had its rest. @returns those that are new */
export async function addNews(
  tx: Tx,
  list: readonly (StoredNews & { readonly restMs: number })[],
): Promise<StoredNews[]> {
  const added: StoredNews[] = [];
  for (const { restMs, ...news } of list) {
    const { brandId, kind, subject, at, details } = news;
    const { rows } = await sql<{ readonly id: number }>`
      insert into news (brand_id, kind, subject, at, details)
      select ${brandId}, ${kind}, ${subject}, ${at}, ${JSON.stringify(details)}
      where not exists (select 1 from news
        where brand_id = ${brandId} and kind = ${kind} and subject = ${subject} and at > ${at - restMs})
      returning id`.execute(tx);
    if (rows.length > 0) added.push(news);
  }
  return added;
}

/** Noticed after `from`, until `to`; the oldest first. */
export async function newsBetween(
  tx: Tx,
  brandIds: readonly string[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<StoredNews[]> {
  const rows = await tx
    .selectFrom('news')
    .selectAll()
    .where('brand_id', 'in', among(brandIds))
    .where('at', '>', from)
    .where('at', '<=', to)
    .orderBy('id')
    .execute();
  return rows.map(stored);
}

function stored({ brand_id, kind, subject, at, details }: Selectable<NewsTable>): StoredNews {
  return {
    brandId: brand_id,
    kind: kind as NewsKind,
    subject,
    at,
    details: JSON.parse(details) as Record<string, unknown>,
  };
}
