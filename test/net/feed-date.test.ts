/** Dates as they stand in feeds, good and bad. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFeedDate } from '../../src/net/feed-date.ts';

const dates: readonly (readonly [string, string | null])[] = [
  ['Thu, 01 Jan 2004 19:48:21 GMT', '2004-01-01T19:48:21.000Z'],
  ['Thu, 01 Jan 2004 19:48 EST', '2004-01-02T00:48:00.000Z'],
  ['Thu,  1 Jan 04 19:48:21 -0330', '2004-01-01T23:18:21.000Z'],
  ['01 January 2004 7:48:21 PM +02:00', '2004-01-01T17:48:21.000Z'],
  ['Thursday, 1st of January 2004 12:05 am PST', '2004-01-01T08:05:00.000Z'],
  ['Thu Jan  1 19:48:21 2004', '2004-01-01T19:48:21.000Z'],
  ['Thu Jan 01 19:48:21 CET 2004', '2004-01-01T18:48:21.000Z'],
  ['January 5, 2004', '2004-01-05T00:00:00.000Z'],
  ['Sep 5, 2026, 9:07:33 PM UTC', '2026-09-05T21:07:33.000Z'],
  ['5-Sept-2026 21:07', '2026-09-05T21:07:00.000Z'],
  ['01 Jan 98 00:00:00 Z', '1998-01-01T00:00:00.000Z'],
  ['2003-12-31T10:14:55Z', '2003-12-31T10:14:55.000Z'],
  ['2003-12-31T10:14:55.5+05:30', '2003-12-31T04:44:55.500Z'],
  ['2003-12-31 10:14', '2003-12-31T10:14:00.000Z'],
  ['2003-12-31', '2003-12-31T00:00:00.000Z'],
  ['2003-12', '2003-12-01T00:00:00.000Z'],
  ['20031231T101455Z', '2003-12-31T10:14:55.000Z'],
  ['2003-12-31T24:00:00Z', '2004-01-01T00:00:00.000Z'],
  ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
  ['Fri, 31 Dec 9999 23:59:59 GMT', '9999-12-31T23:59:59.000Z'],
  ['1767225600', '2026-01-01T00:00:00.000Z'],
  ['1767225600000', '2026-01-01T00:00:00.000Z'],
  ['  2003-12-31\n', '2003-12-31T00:00:00.000Z'],
  ['0001-01-01T00:00:00Z', null],
  ['2003-02-30', null],
  ['2003-13-01', null],
  ['31/12/2003', null],
  ['yesterday', null],
  ['May we help you?', null],
  ['2003', null],
  ['', null],
];

test.each(dates)('%s', (text, iso) => {
  const at = parseFeedDate(text);
  expect(at === null ? null : new Date(at).toISOString()).toBe(iso);
});

test('what a machine writes is read back', () => {
  const moment = fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(moment, (date) => {
      const whole = Math.floor(date.getTime() / 1000) * 1000;
      expect(parseFeedDate(date.toISOString())).toBe(date.getTime());
      expect(parseFeedDate(date.toUTCString())).toBe(whole);
    }),
  );
});

test('anything else is a whole number or null', () => {
  const pieces = fc.array(fc.constantFrom('Jan', '12', ':', '2026', '+', '99', 'T', '-', ' ', 'pm', 'EST', ','), {
    maxLength: 14,
  });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        pieces.map((all) => all.join('')),
      ),
      (text) => {
        const at = parseFeedDate(text);
        expect(at === null || (Number.isInteger(at) && at >= 0)).toBe(true);
      },
    ),
  );
});
