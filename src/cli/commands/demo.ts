/** `earshot demo`: the main job on invented posts, from platforms on this computer; the Internet is not asked. */
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type App, openWith, readConfig } from '../../app.ts';
import { dayMs } from '../../clock.ts';
import { hurriedClock } from '../../demo/clock.ts';
import { demoConfig } from '../../demo/config.ts';
import { sayHeard } from '../../demo/heard.ts';
import { startPlatforms } from '../../demo/platforms.ts';
import { readSample, toPlatformPost } from '../../demo/sample.ts';
import { localDay } from '../../digest/local-time.ts';
import { outboxFolder } from '../../digest/mail-files.ts';
import type { Edges } from '../../edges.ts';
import { collect } from '../../jobs/collect.ts';
import { inPriority } from '../../jobs/in-priority.ts';
import { learnBrands } from '../../jobs/learn-brands.ts';
import { mentionFace } from '../../jobs/mention-face.ts';
import { deliver, enqueueDigests } from '../../jobs/send-digest.ts';
import { listMentions } from '../../store/mention-list.ts';
import { makeFolder } from '../../text/make-folder.ts';
import { coloursOf, count, readingWidth, steps, wrapped } from '../format.ts';
import { letterOf, mentionLine } from '../mention-line.ts';
import { progressLine } from '../progress.ts';
import { tellingOf } from '../tell-mention.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly into: string;
}

/** So many lines of the queue are shown. */
const shown = 12;
const marker = 'made-by-earshot-demo';

export async function command(edges: Edges, options: Options): Promise<number> {
  const { terminal, clock } = edges;
  const paint = coloursOf(terminal);
  const folder = resolve(edges.cwd, options.into);
  await freshFolder(folder);
  const posts = readSample(fileURLToPath(new URL('../../../data/sample', import.meta.url))).map(toPlatformPost);
  const about = `Three businesses that do not exist, ${count(posts.length, 'post')} about them and around them, and ten platforms that speak the real ones’ formats on this computer. Reddit refuses, as it sometimes does.`;
  terminal.out(`${paint.bold('Earshot, on invented posts')}\n${wrapped(about, readingWidth(terminal))}\n\n`);
  const platforms = await startPlatforms({ posts, now: clock.now, refusing: ['reddit'] });
  try {
    const path = join(folder, 'earshot.yaml');
    await writeFile(path, demoConfig(platforms.urlOf, folder));
    const { config } = await readConfig(edges, path);
    const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const tools = await openWith(config, edges, silent, {
      netClock: hurriedClock(clock),
      config: shortly(edges, path),
    });
    try {
      await run(edges, tools, posts);
    } finally {
      await tools.close();
    }
  } finally {
    await platforms.close();
  }
  return 0;
}

/** As it is typed in this folder. */
const shortly = ({ cwd }: Edges, file: string) => (file.startsWith(cwd) ? file.slice(cwd.length + 1) : file);

/** Only a folder that the demo made is emptied. */
async function freshFolder(folder: string): Promise<void> {
  const there = await readdir(folder).catch((): string[] => []);
  if (there.includes(marker)) await rm(folder, { recursive: true });
  else if (there.length > 0) {
    throw new Misuse(`${folder} is not empty, and not the demo’s. Name another folder with --into.`);
  }
  makeFolder(folder);
  await writeFile(join(folder, marker), 'The demo empties this folder each time it begins.\n');
}

async function run(edges: Edges, tools: App, posts: readonly { readonly platform: string }[]): Promise<void> {
  const { terminal, clock } = edges;
  const paint = coloursOf(terminal);
  await learnBrands(tools);
  const progress = progressLine(terminal);
  const began = clock.now();
  const runs = await collect(tools, {
    watches: tools.watches,
    onRun: (_run, done, of) => progress.say(`Listening: ${done} of ${of} places …`),
  });
  progress.end();
  const deaf = new Set(runs.filter((one) => one.fault).map((one) => one.source));
  const seconds = Math.max(0.1, (clock.now() - began) / 1000).toFixed(1);
  const mentions = await tools.store.read('all', (tx) => listMentions(tx, { pile: 'all', limit: 0 }));
  const heard = sayHeard({
    posts: posts.length,
    kept: new Set(mentions.flatMap(({ places }) => places.map(({ postId }) => postId))).size,
    mentions: mentions.length,
    complaints: mentions.filter(({ pile }) => pile === 'flagged').length,
    unread: {
      titles: [...deaf].map((id) => tools.sources.find((source) => source.id === id)?.title ?? id),
      posts: posts.filter(({ platform }) => deaf.has(platform)).length,
    },
    days: Math.round(tools.config.firstLookMs / dayMs),
  });
  const listened = `Listened in ${count(runs.length, 'place')} in ${seconds} s (each search, feed and forum is one). ${heard}`;
  terminal.out(`${wrapped(listened, readingWidth(terminal))}\n`);

  const queue = await tools.store.read('the queue', async (tx) => {
    const rows = await listMentions(tx, { pile: 'flagged', limit: 0 });
    return inPriority(tools, tx, rows, rows.length);
  });
  const rows = queue.map(({ row }) => row);
  terminal.out(`\n${paint.bold('The queue, most urgent first')}\n`);
  const telling = tellingOf(edges, tools);
  for (const row of rows.slice(0, shown)) terminal.out(`${mentionLine(mentionFace(row), telling)}\n`);
  if (rows.length > shown) terminal.out(paint.dim(`  … and ${rows.length - shown} more\n`));

  const now = clock.now();
  const due = tools.config.digestTo.map((recipient) => ({
    recipient,
    kind: 'welcome' as const,
    forDay: localDay(now, recipient.timezone),
    dueAt: now,
  }));
  await enqueueDigests(tools, due);
  await deliver(tools);
  const { folderMailer } = await import('../../digest/folder-mailer.ts');
  const [first] = due;
  const page = first
    ? folderMailer(outboxFolder(tools.config)).pageOf({
        forDay: first.forDay,
        to: first.recipient.address,
        kind: 'welcome',
      })
    : '';
  const { earshot } = tools;
  const letter = rows[0] ? letterOf(mentionFace(rows[0])) : 'c1';
  terminal.out(
    `\n${paint.bold('The owner’s mail')}\n  ${shortly(edges, page)}\n  Open that file in a browser, or type what stands first below.\n`,
  );
  const next = [
    [`${earshot} digest --open`, 'the mail of today in your browser'],
    [`${earshot} show ${letter}`, 'one complaint in full, and why it was flagged'],
    [`${earshot} list --unsure`, 'what Earshot leaves to you'],
    [`${earshot} status`, 'where it listened, and where it could not'],
    ['npx earshot init', 'make it yours: a few questions, and it listens for you'],
  ] as const;
  terminal.out(`\n${paint.bold('What to do next')}\n${steps(next, terminal)}\n`);
}
