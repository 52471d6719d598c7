/** Notices what the counts say (praise that fell, complaints all at once, the same again, a mended cause that is back), each once. */
import { dayMs } from '../clock.ts';
import { againDays } from '../insight/again.ts';
import { watchedDays } from '../insight/mended.ts';
import { addNews, type StoredNews } from '../store/news.ts';
import { readMended } from './mendings.ts';
import { readAgain } from './same-again.ts';
import type { Tools } from './tools.ts';
import { readReports, readTalk, ringing } from './word-of-mouth.ts';

/** What was told has its rest: what stays as it is becomes no news each morning. */
const restDays = { fall: 30, spike: 7, again: againDays, back: watchedDays, 'stayed-away': watchedDays } as const;

/** A fall over a year is told once a year. */
function restOf({ kind, details }: News): number {
  const days = kind === 'fall' && typeof details.days === 'number' ? details.days : 0;
  return Math.max(restDays[kind], days) * dayMs;
}

type News = Omit<StoredNews, 'at'>;

/** @returns what is new */
export async function noticeNews(tools: Tools): Promise<readonly StoredNews[]> {
  const now = tools.clock.now();
  const brandIds = [...tools.brands.keys()];
  const reports = await readReports(tools);
  const found = await tools.store.read('news', async (tx) => {
    const talks = await readTalk(tools, tx, brandIds, reports);
    const news: News[] = [];
    for (const [brandId, talk] of talks) {
      for (const { kind, ...details } of await ringing(tx, brandId, talk, now))
        news.push({ brandId, kind, subject: '', details });
    }
    for (const [brandId, all] of await readAgain(tx, brandIds, now)) {
      for (const { name, ...details } of all) news.push({ brandId, kind: 'again', subject: name, details });
    }
    for (const { brandId, cause, state, ...details } of await readMended(tx, brandIds, now)) {
      if (state === 'watching') continue;
      const kind = state === 'back' ? 'back' : 'stayed-away';
      // What was over long ago was told then.
      if (now - details.watchedUntil > dayMs * watchedDays) continue;
      news.push({ brandId, kind, subject: cause, details: { ...details, state } });
    }
    return news;
  });
  if (found.length === 0) return [];
  const list = found.map((one) => ({ ...one, at: now, restMs: restOf(one) }));
  return tools.store.write('news', (tx) => addNews(tx, list));
}
