/** What is particular to Medium: tags as it writes them, and addresses without where they were found. */
import { expect, test } from 'vitest';
import { medium } from '../../src/sources/medium.ts';
import { fixture } from '../fixtures/medium/fixture.ts';
import { readSource } from '../support/read-source.ts';
import { blueDoor } from '../support/source-fixture.ts';

test('a story has its own id, and its address without the feed that it came from', async () => {
  const { posts } = await readSource(medium, fixture);
  expect(posts[0]).toMatchObject({
    externalId: '90071992547409931234a',
    url: 'https://ana.medium.example/why-i-left-90071992547409931234a',
    author: { name: 'Ana P.' },
    text: 'Three weeks & no refund, see here.',
    place: '#blue-door-coffee',
  });
});

test('tags are spelt as Medium spells them; without tags and writers there is nothing to hear', () => {
  const keys = (given: object) => medium.looks(medium.options.parse(given), blueDoor).map(({ key }) => key);
  expect(keys({ tags: ['Blue Door Café', '蓝门'] })).toEqual(['tag/blue-door-cafe', 'tag/蓝门']);
  expect(keys({ tags: ['Leeds'], writers: ['@ana', 'leeds-eats'] })).toEqual(['tag/leeds', '@ana', 'leeds-eats']);
  expect(medium.options.safeParse({}).success).toBe(false);
});
