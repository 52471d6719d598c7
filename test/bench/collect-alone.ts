/**
 * One `collect` of posts that are there already, in a process of its own that may have heard others before: prints what it
 * took as JSON.
 */
import { openApp } from '../../src/app.ts';
import { collect } from '../../src/jobs/collect.ts';
import { learnBrands } from '../../src/jobs/learn-brands.ts';
import type { Post } from '../../src/mention.ts';
import { feed } from '../../src/sources/feed.ts';
import type { Source } from '../../src/sources/source.ts';
import type { Watch } from '../../src/watch.ts';
import { inventPosts } from './posts.ts';
import { silentEdges } from './silent-edges.ts';

const [config = '', count = '0', naming = '100', before = '0'] = process.argv.slice(2);
const all = Number(before) + Number(count);
const posts = inventPosts({ count: all, naming: Number(naming), until: Date.now() - 3_600_000 });
const app = await openApp(silentEdges(), { config });

/** A forum that gives all its new posts in one page. */
const forum: Source & { posts: readonly Post[] } = {
  ...feed,
  id: 'bench',
  kind: 'posts',
  posts: [],
  collect: async function* () {
    yield { posts: forum.posts };
  },
};
const watch: Watch = {
  source: forum.id,
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

const hear = (heard: readonly Post[]) => {
  forum.posts = heard;
  return collect({ ...app, sources: [forum], watches: [watch] }, { watches: [watch] });
};
if (Number(before) > 0) await hear(posts.slice(0, Number(before)));

const cpuBefore = process.cpuUsage();
const ownBefore = process.threadCpuUsage();
const began = performance.now();
const [run] = await hear(posts.slice(Number(before)));
const wallMs = performance.now() - began;
const cpu = process.cpuUsage(cpuBefore);
const own = process.threadCpuUsage(ownBefore);
await app.close();
const msOf = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000;
process.stdout.write(JSON.stringify({ wallMs, cpuMs: msOf(cpu), threadMs: msOf(own), run }));
