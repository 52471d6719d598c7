/** Being offline is said once, and only where it is this computer that is offline. */
import { expect, test } from 'vitest';
import { type Ended, isOffline, offlineSentence } from '../../src/insight/offline.ts';
import { faultOfError } from '../../src/net/broken.ts';

const broken = (code: string, host: string): Ended => {
  const fault = faultOfError(Object.assign(new Error(code), { code }), host);
  return { source: 'bluesky', trouble: fault && { kind: fault.kind, message: fault.message } };
};
const heard: Ended = { source: 'feed', trouble: null };

test.each<[boolean, string, readonly Ended[]]>([
  [true, 'no name is known any more', [broken('ENOTFOUND', 'a.example'), broken('EAI_AGAIN', 'b.example')]],
  [true, 'nobody is there', [broken('ENETUNREACH', 'a.example'), broken('EHOSTUNREACH', 'b.example')]],
  [
    true,
    'a file on disk is heard nevertheless',
    [broken('ENOTFOUND', 'a.example'), broken('ENOTFOUND', 'b.example'), { source: 'file', trouble: null }],
  ],
  [false, 'one address, which may be wrong', [broken('ENOTFOUND', 'a.example'), broken('ENOTFOUND', 'a.example')]],
  [false, 'one of them answered', [broken('ENOTFOUND', 'a.example'), broken('ENOTFOUND', 'b.example'), heard]],
  [
    false,
    'somebody was there and shut the door',
    [broken('ECONNREFUSED', 'a.example'), broken('ECONNREFUSED', 'b.example')],
  ],
  [false, 'no look yet', []],
])('offline is %s where %s', (is, _, looks) => {
  expect(isOffline(looks)).toBe(is);
});

test('it is said with what happens next', () => {
  expect(offlineSentence(9)).toMatch(
    /^This computer seems to be offline: none of the 9 places .* The next look, once it is online/,
  );
});
