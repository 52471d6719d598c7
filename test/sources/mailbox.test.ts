/** Every mail in the folder is a post: alerts and Google's review mails taken apart, any other whole, none trusted unproven. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Post } from '../../src/mention.ts';
import { mailbox } from '../../src/sources/mailbox.ts';
import { fixture } from '../fixtures/mailbox/fixture.ts';
import { type AMail, aMail, passed } from '../support/a-mail.ts';
import { type Reading, readSource } from '../support/read-source.ts';

const read = (mails: readonly string[], options: object = {}, more: Partial<Reading> = {}) =>
  readSource(mailbox, {
    options: () => ({ host: 'mail.bluedoor.example', folder: 'Earshot', ...options }),
    routes: () => ({}),
    secrets: fixture.secrets ?? {},
    mails,
    ...more,
  });

async function one(mail: AMail, options: object = {}): Promise<Post> {
  const { posts } = await read([aMail(mail)], options);
  if (posts.length !== 1 || !posts[0]) throw new Error(`${posts.length} posts`);
  return posts[0];
}

const [alert = '', business = '', review = ''] = fixture.mails ?? [];
const proven = { headers: [passed('reviews.example')] };

test('a Google Alert is taken apart: an article a result, its link unwrapped, as the feed of that alert would give it', async () => {
  const { pages, posts } = await read([alert], { trustedServer: 'mx.google.com' });
  expect(posts).toMatchObject([
    {
      source: 'feed',
      url: 'https://gazette.example/cafes?page=2',
      title: 'Leeds cafés that never close ...',
      text: '... the queue at Blue Door Coffee went round the corner, and nobody was served ...',
      author: { name: 'Leeds Gazette', handle: null },
      publishedAt: Date.parse('2026-11-20T06:12:19Z'),
      rating: null,
      place: 'Google Alert - “Blue Door Coffee”',
    },
    {
      source: 'feed',
      url: 'https://beans.example/week',
      title: 'A week of flat whites',
      author: { name: 'Beans & Co' },
    },
  ]);
  // Found by a search, they count only where they name the brand, unlike a review mail of that folder.
  expect(pages.map(({ certain, posts: { length } }) => [certain, length])).toEqual([
    [false, 2],
    [undefined, 0],
  ]);
  expect(JSON.stringify(posts)).not.toContain('AB2secret');
});

test('an alert without its HTML is read from the plain part', async () => {
  const plain = alert.replace(/<tr itemscope[\s\S]*<\/tr>/, '');
  const { posts } = await read([plain], { trustedServer: 'mx.google.com' });
  expect(posts.map(({ url, text }) => [url, text.slice(0, 40)])).toEqual([
    ['https://gazette.example/cafes?page=2', 'Leeds cafés that never close ... Leeds G'],
    ['https://beans.example/week', 'A week of flat whites Beans & Co Blue Do'],
  ]);
});

test('a Google Business Profile mail is taken apart: who, how many stars, in the reviewer’s own words', async () => {
  const { posts } = await read([business]);
  expect(posts).toMatchObject([
    {
      source: 'mailbox',
      externalId: 'business-1@google.com',
      url: 'https://business.google.com/n/1234/reviews/abc?hl=en',
      author: { name: 'Mira Tolland', handle: null },
      title: null,
      text: 'Vierzig Minuten gewartet, und der Kaffee war kalt.',
      rating: { value: 2, scale: 5 },
      place: 'google.com',
    },
  ]);
});

test('Google’s other mails to the owner, and a review mail in another form, are taken whole', async () => {
  const { posts } = await read([business.replace('Reply to review', 'Antworten')]);
  expect(posts[0]?.title).toBe('Mira T left a review for Blue Door Coffee');
  expect(posts[0]?.text).toContain('der Kaffee war kalt');
  expect(posts[0]?.rating).toEqual({ value: 2, scale: 5 });
});

test('any other review mail is taken whole: the sender is the place, stars from words or pictures, the first page is the address', async () => {
  const { posts } = await read([review]);
  expect(posts).toMatchObject([
    {
      title: 'You have a new review',
      text: 'Somebody reviewed you\n\nRude waiter, and my soup was cold & salty.\n\nSee the review',
      rating: { value: 2, scale: 5 },
      url: 'https://www.tellthem.example/r/77?from=mail',
      place: 'tellthem.example',
      author: { handle: null, name: null },
      publishedAt: Date.parse('2026-11-19T18:45:10Z'),
    },
  ]);
});

test('the stars of several reviews in one mail are nobody’s', async () => {
  const text = 'Jane: 1 star, cold soup.\nTom: 5 stars, lovely.';
  expect((await one({ ...proven, subject: 'You got 2 new reviews', text })).rating).toBeNull();
  expect((await one({ ...proven, subject: 'You got 1 new review', text })).rating).toEqual({ value: 1, scale: 5 });
});

test('a sender counts as the platform only where that is proven; else the post is kept and says so', async () => {
  const place = async (mail: AMail, options = {}) => (await one(mail, options)).place;
  const from = 'TripAdvisor <reviews@tripadvisor.example>';
  expect(await place({ from, headers: [passed('tripadvisor.example')] })).toBe('tripadvisor.example');
  expect(await place({ from })).toBe('sender not proven: tripadvisor.example');
  expect(await place({ from, headers: [passed('evil.example')] })).toBe('sender not proven: tripadvisor.example');
  expect(await place({ from, headers: [passed('tripadvisor.example', 'mx.evil.example')] })).toMatch(/not proven/);
  expect(await place({ from, headers: [passed('tripadvisor.example')] }, { trustedServer: 'none' })).toMatch(
    /not proven/,
  );
  expect(await place({ from: 'nobody' })).toBe('sender not proven: unknown sender');
});

test('nobody is led from a mail whose sender is not proven to any page but the claimed sender’s own', async () => {
  const from = 'TripAdvisor <reviews@tripadvisor.example>';
  const html = '<a href="https://evil.example/login">Answer</a> <a href="https://www.tripadvisor.example/r/1">Read</a>';
  expect((await one({ from, html })).url).toBe('https://www.tripadvisor.example/r/1');
  expect((await one({ from, html: '<a href="https://evil.example/login">Answer this review</a>' })).url).toBeNull();
  expect((await one({ from, html, headers: [passed('tripadvisor.example')] })).url).toBe('https://evil.example/login');
  const forged = business
    .replace(/dkim=pass/, 'dkim=fail')
    .replace('https://business.google.com/n/1234/reviews', 'https://evil.example');
  expect((await read([forged])).posts[0]?.url).toBeNull();
});

test('a forged alert is no feed’s article, and a forged Google review is marked', async () => {
  const forged = (mail: string) => mail.replace(/^Authentication-Results:.*\n(?:[ \t].*\n)*/m, '');
  const { pages, posts } = await read([forged(alert), forged(business)]);
  expect(posts.map(({ source, place }) => [source, place])).toEqual([
    ['mailbox', 'sender not proven: Google Alert'],
    ['mailbox', 'sender not proven: Google Alert'],
    ['mailbox', 'sender not proven: google.com'],
  ]);
  expect(pages[0]?.certain).toBe(false);
});

test('an own folder is heard like the rest and marked, with the customer as who said it', async () => {
  const form = {
    from: 'Website <wordpress@bluedoor.example>',
    subject: 'Contact form',
    text: 'My cake was stale.\n\n-- \nThis was sent from a contact form on https://bluedoor.example/contact',
    headers: ['Reply-To: Mira Tolland <Mira@customers.example>'],
  };
  expect(await one(form, { own: true })).toMatchObject({
    text: 'My cake was stale.',
    place: 'own: Earshot',
    url: null,
    author: { handle: 'mira@customers.example', name: 'Mira Tolland' },
  });
  const nobody = { handle: null, name: null };
  expect(await one({ ...form, headers: [] }, { own: true })).toMatchObject({ author: nobody });
  expect(await one({ ...form, headers: [], from: 'Ana <ana@bluedoor.example>' }, { own: true })).toMatchObject({
    author: nobody,
  });
  const direct = await one({ from: 'Mira <mira@customers.example>' }, { own: true });
  expect(direct.author).toMatchObject({ handle: 'mira@customers.example', name: 'Mira' });
});

test('bounces, out-of-office notes and our own digest say nothing about anybody', async () => {
  const bounce = aMail({ from: 'MAILER-DAEMON@mail.example' }).replace('text/plain', 'multipart/report; boundary=x');
  const away = aMail({ headers: ['Auto-Submitted: auto-replied (vacation)'] });
  const own = aMail({
    id: '2026-11-20.0123456789abcdef0123@bluedoor.example',
    headers: ['Auto-Submitted: auto-generated'],
    text: 'Rude waiter.',
  });
  const notice = aMail({ headers: ['Auto-Submitted: auto-generated'] });
  expect((await read([bounce, away, own])).posts).toEqual([]);
  expect((await read([notice])).posts).toHaveLength(1);
});

test('a mail keeps its id wherever it is read: Message-ID, else what the whole mail hashes to', async () => {
  expect((await one({ id: 'abc@reviews.example' })).externalId).toBe('abc@reviews.example');
  const raw = aMail({ id: null, text: 'Cold soup.' });
  const [first, again] = [(await read([raw])).posts[0], (await read([raw, raw])).posts[1]];
  expect(first?.externalId).toMatch(/^[0-9a-f]{64}$/);
  expect(again?.externalId).toBe(first?.externalId);
  expect((await one({ id: `${'x'.repeat(2000)}@reviews.example` })).externalId).toMatch(/^[0-9a-f]{64}$/);
});

test('the next look goes on behind the last mail, and tells what is left', async () => {
  const mails = Array.from({ length: 501 }, (_, index) => aMail({ id: `m${index}@reviews.example` }));
  const first = await read(mails);
  expect(first.posts).toHaveLength(500);
  expect(first.notes).toEqual(['One more mail waits in “Earshot”; it is read next time.']);
  const position = first.pages.at(-1)?.position ?? '';
  expect(position).toBe('1:500');
  const next = await read(mails, {}, { position });
  expect(next.posts.map(({ externalId }) => externalId)).toEqual(['m500@reviews.example']);
  expect(next.notes).toEqual([]);
});

test('several folders of one mailbox are looked at each by itself', () => {
  const options = mailbox.options.parse({
    host: 'imap.example',
    folder: 'Earshot',
    more: [{ folder: 'Contact form', own: true }, { folder: 'Earshot' }],
  });
  const looks = mailbox.looks(options, { names: [], handles: [], domains: [] });
  expect(looks.map(({ key, at }) => [key, at])).toEqual([
    ['“Earshot” at imap.example', { folder: 'Earshot', own: false }],
    ['“Contact form” at imap.example', { folder: 'Contact form', own: true }],
  ]);
});

test('whatever stands in a mail, it becomes whole posts or none', async () => {
  const junk = fc.oneof(
    fc.constantFrom(
      '\0',
      '<',
      '">',
      '\r\n\r\n',
      '=',
      '--',
      '&#xD800;',
      'javascript:alert(1)',
      '=?utf-8?B?/////?=',
      '\\',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  const spoilt = fc
    .record({ which: fc.constantFrom(alert, business, review), at: fc.nat(4000), cut: fc.nat(60), junk })
    .map(
      ({ which, at, cut, junk: words }) =>
        which.slice(0, at % which.length) + words + which.slice((at % which.length) + cut),
    );
  await fc.assert(
    fc.asyncProperty(fc.array(spoilt, { minLength: 1, maxLength: 3 }), async (mails) => {
      const { posts, faults } = await read(mails);
      expect(faults).toEqual([]);
      for (const post of posts) {
        expect(post.externalId).toMatch(/^\S(?:.*\S)?$/);
        expect(post.title !== null || post.text !== '' || post.rating !== null).toBe(true);
        for (const link of [post.url, ...post.links]) if (link !== null) expect(link).toMatch(/^https?:\/\//i);
        if (post.rating) expect(post.rating.value).toBeLessThanOrEqual(post.rating.scale);
        if (!/not proven/.test(post.place ?? ''))
          expect(post.place).toMatch(/^(?:google\.com|tellthem\.example|Google Alert|own: )/);
      }
    }),
    { numRuns: 60 },
  );
});
