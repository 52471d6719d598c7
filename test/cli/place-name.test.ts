/** Where something was said, as the list and the mail tell it: a mailbox's place is its sender, and one that is not proven is never named alone. */
import { expect, test } from 'vitest';
import { placeName } from '../../src/cli/place-name.ts';
import { itemOf } from '../../src/digest/item.ts';
import { mention, rows } from '../digest/sample.ts';

test.each([
  ['tripadvisor.example', 'tripadvisor.example'],
  ['sender not proven: tripadvisor.example', 'sender not proven: tripadvisor.example'],
  ['sender not proven: Google Alert', 'sender not proven: Google Alert'],
  ['own: Contact form', 'own: Contact form'],
  [null, 'Mailbox'],
])('a mail from %j', (place, said) => {
  const mail = mention({ source: 'mailbox', url: 'https://www.tripadvisor.example/r/1', place });
  expect(placeName(mail, new Map([['mailbox', 'Mailbox']]))).toBe(said);
  expect(itemOf(mail, 'unsure', rows({ sourceTitles: { mailbox: 'Mailbox' } })).where).toBe(said);
});
