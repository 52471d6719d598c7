/** Times one judge alone, as `speed.ts NAME`: in a process of its own, so that its memory is nobody else's. */
import { judgedSets } from './judged.ts';
import { type Judge, judges } from './judges.ts';

const enoughMs = 2000;
const batch = 100;

const posts = judgedSets().flatMap(({ rows }) => rows);

/** Posts a second of processor time. */
async function speedOf(judge: Judge): Promise<number> {
  const before = process.cpuUsage();
  const ownBefore = judge.used?.().cpuMs ?? 0;
  const cpuMs = () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 + (judge.used?.().cpuMs ?? 0) - ownBefore;
  };
  let judged = 0;
  while (cpuMs() < enoughMs) {
    const from = judged % posts.length;
    const some = posts.slice(from, from + batch);
    await judge.judge(some);
    judged += some.length;
  }
  return (judged / cpuMs()) * 1000;
}

const [name = ''] = process.argv.slice(2);
const judge = judges.find((one) => one.name === name);
if (!judge) throw new Error(`there is no judge "${name}"`);
// Loading, compiling and getting to know each post's brand are not the judging: the second time counts.
await speedOf(judge);
const perSecond = await speedOf(judge);
process.stdout.write(JSON.stringify({ perSecond, ownPeakMb: judge.used?.().peakMb ?? 0 }));
