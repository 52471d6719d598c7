/** The place that a natural or mistyped word means: by its id, its title, or what else people call it. */
import { elsewhere } from '../sources/elsewhere.ts';
import { sourceIds, sourceTitles } from '../sources/index.ts';
import { nearestOf } from './right-word.ts';

/** What stands in no title. */
const otherNames: Readonly<Record<string, string>> = {
  ...{ rss: 'feed', atom: 'feed', blog: 'feed', blogs: 'feed', mail: 'mailbox', email: 'mailbox', imap: 'mailbox' },
  ...{ gmail: 'mailbox', alerts: 'google-alerts', bsky: 'bluesky', jetstream: 'bluesky-jetstream' },
  ...{ fediverse: 'mastodon', hn: 'hacker-news', ycombinator: 'hacker-news', tweets: 'x', fb: 'facebook' },
  ...{ insta: 'instagram', ig: 'instagram', stackoverflow: 'stack-exchange', 'stack overflow': 'stack-exchange' },
  ...{ 'dev.to': 'dev', yt: 'youtube', itunes: 'app-store', appstore: 'app-store', playstore: 'google-play' },
  ...{ 'play store': 'google-play', android: 'google-play', firefox: 'mozilla-addons', maps: 'google-places' },
  ...{ 'google my business': 'google-business', gmb: 'google-business', csv: 'file', jsonl: 'file', zapier: 'webhook' },
};

const names: ReadonlyMap<string, string> = new Map([
  ...Object.entries(otherNames),
  ...[...[...sourceTitles].map(([id, title]) => ({ id, title })), ...elsewhere]
    .toReversed()
    .flatMap(({ id, title }) => [title, ...title.split(/[(),…]|\band\b/)].map((name) => [bare(name), id] as const)),
  ...[...elsewhere.map(({ id }) => id), ...sourceIds].map((id) => [id, id] as const),
]);

function bare(name: string): string {
  return name.trim().toLowerCase();
}

/** Null where nothing is called so. */
export const placeCalled = (word: string): string | null => (bare(word) && names.get(bare(word))) || null;

/** Also where it is misspelt; null where nothing is near. @param among only these are meant */
export function nearestPlace(word: string, among?: readonly string[]): string | null {
  const known = [...names].filter(([name, id]) => name !== '' && (among?.includes(id) ?? true));
  const near = nearestOf(
    bare(word),
    known.map(([name]) => name),
  );
  return known.find(([name]) => name === near)?.[1] ?? null;
}
