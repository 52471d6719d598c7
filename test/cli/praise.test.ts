/** `earshot praise`: who praises you, the ledger of what they allowed, and what may be shown of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PraiseFace, TestimonialFace } from '../../src/face/praise.ts';
import { type Desk, desk, words } from './desk.ts';

const mira = { handle: 'mira', name: 'Mira Dale', url: null, followers: 40 };
const list = async (here: Desk) =>
  z.array(PraiseFace).parse(JSON.parse((await here.earshot('praise list --json')).out));
const shown = async (here: Desk) =>
  z.array(TestimonialFace).parse(JSON.parse((await here.earshot('praise export --format json')).out));

test('asked, allowed, used, thanked, taken back: each is written down, and told with what comes next', async () => {
  const here = desk();
  await here.hear({ text: words.lovely, author: mira, url: 'https://forum.example/1' });
  expect((await here.earshot('praise list', { columns: 80 })).out).toMatch(
    /^Not asked yet, the most telling first \(1\)\n {2}m1 +Mira Dale \(mira\), Forum · .*\n +“Lovely cakes/,
  );
  const asked = await here.earshot('praise ask m1 --where mail');
  expect(asked.out).toBe('m1: asked 08:00 (mail), no answer yet.\n');
  expect(asked.err).toContain('npx earshot praise yes m1');
  expect(await shown(here)).toEqual([]);
  const yes = await here.earshot(['praise', 'yes', 'm1', '--words', 'the best brunch in Leeds', '--named', 'Mira D.']);
  expect(yes.out).toBe('m1: said yes 08:00: “the best brunch in Leeds”, as Mira D.\n');
  expect(await shown(here)).toMatchObject([
    { mention: 1, words: 'the best brunch in Leeds', name: 'Mira D.', url: null, place: null },
  ]);
  await here.earshot(['praise', 'used', 'm1', '--where', 'our website']);
  await here.earshot('praise thank m1 --where mail --when 2026-11-19');
  const no = await here.earshot('praise no m1 --why changed-her-mind');
  expect(no.err).toContain('Take it down where it stands: our website.');
  expect(await shown(here)).toEqual([]);
  await here.earshot('praise undo m1');
  expect(await shown(here)).toHaveLength(1);
  const [only] = await list(here);
  expect(only).toMatchObject({
    answer: 'yes',
    used: [{ where: 'our website' }],
    thankedAt: '2026-11-19T00:00:00.000Z',
  });
  expect(only?.events.map(({ kind, by }) => `${kind} ${by}`)).toEqual([
    'ask ana',
    'yes ana',
    'used ana',
    'thank ana',
    'no ana',
    'undo ana',
  ]);
});

test('HTML holds the words allowed and nothing else, and what is hostile stays text', async () => {
  const here = desk();
  const evil = '</blockquote><script>alert(1)</script>" onclick="x';
  await here.hear({
    text: `${words.lovely} ${evil}`,
    author: { ...mira, name: evil },
    url: 'https://forum.example/1?"><b>',
  });
  await here.earshot(['praise', 'yes', 'm1', '--named', `Mira ${evil}`, '--linked']);
  const { out, err } = await here.earshot('praise export --format html');
  expect(err).toBe('1 testimonial.\n');
  expect(out).toContain('&lt;script&gt;');
  expect(out.match(/<[a-z]+/g)?.toSorted()).toEqual(
    ['<section', '<figure', '<blockquote', '<p', '<figcaption', '<a', '<time'].toSorted(),
  );
  expect(out).not.toMatch(/<script|"\s*onclick/);
  await here.earshot(['praise', 'yes', 'm1', '--words', 'the best brunch']);
  const less = await here.earshot('praise export --out praise.html');
  expect(less.err).toBe('1 testimonial written to praise.html.\n');
  const file = readFileSync(join(here.folder, 'praise.html'), 'utf8');
  expect(file).toContain('<p>the best brunch</p>');
  expect(file).toContain('A customer');
  expect(file).not.toMatch(/Mira|Lovely|forum/);
});

test('words that the customer gave beside the post are kept as such', async () => {
  const here = desk();
  await here.hear({ text: words.lovely, author: mira });
  const { err } = await here.earshot(['praise', 'yes', 'm1', '--words', 'Best cakes, says Mira.']);
  expect(err).toContain('do not stand in the post');
  expect(await shown(here)).toMatchObject([{ words: 'Best cakes, says Mira.', name: null }]);
});

describe('what cannot be', () => {
  test.each([
    ['praise used m1 --where website', 1, 'nobody has said yes to it. Ask first: `npx earshot praise ask m1`'],
    ['praise ask m1 --where google', 1, 'Google forbids to ask for reviews only from customers who are happy'],
    ['praise ask m1 --for money', 2, 'neither words'],
    ['praise undo m1', 1, 'there is nothing to take back'],
    ['praise yes m9', 2, 'There is no mention m9'],
    ['praise ask m1 --when 2999-01-01', 2, 'is still to come'],
    ['praise export --format pdf', 2, 'html, json'],
    ['praise ask', 2, 'wants <mention>'],
  ])('%s', async (line, code, sentence) => {
    const here = desk();
    await here.hear({ text: words.lovely, author: mira });
    const said = await here.earshot(line);
    expect(said.code).toBe(code);
    expect(said.err.replaceAll(/\s+/g, ' ')).toContain(sentence);
    expect(await shown(here)).toEqual([]);
  });

  test('after a no nobody is asked again', async () => {
    const here = desk();
    await here.hear({ text: words.lovely, author: mira });
    await here.earshot('praise no m1');
    expect((await here.earshot('praise ask m1')).err).toContain('they said no. Leave it at that');
  });
});

test('nobody yet, in a sentence; nothing to show, too', async () => {
  const here = desk();
  await here.hear(words.cold);
  expect((await here.earshot('praise list')).out).toContain('Nobody has praised you in public yet');
  const { out, err } = await here.earshot('praise export');
  expect(out).toBe('<section class="testimonials">\n</section>\n');
  expect(err).toContain('Nothing is shown before a customer');
});

test('erased, a customer leaves no yes behind', async () => {
  const here = desk();
  await here.hear({ text: words.lovely, author: mira });
  await here.earshot(['praise', 'yes', 'm1', '--words', 'Own words of wombat', '--named', 'Wombat']);
  await here.earshot('erase mira --yes');
  expect(await shown(here)).toEqual([]);
  expect(readFileSync(join(here.folder, 'earshot.db'), 'latin1').toLowerCase()).not.toContain('wombat');
});

test.each([[60], [80], [120]])('at %i columns no line is too long', async (columns) => {
  const here = desk();
  await here.hear(
    { text: `${words.lovely} ${words.lovely}`, author: mira },
    { text: words.lovely, source: 'x'.repeat(30) },
  );
  await here.earshot('praise ask m1 --where at-the-table');
  const { out } = await here.earshot('praise list', { columns });
  for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(columns);
});

test('what a customer allowed, and an answer to them, outlive pruning', async () => {
  const here = desk();
  await here.hear(
    { text: words.lovely, author: mira },
    { text: words.meeting },
    { text: `${words.lovely} We were six.` },
  );
  await here.earshot('praise yes m1');
  await here.earshot(['reply', 'draft', 'm3', '--text', 'How kind of you to say so, it made our day.']);
  here.clock.advance(400 * 86_400_000);
  const { out } = await here.earshot('prune --before 365d');
  expect(out).toBe(
    'Forgot 1 post and 1 mention. What you did something about stays: cases, marks, answers and praise.\n',
  );
  expect(await shown(here)).toMatchObject([{ mention: 1, words: words.lovely }]);
  expect((await here.earshot('reply draft m3')).out).toContain('it made our day');
});

test('a name that turns letters round stands in one line, and turns nothing round', async () => {
  const here = desk();
  await here.hear({ text: words.lovely, author: mira });
  await here.earshot(['praise', 'yes', 'm1', '--named', ' Mira\n\u202eD. ']);
  expect(await shown(here)).toMatchObject([{ name: 'Mira D.' }]);
});
