import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonText } from '../../src/text/json.ts';

test('what acts on a terminal is written out, and the rest as it is', () => {
  expect(jsonText({ a: 'x\u009b31m \u009d52;c;QQ==\u009c \u202ez 👩‍👩‍👧 é' })).toBe(
    String.raw`{"a":"x\u009b31m \u009d52;c;QQ==\u009c \u202ez 👩‍👩‍👧 é"}`,
  );
});

test('reads back as what it was', () => {
  const value = fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(value, fc.constantFrom(undefined, 2), (given, indent) => {
      const text = jsonText(given, indent);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(given)));
      expect(text).not.toMatch(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    }),
  );
});
