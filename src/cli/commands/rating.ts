/** `earshot rating`: the overall figures of places, or one put in by hand. */
import { sayRatings } from '../../digest/ratings.ts';
import type { Edges } from '../../edges.ts';
import { ratingRows } from '../../jobs/rating-rows.ts';
import { saveRatings } from '../../store/ratings.ts';
import { clean } from '../format.ts';
import { brandIds, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly at?: string;
  readonly count?: string;
  readonly scale: string;
  readonly brand?: string;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options, figure?: string): Promise<number> {
  return withTools(edges, options, async (tools) => {
    if (figure !== undefined) {
      if (options.at === undefined)
        throw new Misuse('Where does it stand? npx earshot rating 4.3 --at Google --count 212');
      const value = number(figure, 'The figure');
      const scale = number(options.scale, '--scale');
      if (value > scale) throw new Misuse(`${value} is more than ${scale}, the best there is; name another --scale.`);
      const named =
        (await brandIds(tools, options.brand))?.[0] ??
        (tools.brands.size === 1 ? [...tools.brands.keys()][0] : undefined);
      if (named === undefined) throw new Misuse('Which of your brands is it of? Say so with --brand.');
      const count = options.count === undefined ? null : number(options.count, '--count');
      const rating = { source: 'by-hand', place: clean(options.at), of: named, rating: { value, scale }, count };
      await tools.store.write('a figure', (tx) => saveRatings(tx, [rating], edges.clock.now()));
    }
    const rows = await tools.store.read('figures', (tx) => ratingRows(tools, tx));
    if (options.json) edges.terminal.out(`${JSON.stringify(rows, null, 2)}\n`);
    else if (rows.length > 0)
      edges.terminal.out(`${sayRatings({ ratings: rows, timezone: tools.config.timezone }).join('\n')}\n`);
    else edges.terminal.err(`No figure yet: ${tools.earshot} rating 4.3 --at Google --count 212\n`);
    return 0;
  });
}

function number(text: string, what: string): number {
  const value = Number(text.replace(',', '.'));
  if (!Number.isFinite(value) || value < 0 || text.trim() === '') throw new Misuse(`${what} ${text} is no number.`);
  return value;
}
