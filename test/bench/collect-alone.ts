/** One `collect` of posts that are there already, in a process of its own: prints what it took as JSON. */
import { openApp } from '../../src/app.ts';
import { collect } from '../../src/jobs/collect.ts';
import { learnBrands } from '../../src/jobs/learn-brands.ts';
import { feed } from '../../src/sources/feed.ts';
import type { Source } from '../../src/sources/source.ts';
import type { Watch } from '../../src/watch.ts';
import { inventPosts } from './posts.ts';
import { silentEdges } from './silent-edges.ts';

const [config = '', count = '0', naming = '100'] = process.argv.slice(2);
const posts = inventPosts({ count: Number(count), naming: Number(naming), until: Date.now() - 3_600_000 });
const app = await openApp(silentEdges(), { config });

/** A forum that gives all its posts in one page. */
const source: Source = {
  ...feed,
  id: 'bench',
  kind: 'posts',
  collect: async function* () {
    yield { posts };
  },
};
const watch: Watch = {
  source: source.id,
  key: 'posts of the bench',
  scope: 'place',
  brands: app.config.brands.map(({ id }) => id),
  cron: '* * * * *',
  offsetMinutes: 0,
  quietAfterMs: 86_400_000,
  account: null,
  options: {},
  at: {},
  certain: false,
};
await learnBrands(app);
// What a daemon has loaded long ago, and a command loads once; the whole command is measured beside this.
await Promise.all([app.net(), app.judging()]);

const before = process.cpuUsage();
const ownBefore = process.threadCpuUsage();
const began = performance.now();
const [run] = await collect({ ...app, sources: [source], watches: [watch] }, { watches: [watch] });
const wallMs = performance.now() - began;
const all = process.cpuUsage(before);
const own = process.threadCpuUsage(ownBefore);
await app.close();
const msOf = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000;
process.stdout.write(JSON.stringify({ wallMs, cpuMs: msOf(all), threadMs: msOf(own), run }));
