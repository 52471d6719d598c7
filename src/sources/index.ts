/** Every platform that Earshot can read: adding one is a file, a line here, its fixtures and its test. */
import type { Source } from './source.ts';

interface Entry {
  readonly id: string;
  readonly title: string;
  /** Most configs name a few of the fifty, and reading all of them takes as long as showing the list. */
  load(): Promise<Source>;
}

interface Group {
  /** What these places have in common, for the owner. */
  readonly title: string;
  readonly sources: readonly Entry[];
}

/** In the order in which they are shown and named to the owner: what helps most businesses first. */
const groups: readonly Group[] = [
  {
    title: 'For every business',
    sources: [
      { id: 'feed', title: 'Feeds', load: async () => (await import('./feed.ts')).feed },
      { id: 'mailbox', title: 'Mailbox', load: async () => (await import('./mailbox.ts')).mailbox },
      {
        id: 'google-alerts',
        title: 'Google Alerts',
        load: async () => (await import('./google-alerts.ts')).googleAlerts,
      },
    ],
  },
  {
    title: 'Social networks and forums',
    sources: [
      { id: 'bluesky', title: 'Bluesky', load: async () => (await import('./bluesky.ts')).bluesky },
      {
        id: 'bluesky-jetstream',
        title: 'Bluesky live',
        load: async () => (await import('./bluesky-jetstream.ts')).blueskyJetstream,
      },
      { id: 'mastodon', title: 'Mastodon', load: async () => (await import('./mastodon.ts')).mastodon },
      {
        id: 'mastodon-stream',
        title: 'Mastodon live',
        load: async () => (await import('./mastodon-stream.ts')).mastodonStream,
      },
      { id: 'hacker-news', title: 'Hacker News', load: async () => (await import('./hacker-news.ts')).hackerNews },
      { id: 'reddit', title: 'Reddit', load: async () => (await import('./reddit.ts')).reddit },
      { id: 'reddit-api', title: 'Reddit (API)', load: async () => (await import('./reddit-api.ts')).redditApi },
      { id: 'x', title: 'X (Twitter)', load: async () => (await import('./x.ts')).x },
      {
        id: 'facebook-page',
        title: 'Facebook page',
        load: async () => (await import('./facebook-page.ts')).facebookPage,
      },
      { id: 'instagram', title: 'Instagram', load: async () => (await import('./instagram.ts')).instagram },
      { id: 'threads', title: 'Threads', load: async () => (await import('./threads.ts')).threads },
      { id: 'lemmy', title: 'Lemmy', load: async () => (await import('./lemmy.ts')).lemmy },
      { id: 'discourse', title: 'Discourse forums', load: async () => (await import('./discourse.ts')).discourse },
      { id: 'nodebb', title: 'NodeBB forums', load: async () => (await import('./nodebb.ts')).nodebb },
      {
        id: 'stack-exchange',
        title: 'Stack Exchange',
        load: async () => (await import('./stack-exchange.ts')).stackExchange,
      },
      { id: 'github', title: 'GitHub', load: async () => (await import('./github.ts')).github },
      { id: 'dev', title: 'DEV', load: async () => (await import('./dev.ts')).dev },
      { id: 'lobsters', title: 'Lobsters', load: async () => (await import('./lobsters.ts')).lobsters },
      { id: 'product-hunt', title: 'Product Hunt', load: async () => (await import('./product-hunt.ts')).productHunt },
      { id: 'youtube', title: 'YouTube', load: async () => (await import('./youtube.ts')).youtube },
      { id: 'telegram', title: 'Telegram channels', load: async () => (await import('./telegram.ts')).telegram },
      { id: 'tumblr', title: 'Tumblr', load: async () => (await import('./tumblr.ts')).tumblr },
      { id: 'medium', title: 'Medium', load: async () => (await import('./medium.ts')).medium },
      { id: 'vk', title: 'VK', load: async () => (await import('./vk.ts')).vk },
    ],
  },
  {
    title: 'Reviews of apps and games',
    sources: [
      { id: 'app-store', title: 'App Store', load: async () => (await import('./app-store.ts')).appStore },
      {
        id: 'app-store-connect',
        title: 'App Store Connect',
        load: async () => (await import('./app-store-connect.ts')).appStoreConnect,
      },
      { id: 'google-play', title: 'Google Play', load: async () => (await import('./google-play.ts')).googlePlay },
      { id: 'steam', title: 'Steam', load: async () => (await import('./steam.ts')).steam },
      {
        id: 'wordpress-org',
        title: 'WordPress.org',
        load: async () => (await import('./wordpress-org.ts')).wordpressOrg,
      },
      {
        id: 'mozilla-addons',
        title: 'Firefox Add-ons',
        load: async () => (await import('./mozilla-addons.ts')).mozillaAddons,
      },
    ],
  },
  {
    title: 'Reviews of places and shops',
    sources: [
      { id: 'page', title: 'Pages with reviews', load: async () => (await import('./page.ts')).page },
      {
        id: 'google-business',
        title: 'Google Business Profile',
        load: async () => (await import('./google-business.ts')).googleBusiness,
      },
      {
        id: 'google-places',
        title: 'Google Maps',
        load: async () => (await import('./google-places.ts')).googlePlaces,
      },
      { id: 'tripadvisor', title: 'TripAdvisor', load: async () => (await import('./tripadvisor.ts')).tripadvisor },
      { id: 'trustpilot', title: 'Trustpilot', load: async () => (await import('./trustpilot.ts')).trustpilot },
      { id: 'yelp', title: 'Yelp', load: async () => (await import('./yelp.ts')).yelp },
      { id: 'etsy', title: 'Etsy', load: async () => (await import('./etsy.ts')).etsy },
      { id: 'ebay', title: 'eBay', load: async () => (await import('./ebay.ts')).ebay },
    ],
  },
  {
    title: 'News and the web',
    sources: [
      { id: 'google-news', title: 'Google News', load: async () => (await import('./google-news.ts')).googleNews },
      { id: 'bing-news', title: 'Bing News', load: async () => (await import('./bing-news.ts')).bingNews },
      { id: 'gdelt', title: 'GDELT news search', load: async () => (await import('./gdelt.ts')).gdelt },
      { id: 'searxng', title: 'SearXNG web search', load: async () => (await import('./searxng.ts')).searxng },
      { id: 'brave-search', title: 'Brave Search', load: async () => (await import('./brave-search.ts')).braveSearch },
      { id: 'wordpress', title: 'WordPress sites', load: async () => (await import('./wordpress.ts')).wordpress },
    ],
  },
  {
    title: 'Complaint registers',
    sources: [
      { id: 'cfpb', title: 'CFPB complaints', load: async () => (await import('./cfpb.ts')).cfpb },
      { id: 'nhtsa', title: 'NHTSA complaints', load: async () => (await import('./nhtsa.ts')).nhtsa },
    ],
  },
  {
    title: 'Your own programs',
    sources: [
      { id: 'webhook', title: 'Webhook', load: async () => (await import('./webhook.ts')).webhook },
      { id: 'file', title: 'A file of posts', load: async () => (await import('./file.ts')).file },
    ],
  },
];

const entries = groups.flatMap(({ sources }) => sources);

/** Of every source, in that order. */
export const sourceIds: readonly string[] = entries.map(({ id }) => id);

/** What people call each, by id. */
export const sourceTitles: ReadonlyMap<string, string> = new Map(entries.map(({ id, title }) => [id, title]));

/** Those of these ids that there are, in that order. */
export async function loadSources(ids: Iterable<string>): Promise<Source[]> {
  const wanted = new Set(ids);
  return Promise.all(entries.filter(({ id }) => wanted.has(id)).map((entry) => entry.load()));
}

/** Every source, each loaded when it is come to: all of them take 10 MB. */
export async function* eachSource(): AsyncGenerator<Source> {
  for (const { load } of entries) yield await load();
}

export const everySource = (): Promise<readonly Source[]> => loadSources(sourceIds);

/** What a source has in common with others, for the owner; null where there is no such source. */
export const sourceGroupOf = (id: string): string | null =>
  groups.find(({ sources }) => sources.some((entry) => entry.id === id))?.title ?? null;

export interface SourceGroup {
  readonly title: string;
  readonly sources: readonly Source[];
}

/** Every source, by what they have in common. */
export const sourceGroups = (): Promise<readonly SourceGroup[]> =>
  Promise.all(
    groups.map(async ({ title, sources }) => ({ title, sources: await loadSources(sources.map(({ id }) => id)) })),
  );
