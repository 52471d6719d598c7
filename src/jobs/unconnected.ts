/** Where people talk of such a business, and where nobody listens yet. */
import type { BrandConfig } from '../config/config.ts';
import type { Unconnected } from '../digest/digest.ts';
import { elsewhere } from '../sources/elsewhere.ts';
import { type Source, type Trade, trades } from '../sources/source.ts';

/** More names than these nobody reads. */
const most = { places: 4, byMail: 3 } as const;

/** As they stand behind “talk of”. */
const businesses: Readonly<Record<Trade, string>> = {
  restaurant: 'a restaurant or café',
  shop: 'a shop',
  service: 'a business that serves people',
  'web-shop': 'a web shop',
  software: 'software',
  other: 'a business like yours',
};

/**
 * Null where every place that suits is connected. Of a business of which nobody said what it is, those that suit every
 * kind; of several, those that suit one of them and that none has.
 * @param sources in their order; no more of them are asked for than are named
 */
export async function unconnected(
  brands: readonly Pick<BrandConfig, 'trade' | 'sources'>[],
  sources: AsyncIterable<Source> | Iterable<Source>,
): Promise<Unconnected | null> {
  const connected = new Set(brands.flatMap((brand) => [...brand.sources.keys()]));
  const kinds = [...new Set(brands.map((brand) => brand.trade))];
  const suits = ({ suits }: { readonly suits: readonly Trade[] }) =>
    kinds.some((kind) => (kind === null ? trades.every((one) => suits.includes(one)) : suits.includes(kind)));
  // Who hears a platform now and then hears what its stream says, too.
  const isHeard = ({ id, twin = id }: Source) => connected.has(id) || connected.has(twin);
  // A file and a webhook are no places: nobody talks there. What comes by mail as well is told as that: it costs nothing.
  const apart = new Set(['file', 'webhook', ...elsewhere.map(({ id }) => id)]);
  const places: string[] = [];
  for await (const one of sources) {
    if (!apart.has(one.id) && !one.offByDefault && !isHeard(one) && suits(one)) places.push(one.title);
    if (places.length === most.places) break;
  }
  if (places.length === 0) return null;
  const [kind = null, ...others] = kinds;
  return {
    business: kind === null || others.length > 0 ? null : businesses[kind],
    places,
    byMail: connected.has('mailbox')
      ? []
      : elsewhere
          .filter((place) => suits(place) && place.instead.some((step) => step.includes('npx earshot sources mailbox')))
          .slice(0, most.byMail)
          .map(({ title }) => title),
  };
}
