import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forTerminal, onOneLine } from '../../src/text/clean.ts';

describe('forTerminal', () => {
  it.each([
    ['a \u001b[31mred\u001b[0m word', 'a red word'],
    ['\u001b]0;new title\u0007left', 'left'],
    ['\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\', 'click'],
    ['\u009b2Jgone', 'gone'],
    ['nul\u0000 bell\u0007 back\u0008', 'nul bell back'],
    ['lines\r\nstay\tput', 'lines\nstay\tput'],
    ['over\rwritten', 'overwritten'],
    ['right\u202eleft\u2066', 'rightleft'],
    ['zero\u200bwidth\ufeff', 'zerowidth'],
    [`pile${'\u0301'.repeat(20_000)}d`, `pile${'\u0301'.repeat(8)}d`],
    ['half \ud83d pair', 'half \ufffd pair'],
    ['👩‍👩‍👧 café ñ 日本', '👩‍👩‍👧 café ñ 日本'],
  ])('%j shows %j', (text, shown) => expect(forTerminal(text)).toBe(shown));

  it('lets nothing through that acts on a terminal, and needs no second time', () => {
    const piece = fc.oneof(
      fc.constantFrom('\u001b', '\u001b[', '\u001b]', '\u009b', '\u0007', '\u001b\\', '\u202e', 'm', ';'),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 15 }), (pieces) => {
        const shown = forTerminal(pieces.join(''));
        // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be left
        expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        expect(forTerminal(shown)).toBe(shown);
      }),
    );
  });
});

it('onOneLine makes every run of white space one space', () => {
  expect(onOneLine(' a\n\n b\t\u00a0c \u001b[1m')).toBe('a b c');
  expect(onOneLine('a\t\u0000\tb\rc')).toBe('a b c');
});
