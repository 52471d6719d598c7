/** Review mails are taken apart as the owner says they are made, and whole wherever they are made otherwise. */
import { expect, test } from 'vitest';
import type { Post } from '../../../src/mention.ts';
import { mailbox } from '../../../src/sources/mailbox.ts';
import { fixture } from '../../fixtures/mailbox/fixture.ts';
import { type AMail, aMail, passed } from '../../support/a-mail.ts';
import { readSource } from '../../support/read-source.ts';

async function read(mail: AMail, ...forms: object[]): Promise<Post> {
  const { posts } = await readSource(mailbox, {
    options: () => ({ host: 'mail.bluedoor.example', folder: 'Earshot', forms }),
    routes: () => ({}),
    secrets: fixture.secrets ?? {},
    mails: [aMail(mail)],
  });
  const [post] = posts;
  if (!post || posts.length > 1) throw new Error(`${posts.length} posts`);
  return post;
}

const stay: AMail = {
  from: 'Stays <noreply@mail.stays.example>',
  headers: [passed('stays.example')],
  subject: 'You have a new guest review',
  text: 'Hello Blue Door,\n\nGuest name: Mira Tolland\nScore: 3,5\n\nWhat the guest said:\nThe room was damp.\n\nNobody came.\n\nReply to the guest\nhttps://stays.example/r/1\n',
};
const form = {
  ...{ from: 'stays.example', subject: 'guest review', who: 'guest name', stars: 'Score', outOf: 10 },
  ...{ after: 'What the guest said', before: 'Reply to the guest' },
};

test('who, how many stars of how many, and the guest’s own words', async () => {
  expect(await read(stay, { from: 'other.example' }, form)).toMatchObject({
    author: { name: 'Mira Tolland', handle: null },
    rating: { value: 3.5, scale: 10 },
    title: null,
    text: 'The room was damp.\n\nNobody came.',
    place: 'stays.example',
  });
});

test('labels on a line of their own, stars as signs, HTML', async () => {
  const html =
    '<p>Reviewer</p><p><b>Jonas</b></p><p>Rating</p><p>★★☆☆☆</p><p>Comment</p><p>Cold soup.</p><p>See it on Eats</p>';
  const eats = { from: 'reviews@eats.example', who: 'Reviewer', stars: 'Rating', after: 'Comment', before: 'See it' };
  expect(
    await read({ from: 'Eats <reviews@eats.example>', headers: [passed('eats.example')], html }, eats),
  ).toMatchObject({ author: { name: 'Jonas' }, rating: { value: 2, scale: 5 }, text: 'Cold soup.' });
});

test.each([
  ['another subject', { ...stay, subject: 'Your invoice' }, form],
  ['a sender that is not proven', { ...stay, headers: [] }, form],
  ['a forged one', { ...stay, headers: [passed('evil.example')] }, form],
  [
    'somebody whose name ends alike',
    { ...stay, from: 'x@evilstays.example', headers: [passed('evilstays.example')] },
    form,
  ],
])('%s: whole', async (_, mail, one) => {
  const post = await read(mail, one);
  expect(post.title).toBe(mail.subject);
  expect(post.text).toContain('Guest name: Mira Tolland');
  expect(post.author.name).toBeNull();
});

test('a mail that has changed its form keeps all its words; what is still there is read', async () => {
  const post = await read({ ...stay, text: stay.text?.replace('Reply to the guest', 'Answer now') ?? '' }, form);
  expect(post).toMatchObject({
    title: stay.subject,
    author: { name: 'Mira Tolland' },
    rating: { value: 3.5, scale: 10 },
  });
  expect(post.text).toContain('The room was damp.');
});

test('stars that cannot be are none', async () => {
  const post = await read({ ...stay, text: stay.text?.replace('3,5', '35') ?? '' }, form);
  expect(post.rating).toBeNull();
});
