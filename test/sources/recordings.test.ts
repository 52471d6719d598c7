/**
 * Real answers are read without loss, source by source. Without EARSHOT_RECORDINGS this suite is skipped with a line that
 * says so. One plain table and one loop.
 */
import { expect, test } from 'vitest';
import { mailbox } from '../../src/sources/mailbox.ts';
import { sources } from '../support/every-source.ts';
import { readSource } from '../support/read-source.ts';
import { recorded, recordedMails, recordings, recordingsFolder } from '../support/recordings.ts';

if (!recordingsFolder) {
  process.stdout.write('Skipped: EARSHOT_RECORDINGS is not set, so no recorded answers were read.\n');
  test.skip('recorded answers are read without loss', () => {});
} else {
  test.each(recordings)(
    '$file',
    async ({ file, source: id, routes, options, terms, secrets, session, posts, leftOut = 0 }) => {
      const source = sources.find((one) => one.id === id);
      if (!source) throw new Error(`no source is called ${id}`);
      const body = recorded(file);
      const read = await readSource(source, {
        options,
        routes: (url) => routes(body, url),
        prefix: `/${id}`,
        since: '2005-01-01',
        ...(terms && { terms }),
        ...(secrets && { secrets }),
        ...(session && { session }),
      });
      expect(read.faults.map(({ message }) => message)).toEqual([]);
      expect(read.unreadable).toHaveLength(leftOut);
      expect(read.posts).toHaveLength(posts);
      expect(new Set(read.posts.map(({ externalId }) => externalId)).size, 'each has an id of its own').toBe(posts);
      for (const { text, title, rating, url } of read.posts)
        expect(text || title || rating, `${url} says something`).toBeTruthy();
    },
  );

  test.each(recordedMails)('$file', async ({ file, posts }) => {
    const read = await readSource(mailbox, {
      options: () => ({ host: 'imap.gmail.com', folder: 'Earshot' }),
      routes: () => ({}),
      mails: [recorded(file).toString('latin1')],
    });
    expect(read.unreadable).toEqual([]);
    expect(read.posts).toHaveLength(posts);
  });

  test('a recorded Google Alert gives what another program found in it, from a sender that is proven', async () => {
    const base = 'email/google-alerts/google-alert_2025-10-06';
    const read = await readSource(mailbox, {
      options: () => ({ host: 'imap.gmail.com', folder: 'Earshot' }),
      routes: () => ({}),
      mails: [recorded(`${base}.eml`).toString('latin1')],
    });
    const found = JSON.parse(recorded(`${base}.links.json`).toString()) as object[];
    const ours = read.posts.map(({ url, title, author }) => ({ url, title, publisher: author.name }));
    expect(found).toMatchObject(ours);
    expect(new Set(read.posts.map(({ source }) => source))).toEqual(new Set(['feed']));
  });
}
