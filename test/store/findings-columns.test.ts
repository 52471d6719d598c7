/** What we conclude comes out of the database as it went in. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findingsColumns, findingsOf } from '../../src/store/findings-columns.ts';
import { someFindings } from './a-store.ts';

test('findings come back with every reason, also those that point at no words', () => {
  const reason = fc.record({
    of: fc.constantFrom('relevance', 'sentiment', 'complaint', 'severity', 'urgency', 'topic', 'language'),
    rule: fc.string(),
    field: fc.constantFrom('text', 'title', 'rating'),
    at: fc.option(fc.tuple(fc.nat(), fc.nat()), { nil: null }),
    weight: fc.integer({ min: -400, max: 400 }).map((hundredths) => (hundredths === 0 ? 0 : hundredths / 100)),
  });
  fc.assert(
    fc.property(fc.array(reason), (reasons) => {
      const findings = someFindings({ reasons });
      expect(findingsOf(findingsColumns(findings))).toEqual(findings);
    }),
  );
});

test('reasons that another version stored in another form cost the reasons and not the mention', () => {
  const good = { of: 'complaint', rule: 'wait', field: 'text', at: [0, 4], weight: 0.4 } as const;
  const columns = findingsColumns(someFindings({ reasons: [good] }));
  const others = fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue()), fc.constant({ of: 'complaint', rule: 'wait' }));
  fc.assert(
    fc.property(fc.array(others), (stored) => {
      const reasons = JSON.stringify([...stored, ...(JSON.parse(columns.reasons) as unknown[])]);
      expect(findingsOf({ ...columns, reasons }).reasons.at(-1)).toEqual(good);
    }),
  );
  expect(findingsOf({ ...columns, reasons: '{"old":[]}' }).reasons).toEqual([]);
});
