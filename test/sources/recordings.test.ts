/**
 * Real answers are read without loss, source by source. Without EARSHOT_RECORDINGS this suite is skipped with a line that
 * says so. One plain table and one loop.
 */
import { expect, test } from 'vitest';
import { sources } from '../../src/sources/index.ts';
import { readSource } from '../support/read-source.ts';
import { recorded, recordings, recordingsFolder } from '../support/recordings.ts';

if (!recordingsFolder) {
  process.stdout.write('Skipped: EARSHOT_RECORDINGS is not set, so no recorded answers were read.\n');
  test.skip('recorded answers are read without loss', () => {});
} else
  test.each(recordings)('$file', async ({ file, source: id, routes, options, terms, secrets, posts, leftOut = 0 }) => {
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
    });
    expect(read.faults.map(({ message }) => message)).toEqual([]);
    expect(read.unreadable).toHaveLength(leftOut);
    expect(read.posts).toHaveLength(posts);
    expect(new Set(read.posts.map(({ externalId }) => externalId)).size, 'each has an id of its own').toBe(posts);
    for (const { text, title, rating, url } of read.posts)
      expect(text || title || rating, `${url} says something`).toBeTruthy();
  });
