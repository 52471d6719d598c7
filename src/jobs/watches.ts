/** Which watches the config asks for: a search for each brand, and each place once for all the brands that name it. */
import { createHash } from 'node:crypto';
import type { Terms } from '../brand.ts';
import type { BrandConfig, Config } from '../config/config.ts';
import type { Source } from '../sources/source.ts';
import type { Watch } from '../watch.ts';

export interface WatchPlan {
  readonly config: Config;
  readonly sources: readonly Source[];
  /** Minutes between two ticks of a cron; looks that tie are spread over it. */
  readonly periodMinutes: (cron: string) => number;
}

/** Pure. In the order of the config; a place stands where its first brand names it. */
export function watchesOf({ config, sources, periodMinutes }: WatchPlan): Watch[] {
  const watches = new Map<string, Watch>();
  for (const brand of config.brands) {
    for (const [id, setting] of brand.sources) {
      const source = sources.find((one) => one.id === id);
      if (!source) continue;
      for (const look of source.looks(setting.options, termsOf(brand))) {
        const own = setting.cron !== source.cron;
        const watch: Watch = {
          source: id,
          key: look.key,
          scope: look.scope,
          brands: [brand.id],
          cron: setting.cron,
          offsetMinutes: own ? 0 : offset(`${id} ${look.key} ${brand.id}`, periodMinutes(setting.cron)),
          quietAfterMs: setting.quietAfterMs,
          account: setting.account,
          options: setting.options,
          at: look.at,
          certain: look.certain ?? false,
          ...(source.listen && { live: true }),
          ...(source.inbound && { inbound: true }),
        };
        const identity = watchIdentity(watch);
        const before = watches.get(identity);
        watches.set(identity, before ? shared(before, watch, periodMinutes) : watch);
      }
    }
  }
  return [...watches.values()];
}

/** (source, key) for a place, (source, brand, key) for a brand's search. */
function watchIdentity(watch: Pick<Watch, 'source' | 'scope' | 'brands' | 'key'>): string {
  return JSON.stringify([watch.source, watch.scope === 'brand' ? (watch.brands[0] ?? '') : '', watch.key]);
}

/** What a platform is asked for when it searches for a brand. */
export function termsOf(brand: BrandConfig): Terms {
  return { names: [brand.name, ...brand.aliases], handles: brand.handles, domains: brand.domains };
}

/** Changes when anything changes that decides what a watch reads or which of it is kept: then it looks back again. */
export function termsFingerprint(watch: Watch, brands: readonly BrandConfig[]): string {
  const heard = brands
    .filter((brand) => watch.brands.includes(brand.id))
    .map((brand) => {
      const { names, handles, domains } = termsOf(brand);
      const { exclude, require, caseSensitive, query } = brand;
      return [names, handles, domains, exclude, require, caseSensitive, ...(query === null ? [] : [query])];
    });
  return createHash('sha256')
    .update(JSON.stringify([watch.at, heard]))
    .digest('hex')
    .slice(0, 16);
}

/** The most frequent cron and the shortest silence hold. */
function shared(one: Watch, other: Watch, periodMinutes: (cron: string) => number): Watch {
  const quicker = periodMinutes(other.cron) < periodMinutes(one.cron) ? other : one;
  return {
    ...one,
    brands: [...new Set([...one.brands, ...other.brands])],
    cron: quicker.cron,
    offsetMinutes: quicker.offsetMinutes,
    quietAfterMs: Math.min(one.quietAfterMs, other.quietAfterMs),
    certain: one.certain && other.certain,
  };
}

function offset(key: string, period: number): number {
  return createHash('sha256').update(key).digest().readUInt32BE(0) % Math.max(1, Math.min(period, 60));
}
