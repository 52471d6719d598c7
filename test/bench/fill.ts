/** Fills the database of a config with posts that all mention a brand, as `earshot import` does. */
import { openApp } from '../../src/app.ts';
import { learnBrands } from '../../src/jobs/learn-brands.ts';
import { takeIn } from '../../src/jobs/take-in.ts';
import { inventPosts } from './posts.ts';
import { silentEdges } from './silent-edges.ts';

const [config = '', count = '0'] = process.argv.slice(2);
const app = await openApp(silentEdges(), { config });
await learnBrands(app);
const posts = inventPosts({ count: Number(count), naming: 100, until: Date.now() - 3_600_000 });
const { fresh } = await takeIn(app, posts, { brandId: null, dryRun: false });
await app.close();
process.stdout.write(String(fresh));
