/** What the digest does not show, and why: one sentence a reason. */
import { count } from '../text/count.ts';
import type { DigestRows } from './digest.ts';

type Why = keyof DigestRows['leftOut'];

/** In the order in which they are told: what we judged first, what was never ours last. */
const sentences: readonly (readonly [why: Why, one: string, several: string])[] = [
  ['other', 'post was not about you', 'posts were not about you'],
  ['excluded', 'post had one of your “exclude” phrases', 'posts had one of your “exclude” phrases'],
  ['required-missing', 'post had none of your “require” words', 'posts had none of your “require” words'],
  [
    'query-missed',
    'post named you but is not what your “query” asks for',
    'posts named you but are not what your “query” asks for',
  ],
  ['own-post', 'post was your own', 'posts were your own'],
  ['too-old', 'post was too old', 'posts were too old'],
  ['erased', 'post was by somebody you erased', 'posts were by somebody you erased'],
  ['unreadable', 'post could not be read', 'posts could not be read'],
  ['no-match', 'post did not name you', 'posts did not name you'],
];

/** “14 posts were not about you.” */
export function sayLeftOut(leftOut: DigestRows['leftOut']): readonly string[] {
  return sentences.flatMap(([why, one, several]) => {
    const number = leftOut[why] ?? 0;
    return number > 0 ? [`${count(number, one, several)}.`] : [];
  });
}
