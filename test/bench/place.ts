/** A folder with a config over feeds on this computer, and the server that gives them; gone when the bench ends. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Post } from '../../src/mention.ts';
import { brandNames } from './posts.ts';

export interface Place {
  readonly config: string;
  readonly database: string;
  databaseMb(): number;
  clear(): void;
}

/** A config whose brands all listen to the same feeds, with an empty database beside it. */
export function makePlace(
  feeds: readonly string[],
  more: { readonly cron?: string; readonly stream?: string; readonly names?: readonly string[] } = {},
): Place {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
  const config = join(folder, 'earshot.yaml');
  const { stream, names = brandNames, ...how } = more;
  const feed = { urls: feeds, ...how };
  const sources = stream === undefined ? { feed } : { 'bluesky-jetstream': { baseUrl: stream } };
  const brands = names.map((name) => ({
    name,
    about: 'coffee, food and bicycles in Harwick',
    rivals: ['Brass Teapot'],
    sources: feeds.length > 0 || stream !== undefined ? sources : {},
  }));
  // JSON is YAML too.
  writeFileSync(config, JSON.stringify({ store: 'earshot.db', timezone: 'Europe/London', firstLook: '30d', brands }));
  const database = join(folder, 'earshot.db');
  return {
    config,
    database,
    databaseMb: () =>
      ['', '-wal'].reduce((sum, end) => sum + (statSync(database + end, { throwIfNoEntry: false })?.size ?? 0), 0) /
      2 ** 20,
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface Feeds {
  readonly urls: readonly string[];
  close(): Promise<void>;
}

/** One answer may have 4 MB at most, so many posts come as several feeds. */
export async function serveFeeds(posts: readonly Post[], feeds: number): Promise<Feeds> {
  const size = Math.ceil(posts.length / feeds);
  const documents = Array.from({ length: feeds }, (_, number) =>
    Buffer.from(rss(posts.slice(number * size, (number + 1) * size), number)),
  );
  const server = createServer((request, response) => {
    const document = documents[Number(request.url?.slice(1))];
    response.writeHead(document ? 200 : 404, { 'content-type': 'application/rss+xml; charset=utf-8' });
    response.end(document);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    urls: documents.map((_, number) => `http://127.0.0.1:${address.port}/${number}`),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function rss(posts: readonly Post[], number: number): string {
  const items = posts.map(
    ({ externalId, url, title, text, author, publishedAt }) => `<item>
<guid isPermaLink="false">${externalId}</guid><link>${url}</link>
<title>${escaped(title ?? '')}</title><dc:creator>${author.handle}</dc:creator>
<pubDate>${new Date(publishedAt ?? 0).toUTCString()}</pubDate>
<description>${escaped(`<p>${escaped(text)}</p>`)}</description>
</item>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Talk of the town, ${number}</title><link>https://talk.example/</link>
${items.join('\n')}
</channel></rss>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
