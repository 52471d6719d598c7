/** Of a mail only what somebody wrote is kept; what is doubtful stays. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMail } from '../../../src/net/parse-mail.ts';
import { withoutTail, wordsOf } from '../../../src/sources/mailbox/words.ts';
import { type AMail, aMail } from '../../support/a-mail.ts';

const words = async (mail: AMail) => wordsOf(await parseMail(Buffer.from(aMail(mail)), null));

test.each([
  ['a signature', 'The soup was cold.\n\n-- \nJane\nMobile 0123', 'The soup was cold.'],
  ['a phone’s', 'The soup was cold.\n\nSent from my iPhone', 'The soup was cold.'],
  ['a German phone’s', 'Die Suppe war kalt.\n\nVon meinem iPhone gesendet', 'Die Suppe war kalt.'],
  [
    'a quoted mail',
    'Still waiting.\n\nOn Mon, 2 Nov 2026 at 10:00, Blue Door wrote:\n> We are sorry.\n> Ana',
    'Still waiting.',
  ],
  ['a quoted German one', 'Immer noch.\n\nAm 02.11.2026 um 10:00 schrieb Blue Door:\n> Tut uns leid.', 'Immer noch.'],
  [
    'a quoted French one',
    'Toujours rien.\n\nLe lun. 2 nov. 2026 à 10:00, Blue Door a écrit :\n> Désolés.',
    'Toujours rien.',
  ],
  ['Outlook’s', 'Still waiting.\n\n-----Original Message-----\nFrom: Ana', 'Still waiting.'],
  [
    'a platform’s footer',
    'Rude waiter.\n\nYou are receiving this because you own a page.\n\n© 2026 TellThem Ltd',
    'Rude waiter.',
  ],
  [
    'a Spanish one',
    'Camarero grosero.\n\nHas recibido este correo porque tienes una página.\n\nDarse de baja',
    'Camarero grosero.',
  ],
  ['a Dutch one', 'Koude soep.\n\nJe kunt je hier uitschrijven.', 'Koude soep.'],
  ['a lawyer’s', 'Rude waiter.\n\nThis message is intended only for the addressee.', 'Rude waiter.'],
])('%s is cut', (_what, text, left) => {
  expect(withoutTail(text)).toBe(left);
});

test.each([
  ['a complaint about a newsletter', 'Spam.\n\nI asked you three times to take me off the list and you still write.'],
  ['what stands behind two lines', 'Great.\n--\nBut the soup was cold.'],
  ['a sentence about who wrote what', 'On Monday your waiter wrote:\nnothing at all.'],
  ['a forwarded mail', 'FYI\n\n---------- Forwarded message ---------\nFrom: Jane\n\nThe soup was cold.'],
  ['the first paragraph, whatever it says', 'Click here to unsubscribe'],
])('%s is kept', (_what, text) => {
  if (text.includes('\n--\n')) expect(withoutTail(text)).toContain('Great.');
  else expect(withoutTail(text)).toBe(text);
});

test('HTML becomes plain words; pictures, styles and addresses behind buttons go', async () => {
  const html =
    '<style>p{}</style><p>Cold&nbsp;soup &amp; a rude waiter.<br>Never again.</p><p><a href="https://reviews.example/r/1">See it</a></p>';
  expect(await words({ html })).toBe('Cold soup & a rude waiter.\nNever again.\n\nSee it');
  const text =
    'Cold soup\nand a rude waiter, all evening long.\n\nRead it\n<https://reviews.example/r/1?u=2>\nhttps://reviews.example/r/1';
  expect(await words({ text })).toBe('Cold soup\nand a rude waiter, all evening long.\n\nRead it');
});

test('a plain part that only says that there is HTML is passed over', async () => {
  expect(await words({ text: 'Please view in HTML.', html: '<p>The soup was cold.</p>' })).toBe('The soup was cold.');
  const both = { text: 'The soup was cold and the waiter was rude.', html: '<p>Something else entirely.</p>' };
  expect(await words(both)).toBe(both.text);
});

test('cutting keeps the beginning and invents nothing', () => {
  const piece = fc.constantFrom(
    'Cold soup.',
    '\n',
    '\n\n',
    '-- ',
    '> quoted',
    'On Monday Ana wrote:',
    '© 2026',
    'unsubscribe',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (parts) => {
      const text = parts.join('');
      const left = withoutTail(text);
      expect(text.trim().startsWith(left.split('\n')[0] ?? '')).toBe(true);
      if (text.trim() !== '') expect(left).not.toBe('');
    }),
  );
});
