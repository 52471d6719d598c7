/** What a platform lets nobody keep is judged, told of and worked on all the same, and stands in no file at any time. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { sendDueMail } from '../../src/daemon/due-mail.ts';
import { renderText } from '../../src/digest/render-text.ts';
import { inboxPage } from '../../src/inbox/pages/inbox.ts';
import { collect } from '../../src/jobs/collect.ts';
import { readInbox } from '../../src/jobs/read-inbox.ts';
import { draftDigest } from '../../src/jobs/send-digest.ts';
import { tidy } from '../../src/jobs/tidy.ts';
import type { Source } from '../../src/sources/source.ts';
import { cliEdges } from '../support/edges.ts';
import { aShop, opened, said } from '../support/shop.ts';
import { listeningTo, stubSource, stubWatch } from '../support/stub-source.ts';

const hour = 3_600_000;
const now = Date.parse('2026-11-21T12:00Z');
const wish = { kind: 'digest', recipient: '', timezone: 'UTC', window: { from: 0, to: now } } as const;
const link = 'https://reviews.example/blue-door/r1';
const body =
  'brands:\n  - { name: Blue Door, sources: {} }\ndigest: { to: [{ address: owner@bluedoor.example, at: "07:00" }] }\n';

/** A review of the platform with a quokka in every field that a platform fills with words. */
const review = said('Still waiting for my refund from Blue Door, the quokka was rude, nobody answers. Never again!', {
  source: 'stub',
  externalId: 'r1',
  url: link,
  title: 'Quokka refund',
  place: 'Quokka House, Leeds',
  author: { handle: 'quokka.anna', name: 'Anna Quokka', url: 'https://reviews.example/quokka', followers: 3 },
  links: ['https://quokka.example/'],
  rating: { value: 1, scale: 5 },
  // To what was written there before: the complaint waits for another answer.
  answer: { text: 'We are sorry about the quokka.', at: now - 60 * 24 * hour },
});

/** Figures that stand nowhere else by chance. */
const figure = { rating: { value: 3.271828182, scale: 5 }, count: 716_253_441 };

/** A shop that heard it once; and every command of the desk as a person types it. */
async function heard(keeps: Source['keeps']) {
  const shop = aShop();
  const { app } = await opened(shop, body);
  const config = join(shop.folder, 'earshot.yaml');
  writeFileSync(config, `store: earshot.db\ntimezone: UTC\n${body}`);
  const ratings = [{ place: 'Quokka House', ...figure, url: 'https://reviews.example/quokka' }];
  const source = { ...stubSource('newest-first', () => [{ posts: [review], ratings }]), title: 'Stub Reviews', keeps };
  const tools = listeningTo(app, source, [stubWatch({ certain: true, scope: 'brand' })]);
  const look = () => collect(tools, { watches: tools.watches });
  const [first] = await look();
  const earshot = async (...argv: string[]) => {
    const edges = cliEdges({ argv: ['--config', config, ...argv], cwd: shop.folder, clock: shop.clock });
    await run(edges);
    return `${edges.said.out}\n${edges.said.err}`.replaceAll(/\s+/g, ' ');
  };
  return { shop, tools, first, look, earshot };
}

/** Files that hold the word in whatever case. */
function filesWith(folder: string, word: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(folder, file)).isFile())
    .filter((file) => readFileSync(join(folder, file), 'latin1').toLowerCase().includes(word))
    .toSorted();
}

/** Files that hold the place's own stars or their count, written out or as a database writes numbers. */
function filesWithFigure(folder: string): string[] {
  const value = Buffer.alloc(8);
  value.writeDoubleBE(figure.rating.value);
  const count = Buffer.alloc(4);
  count.writeInt32BE(figure.count);
  const forms = [value, count, '3.271828', String(figure.count)];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(folder, file)).isFile())
    .filter((file) => forms.some((form) => readFileSync(join(folder, file)).includes(form)))
    .toSorted();
}

test('a figure that may be kept is found by the same search', async () => {
  const { shop, first } = await heard('everything');
  expect(first?.ratings[0]?.kept).toBe(true);
  expect(filesWithFigure(shop.folder)).not.toEqual([]);
});

test('an id-only review: judged and made a case, in no byte of any file through all that is done with it', async () => {
  const { shop, tools, first, look, earshot } = await heard('id-only');
  const nowhere = () => {
    expect(filesWith(shop.folder, 'quokka')).toEqual([]);
    expect(filesWithFigure(shop.folder)).toEqual([]);
  };
  expect(first?.ratings).toEqual([
    {
      platform: 'Stub Reviews',
      place: 'Quokka House',
      ...figure.rating,
      count: figure.count,
      url: 'https://reviews.example/quokka',
      kept: false,
    },
  ]);
  expect(first).toMatchObject({ outcome: 'complete', seen: 1, fresh: 1, flagged: 1 });
  nowhere();
  await look();
  await collect(tools, { watches: tools.watches, dryRun: true });
  for (const argv of [
    ['list'],
    ['list', '--all', '--json'],
    ['show', 'c1'],
    ['case', 'take', 'c1'],
    ['case', 'note', 'c1', 'rang them'],
    ['mark', 'm1', 'urgent'],
    ['mark', 'm1', 'urgent', '--undo'],
    ['rescore'],
    ['export', '--out', 'all.json', '--format', 'json'],
    ['export', '--out', 'all.csv', '--format', 'csv'],
    ['digest'],
    ['status'],
  ])
    expect(await earshot(...argv)).not.toMatch(/quokka|mistake of Earshot/i);
  await tidy(tools);
  await sendDueMail(tools);
  nowhere();
  await tools.store.close();
  nowhere();
});

test('a review whose words are not kept is told with stars, verdict and where to read it, in every face', async () => {
  const { shop, tools, earshot } = await heard('id-only');
  expect(await earshot('list')).toContain('1 of 5 stars (words not kept)');
  expect(await earshot('show', 'c1')).toMatch(
    `Words not kept: stub does not allow it. Read them at ${link} Why 1 of 5 stars`,
  );
  expect(JSON.parse(await earshot('list', '--json'))[0]).toMatchObject({
    externalId: 'r1',
    url: link,
    words: 'not-kept',
    text: '',
    title: null,
    place: null,
    author: { handle: null, name: null, url: null, followers: null },
    rating: { value: 1, scale: 5 },
    complaint: { verdict: 'complaint' },
  });
  await sendDueMail(tools);
  const html = readdirSync(join(shop.folder, 'outbox'))
    .filter((file) => file.endsWith('.html'))
    .map((file) => readFileSync(join(shop.folder, 'outbox', file), 'utf8'))
    .join('\n');
  const text = renderText(await draftDigest(tools, wish));
  const sentence = 'Words not kept: Stub Reviews does not allow it. Open the post to read them.';
  for (const mail of [text, html]) {
    expect(mail.replaceAll(/\s+/g, ' ')).toContain(sentence);
    expect(mail).toContain(link);
  }
  const inbox = await readInbox(tools, { needsYou: 1, unsure: 1, praise: 1 });
  const { source: page } = inboxPage({ inbox, notice: null, token: '', timezone: 'UTC' });
  expect(page).toContain(sentence);
  expect(page).toContain(`href="${link}"`);
});

test('words for a day: read on the spot, in no mail or file that outlives it, and gone the day after', async () => {
  const { shop, tools, earshot } = await heard({ textForHours: 24 });
  expect(await earshot('show', 'c1')).toContain('the quokka was rude');
  await earshot('export', '--out', 'all.json', '--format', 'json');
  await sendDueMail(tools);
  const copies = filesWith(shop.folder, 'quokka').filter((file) => !file.startsWith('earshot.db'));
  expect(copies).toEqual([]);
  expect(await earshot('export', '--format', 'json')).toContain('"words":"not-kept"');
  await tools.store.close();

  shop.clock.advance(24 * hour);
  expect(await earshot('list')).toContain('1 of 5 stars (words not kept)');
  expect(filesWith(shop.folder, 'quokka')).toEqual([]);
  expect(await earshot('show', 'c1')).toContain(`Read them at ${link}`);
  expect(await earshot('list', '--search', 'refund')).not.toContain('c1');
});
