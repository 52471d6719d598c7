/** Text comes out right whatever the server says about its bytes. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeJsonText, decodeText, unzipped } from '../../src/net/decode.ts';

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

const cases: readonly (readonly [string, Uint8Array, string | undefined, string])[] = [
  ['UTF-8 without a word about it', Buffer.from('Café ☕'), undefined, 'Café ☕'],
  [
    'a mark before a lying header',
    bytes([0xef, 0xbb, 0xbf], [...Buffer.from('Café')]),
    'text/xml; charset=windows-1251',
    'Café',
  ],
  [
    'UTF-16 with a mark',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<a>é', 'utf16le')]),
    'text/xml',
    '<a>é',
  ],
  ['UTF-16 without a mark', utf16be('<a>é'), undefined, '<a>é'],
  [
    'the header before the declaration',
    bytes('<?xml version="1.0" encoding="koi8-r"?>', [0xcf, 0xf0]),
    'text/xml; charset="windows-1251"',
    '<?xml version="1.0" encoding="koi8-r"?>Пр',
  ],
  [
    'the declaration where the header is silent',
    bytes("<?xml version='1.0' encoding='windows-1251'?>", [0xcf, 0xf0]),
    'text/xml',
    "<?xml version='1.0' encoding='windows-1251'?>Пр",
  ],
  [
    'the declaration where the header names nonsense',
    bytes('<?xml version="1.0" encoding="shift_jis"?>', [0x83, 0x65]),
    'text/xml; charset=none',
    '<?xml version="1.0" encoding="shift_jis"?>テ',
  ],
  [
    'a page’s own meta',
    bytes('<html><meta charset=euc-kr>', [0xb3, 0xe2]),
    'text/html',
    '<html><meta charset=euc-kr>년',
  ],
  ['gb2312 is gb18030', bytes([0xd6, 0xd0]), 'text/xml; charset=gb2312', '中'],
  ['UTF-8 that calls itself Latin', Buffer.from('Café “x”'), 'text/xml; charset=iso-8859-1', 'Café “x”'],
  ['Latin that calls itself UTF-8', bytes('Caf', [0xe9], ' cr', [0xe8], 'me'), 'text/xml; charset=utf-8', 'Café crème'],
  ['Windows quotes without a word', bytes([0x93], 'quoted', [0x94]), undefined, '“quoted”'],
  [
    'one stray byte in good UTF-8 costs one character',
    bytes([...Buffer.from('Café crème')], [0xff]),
    undefined,
    'Café crème\uFFFD',
  ],
  [
    'a declared UTF-16 that is none',
    bytes('<?xml version="1.0" encoding="utf-16"?>a'),
    undefined,
    '<?xml version="1.0" encoding="utf-16"?>a',
  ],
];
test.each(cases)('%s', (_name, body, type, text) => expect(decodeText(body, type)).toBe(text));

test('JSON is UTF-8 whatever the header says, its broken bytes become U+FFFD', () => {
  expect(decodeJsonText(Buffer.concat([Buffer.from('\uFEFF{"a":"é'), Buffer.from([0xff]), Buffer.from('"}')]))).toBe(
    '{"a":"é\uFFFD"}',
  );
});

test('anything decodes to something, and UTF-8 comes back as it went in', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.string(), (body, type) => {
      expect(typeof decodeText(body, type)).toBe('string');
    }),
  );
  const marked = /^\uFEFF|\0/;
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!marked.test(text));
      expect(decodeText(Buffer.from(text))).toBe(text);
    }),
  );
});

test('a zipped file that nobody announced is opened, within the limit', () => {
  expect(unzipped(gzipSync('hello'), 100)).toEqual(Buffer.from('hello'));
  expect(unzipped(gzipSync('hello'), 3)).toBeNull();
  expect(unzipped(gzipSync('hello').subarray(0, 12), 100)).toBeNull();
  expect(unzipped(Buffer.from('plain'), 3)).toEqual(Buffer.from('plain'));
});
