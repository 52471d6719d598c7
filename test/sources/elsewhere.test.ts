/** Whoever asks for a place that cannot be read is told why and what to do, in steps that work today. */
import { expect, test } from 'vitest';
import { elsewhere, unread } from '../../src/sources/elsewhere.ts';
import { trades } from '../../src/sources/source.ts';
import { sources } from '../support/every-source.ts';

const sentence = /^[\p{Lu}“].*\.$/su;

test.each(elsewhere)('$title: why, and what to do instead', ({ id, title, suits, why, instead }) => {
  expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expect(title).not.toBe('');
  expect(suits.length).toBeGreaterThan(0);
  expect(why).toMatch(sentence);
  for (const step of instead) expect(step).toMatch(sentence);
  const steps = instead.join('\n');
  expect(steps).toMatch(/npx earshot (?:add|import) |Deliver to: RSS feed/);
  for (const [, command] of steps.matchAll(/npx earshot (\S+)/g))
    expect(['add', 'import', 'sources']).toContain(command);
});

test('ids are unique; a place that can be read all the same wants a key for it', () => {
  const ids = elsewhere.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, access } of sources) if (ids.includes(id)) expect(['own-account', 'paid'], id).toContain(access);
  const unreadIds = unread(sources).map(({ id }) => id);
  for (const { id } of sources) expect(unreadIds).not.toContain(id);
});

test.each(trades)('somebody with a %s learns of the places that matter to them', (trade) => {
  expect(elsewhere.filter(({ suits }) => suits.includes(trade)).length).toBeGreaterThanOrEqual(5);
});

test.each(['google-reviews', 'tripadvisor', 'booking', 'opentable', 'yelp', 'trustpilot', 'g2', 'delivery'])(
  '%s sends mails: they go to a folder that the mailbox source reads',
  (id) => {
    const steps = elsewhere.find((one) => one.id === id)?.instead.join('\n') ?? '';
    expect(steps).toMatch(
      /Switch on the mails about .*\n.*folder “Earshot”.*\n.*Filter messages.*\n.*npx earshot sources mailbox/,
    );
    expect(sources.map((source) => source.id)).toContain('mailbox');
  },
);
