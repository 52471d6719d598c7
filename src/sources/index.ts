/** Every platform that Earshot can read: adding one is a file, a line here, its fixtures and its test. */
import { appStore } from './app-store.ts';
import { appStoreConnect } from './app-store-connect.ts';
import { bingNews } from './bing-news.ts';
import { bluesky } from './bluesky.ts';
import { blueskyJetstream } from './bluesky-jetstream.ts';
import { braveSearch } from './brave-search.ts';
import { cfpb } from './cfpb.ts';
import { dev } from './dev.ts';
import { discourse } from './discourse.ts';
import { ebay } from './ebay.ts';
import { etsy } from './etsy.ts';
import { facebookPage } from './facebook-page.ts';
import { feed } from './feed.ts';
import { file } from './file.ts';
import { gdelt } from './gdelt.ts';
import { github } from './github.ts';
import { googleAlerts } from './google-alerts.ts';
import { googleBusiness } from './google-business.ts';
import { googleNews } from './google-news.ts';
import { googlePlaces } from './google-places.ts';
import { googlePlay } from './google-play.ts';
import { hackerNews } from './hacker-news.ts';
import { instagram } from './instagram.ts';
import { lemmy } from './lemmy.ts';
import { lobsters } from './lobsters.ts';
import { mailbox } from './mailbox.ts';
import { mastodon } from './mastodon.ts';
import { mastodonStream } from './mastodon-stream.ts';
import { medium } from './medium.ts';
import { mozillaAddons } from './mozilla-addons.ts';
import { nhtsa } from './nhtsa.ts';
import { nodebb } from './nodebb.ts';
import { page } from './page.ts';
import { productHunt } from './product-hunt.ts';
import { reddit } from './reddit.ts';
import { redditApi } from './reddit-api.ts';
import { searxng } from './searxng.ts';
import type { Source } from './source.ts';
import { stackExchange } from './stack-exchange.ts';
import { steam } from './steam.ts';
import { telegram } from './telegram.ts';
import { threads } from './threads.ts';
import { tripadvisor } from './tripadvisor.ts';
import { trustpilot } from './trustpilot.ts';
import { tumblr } from './tumblr.ts';
import { vk } from './vk.ts';
import { webhook } from './webhook.ts';
import { wordpress } from './wordpress.ts';
import { wordpressOrg } from './wordpress-org.ts';
import { x } from './x.ts';
import { yelp } from './yelp.ts';
import { youtube } from './youtube.ts';

export interface SourceGroup {
  /** What these places have in common, for the owner. */
  readonly title: string;
  readonly sources: readonly Source[];
}

/** In the order in which they are shown and named to the owner: what helps most businesses first. */
export const sourceGroups: readonly SourceGroup[] = [
  { title: 'For every business', sources: [feed, mailbox, googleAlerts] },
  {
    title: 'Social networks and forums',
    sources: [
      bluesky,
      blueskyJetstream,
      mastodon,
      mastodonStream,
      hackerNews,
      reddit,
      redditApi,
      x,
      facebookPage,
      instagram,
      threads,
      lemmy,
      discourse,
      nodebb,
      stackExchange,
      github,
      dev,
      lobsters,
      productHunt,
      youtube,
      telegram,
      tumblr,
      medium,
      vk,
    ],
  },
  {
    title: 'Reviews of apps and games',
    sources: [appStore, appStoreConnect, googlePlay, steam, wordpressOrg, mozillaAddons],
  },
  {
    title: 'Reviews of places and shops',
    sources: [page, googleBusiness, googlePlaces, tripadvisor, trustpilot, yelp, etsy, ebay],
  },
  { title: 'News and the web', sources: [googleNews, bingNews, gdelt, searxng, braveSearch, wordpress] },
  { title: 'Complaint registers', sources: [cfpb, nhtsa] },
  { title: 'Your own programs', sources: [webhook, file] },
];

/** Every source, in that order. */
export const sources: readonly Source[] = sourceGroups.flatMap((group) => group.sources);
