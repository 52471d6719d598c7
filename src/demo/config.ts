/** The settings of the demo: three invented businesses whose sources all point at the platforms on loopback. */
import { stringify } from 'yaml';
import { alertPath } from './platforms/alerts.ts';
import { demoApp } from './platforms/app-store.ts';
import type { Platforms } from './platforms.ts';

/** The id of each brand's posts in `data/sample`. */
export const demoBrands = ['osteria-fig-tree', 'loomfield', 'tallyo'] as const;

/**
 * The text of a config file, as in design §8.
 * @param urlOf where each platform listens: `platforms.urlOf`, or `(prefix) => baseUrl + '/' + prefix`.
 * @param folder where the database goes; an absolute path.
 */
export function demoConfig(urlOf: Platforms['urlOf'], folder: string): string {
  return `# The settings of the demo. Its businesses and everybody in it are invented.\n${stringify(settings(urlOf, folder))}`;
}

function settings(urlOf: Platforms['urlOf'], folder: string) {
  const shared = {
    'hacker-news': { baseUrl: urlOf('hacker-news') },
    bluesky: { baseUrl: urlOf('bluesky') },
    lemmy: { instances: [urlOf('lemmy')] },
    discourse: { forums: [urlOf('discourse')] },
  };
  const mastodon = (...hashtags: string[]) => ({
    instances: [urlOf('mastodon-a'), urlOf('mastodon-b')],
    hashtags,
  });
  const reddit = (...subreddits: string[]) => ({ subreddits, search: true, baseUrl: urlOf('reddit') });
  const feed = (brand: string, ...names: string[]) => ({
    urls: [...names.map((name) => `${urlOf('feed')}/${name}`), urlOf('alerts').replace(/\/alerts$/, alertPath(brand))],
  });
  return {
    store: `${folder}/earshot.db`,
    timezone: 'Europe/London',
    firstLook: '30d',
    brands: [
      {
        name: 'Osteria Fig Tree',
        id: demoBrands[0],
        aliases: ['Fig Tree'],
        about: 'Italian restaurant in Leeds; pasta, ragu, wine, tables, bookings, waiters',
        handles: ['figtreeleeds', 'figtree.example'],
        domains: ['figtree.example'],
        rivals: ['Trattoria Belmonte', 'Belmonte'],
        sources: {
          feed: feed(
            'Osteria Fig Tree',
            'guest-notes.xml',
            'the-leeds-plate.xml',
            'aire-valley-news.xml',
            'wharfedale-mail.xml',
          ),
          bluesky: shared.bluesky,
          mastodon: mastodon('leedsfood', 'figtree'),
          reddit: reddit('Leeds'),
          lemmy: shared.lemmy,
          discourse: shared.discourse,
        },
      },
      {
        name: 'Loomfield',
        id: demoBrands[1],
        about: 'web shop for blankets, duvets and bedding; delivery, parcels, refunds',
        handles: ['loomfield', 'loomfield.example', 'loomfield_jo'],
        domains: ['loomfield.example'],
        exclude: ['Loomfield Road', 'Loomfield Rovers'],
        rivals: ['Duvet & Dale'],
        sources: {
          ...shared,
          feed: feed('Loomfield', 'parcel-watch.atom', 'linen-and-light.json'),
          mastodon: mastodon('loomfield'),
          reddit: reddit('UKhome'),
        },
      },
      {
        name: 'Tallyo',
        id: demoBrands[2],
        about: 'bookkeeping app for the self-employed; invoices, receipts, VAT, sync',
        handles: ['tallyo', 'tallyo.example', 'tallyo_ravi'],
        domains: ['tallyo.example'],
        rivals: ['Pennyroll'],
        sources: {
          ...shared,
          feed: feed('Tallyo', 'solo-ledger.atom'),
          mastodon: mastodon('tallyo', 'smallbusiness'),
          reddit: reddit('selfemployedUK'),
          'stack-exchange': { sites: ['webapps', 'freelancing'], baseUrl: urlOf('stack-exchange') },
          'app-store': {
            app: demoApp,
            countries: ['gb', 'us', 'de', 'fr', 'es', 'it', 'pt', 'nl'],
            baseUrl: urlOf('app-store'),
          },
        },
      },
    ],
    hours: { 'mon-sun': '09:00-22:00' },
    answerWithin: { critical: '2h', high: '1d', normal: '2d', low: '4d' },
    digest: { to: [{ address: 'owner@figtree.example', at: '08:00' }] },
  };
}
