/** A place's overall rating where it costs a question of its own: asked behind its reviews, which stay whatever comes of it. */
import { Fault } from '../net/fault.ts';
import type { Page } from './source.ts';
import { webLinks } from './web-links.ts';

interface Figure {
  readonly name?: string | null | undefined;
  /** Of five stars; absent or a nought where nobody has rated it yet. */
  readonly rating?: number | undefined;
  readonly count?: number | null | undefined;
  readonly page?: string | null | undefined;
}

/** One page without posts. @param place what it is called where the platform names it not; @param ask the platform */
export async function overallFigure(place: string, ask: () => Promise<Figure>): Promise<Page> {
  try {
    const { name, rating, count, page } = await ask();
    const given = rating === undefined || rating === 0 ? [] : [{ value: rating, scale: 5 }];
    const url = webLinks([page])[0] ?? null;
    return {
      posts: [],
      ratings: given.map((one) => ({ place: name || place, rating: one, count: count ?? null, url })),
    };
  } catch (fault) {
    // The reviews have come in: a figure that could not be read is worth a word, not the run.
    if (!(fault instanceof Fault)) throw fault;
    return { posts: [], note: 'The reviews were read, but the overall rating could not be.' };
  }
}
