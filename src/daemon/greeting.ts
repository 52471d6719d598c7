/** What the daemon says when it begins: what it listens to, when the mail goes, how to stop it. Pure. */
import { dayMs } from '../clock.ts';
import type { Config } from '../config/config.ts';
import type { Watch } from '../watch.ts';
import { firstPassIsOver, type Watched } from './plan.ts';

const namesShown = 3;

export function greeting(
  { config, watches }: { readonly config: Config; readonly watches: readonly Pick<Watch, 'live'>[] },
  watched: readonly Watched[],
): string[] {
  const streams = watches.filter(({ live }) => live).length;
  return [listening(config, watched.length + streams), ...firstLook(config, watched), ...mail(config)];
}

function listening({ brands }: Config, count: number): string {
  if (count === 0) return 'There is no place to listen yet: `npx earshot sources` lists them';
  const places = count === 1 ? 'one place' : `${count} places`;
  const names = brands.slice(0, namesShown).map((brand) => brand.name);
  const more = brands.length > namesShown ? ` and ${brands.length - namesShown} more` : '';
  return `Listening in ${places} for ${names.join(', ')}${more}`;
}

function firstLook({ firstLookMs }: Config, watched: readonly Watched[]): string[] {
  if (watched.length === 0 || firstPassIsOver(watched)) return [];
  return [`The first look goes back ${Math.round(firstLookMs / dayMs)} days and can take some minutes`];
}

function mail({ digestTo, mail: server, path }: Config): string[] {
  if (digestTo.length === 0) return [`Nobody gets the daily mail yet: put an address under digest.to in ${path}`];
  const to = digestTo.map(({ address, at, timezone }) => `${address} at ${at} (${timezone})`);
  const how = server ? '' : '; there is no mail server, so it is written into the folder outbox beside the database';
  return [`The daily mail goes to ${to.join(', ')}${how}`];
}
