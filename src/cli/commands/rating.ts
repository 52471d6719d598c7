/** `earshot rating`: the overall figures of places, or one put in by hand. */
import type { App } from '../../app.ts';
import { sayRatings } from '../../digest/ratings.ts';
import type { Edges } from '../../edges.ts';
import type { RatingFace } from '../../face/rating.ts';
import { ratingRows } from '../../jobs/rating-rows.ts';
import { saveRatings } from '../../store/ratings.ts';
import { jsonText } from '../../text/json.ts';
import { clean } from '../format.ts';
import { oneBrand, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly at?: string;
  readonly count?: string;
  readonly scale: string;
  readonly rival?: string;
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
      if (scale === 0)
        throw new Misuse('--scale 0 leaves no room for stars; it is the best there is, as in --scale 10.');
      if (value > scale) throw new Misuse(`${value} is more than ${scale}, the best there is; name another --scale.`);
      const named = await oneBrand(tools, options.brand);
      if (named === null) throw new Misuse('Which of your brands is it about? Say so with --brand.');
      const count = options.count === undefined ? null : amount(options.count);
      const of = options.rival === undefined ? named : rivalOf(tools, named, options.rival);
      const rating = { source: 'by-hand', place: clean(options.at), of, rating: { value, scale }, count };
      await tools.store.write('a figure', (tx) => saveRatings(tx, [rating], edges.clock.now()));
      if (of !== named) edges.terminal.err(`Kept. \`${tools.earshot} report\` shows ${clean(of)} beside you.\n`);
    }
    const rows: RatingFace[] = await tools.store.read('figures', (tx) => ratingRows(tools, tx));
    if (options.json) edges.terminal.out(`${jsonText(rows, 2)}\n`);
    else if (rows.length > 0)
      edges.terminal.out(`${sayRatings({ ratings: rows, timezone: tools.config.timezone }).join('\n')}\n`);
    else edges.terminal.err(`No figure yet: ${tools.earshot} rating 4.3 --at Google --count 212\n`);
    return 0;
  });
}

/** As it stands in the config, so that the report finds it. */
function rivalOf(tools: App, brandId: string, rival: string): string {
  const rivals = tools.brands.get(brandId)?.rivals ?? [];
  const found = rivals.find((name) => name.toLowerCase() === rival.trim().toLowerCase());
  if (found !== undefined) return found;
  const known = rivals.length > 0 ? ` There are: ${rivals.map(clean).join(', ')}.` : '';
  throw new Misuse(`${clean(rival)} does not stand under \`rivals\` of that brand in your config.${known}`);
}

function number(text: string, what: string): number {
  const value = Number(text.replace(',', '.'));
  if (!Number.isFinite(value) || value < 0 || text.trim() === '') throw new Misuse(`${what} ${text} is no number.`);
  return value;
}

/** `1.240` and `1,240` are more than a thousand, as people write it in one land or the other. */
function amount(text: string): number {
  const plain = /^\d{1,3}(?:([.,'’ ])\d{3}(?:\1\d{3})*)?$/.test(text.trim()) ? text.replaceAll(/\D/g, '') : text.trim();
  const value = Number(plain);
  if (!/^\d+$/.test(plain) || !Number.isSafeInteger(value))
    throw new Misuse(`--count ${clean(text)} is no number of ratings; write it as in --count 212.`);
  return value;
}
