/** What is found in a draft, what is not, and where it stands. */
import { describe, expect, test } from 'vitest';
import { type Around, lintReply, nothingAround } from '../../src/replies/lint.ts';
import { rulebook } from './sets.ts';

const lint = (text: string, around: Partial<Around> = {}) => lintReply(text, { ...nothingAround, ...around }, rulebook);
const rulesIn = (text: string, around: Partial<Around> = {}) => lint(text, around).map(({ rule }) => rule);

test('a finding points at its words, and says why and what instead', () => {
  expect(lint('Hello 🙂 Tim! Unfortunately the oven broke.')).toEqual([
    {
      rule: 'unfortunately',
      evidence: 'Unfortunately',
      at: [14, 27],
      why: expect.stringMatching(/says no/),
      rewrite: expect.stringMatching(/what you can do/),
      severity: 'never',
    },
  ]);
});

test('findings come in the order in which they stand, and one rule holds for one place once', () => {
  const found = lint('Our team is looking into it and will get back to you soon. Unfortunately you must wait.');
  expect(found.map(({ rule }) => rule)).toEqual(['no-date', 'unfortunately', 'order']);
});

test('a line that is only wrapped goes on', () => {
  expect(rulesIn('We are sorry, but this is not our\nresponsibility.')).toEqual(['wrong-department']);
  expect(rulesIn('We are sorry, but this is not our\r\nresponsibility.')).toEqual(['wrong-department']);
});

describe('invitations', () => {
  test.each([
    'Please call Ana on 0113 496 0000.',
    'Please write to me at ana@bluedoor.example.',
    'Please get in touch: 0113 496 0000. Ana',
    'Please contact us on 0113 496 0000 and ask for Ana.',
    'Come and see us, please ask for Ana at the counter.',
    'Please feel free to call me on 0113 496 0000. Ana',
    "Please don't hesitate to write to Ana at ana@bluedoor.example.",
    "N'hésitez pas à appeler Nadia au 01 99 00 12 34, elle vous répondra.",
    'No dude en llamar a Laia al 93 012 34 56, estará encantada.',
    'La prego di chiamarmi quando vuole allo 06 9000 4512. Sandro',
    'Zögern Sie nicht und rufen Sie mich an: Birgit Alt, 040 6690 1234.',
    'Aarzel niet en bel Marijke op 020 555 0134, zij helpt u graag.',
    'Não hesite em ligar para a Renata no 21 3000 4455, ela atende sempre.',
  ])('with a name and a way are no orders: %s', (text) => {
    expect(rulesIn(text)).toEqual([]);
  });

  test.each([
    'Please call our helpline.',
    'Please feel free to call us on 0113 496 0000.',
    'Please call us on 0113 496 0000.',
    'Please contact our support team at support@bluedoor.example.',
    'Hello Tim, please call us on 0113 496 0000.',
    'Please call us, Tim, on 0113 496 0000.',
    'Please write to the Support Team at help@bluedoor.example.',
  ])('without one of them are: %s', (text) => {
    expect(rulesIn(text)).toEqual(['order']);
  });

  test('neither the brand’s own name nor the customer’s is a name to ask for', () => {
    const brand = { names: ['Blue Door'], domains: [] };
    const customer = { names: ['Tim Gray'], said: [] };
    expect(rulesIn('Please call the Door on 0113 496 0000 today.', { brand })).toEqual(['order']);
    expect(rulesIn('Please call, as Tim knows, on 0113 496 0000.', { customer })).toEqual(['order']);
  });
});

describe('quotations', () => {
  test.each([
    'You were told “this is not my department”. It is mine.',
    'You were told "this is not my department". It is mine.',
    'You were told ‘this isn’t my department’. It is mine.',
    '> unfortunately that is our policy\nThat was the wrong answer. I have put it right today.',
  ])('are not ours: %s', (text) => {
    expect(rulesIn(text)).toEqual([]);
  });

  test('a draft in quotation marks is ours all the same', () => {
    expect(rulesIn('"Unfortunately we cannot do that."')).toEqual(['unfortunately']);
  });

  test('what is personal stays so', () => {
    expect(rulesIn('You wrote “I am on 07700 900412”.')).toEqual(['personal-data']);
  });
});

describe('promises', () => {
  test.each([
    'We will refund you by Friday.',
    'We will refund you. The money is there on Friday.',
    'We will fix it tomorrow. Then I will write to you.',
    'I will call you within two days.',
    'I will send it on 3 December.',
  ])('with a day pass: %s', (text) => {
    expect(rulesIn(text)).toEqual([]);
  });

  test.each([
    'We will refund you.',
    'You came on Friday. We will refund you.',
    'We will get back to you as soon as possible.',
    'You will hear from us shortly.',
  ])('without one do not: %s', (text) => {
    expect(rulesIn(text)).toEqual(['no-date']);
  });
});

describe('personal data', () => {
  const customer = { names: ['teapot_fan'], said: ['Order 4471829 never came, mail me at fan@post.example'] };

  test.each([
    'We wrote to fan@post.example.',
    'Your order number 4471830 is on its way.',
    'Your IBAN is DE44 5001 0517 5407 3249 31.',
    'The card 4111 1111 1111 1111 was charged.',
    'Your test results are here.',
    'Dear Mrs Pemberton, the kettle is ready.',
  ])('is found: %s', (text) => {
    expect(rulesIn(text, { customer })).toEqual(['personal-data']);
  });

  test.each([
    'Your order number 4471829 is on its way.',
    'I am at ana@bluedoor.example, any day. Ana',
    'You find us on 0113 496 0000.',
    'It cost 1 250 000 and opened on 20.11.2026 at 10:15.',
    'The kettle is 12 cm high and has been made since 1894.',
  ])('is not seen where there is none: %s', (text) => {
    expect(rulesIn(text, { customer })).toEqual([]);
  });

  test('addresses of our own domains are ours wherever they stand', () => {
    const brand = { names: [], domains: ['bluedoor.example'] };
    const text = 'Your address was wrong in our books: we had sent it to post@mail.bluedoor.example by mistake.';
    expect(rulesIn(text)).toEqual(['personal-data']);
    expect(rulesIn(text, { brand })).toEqual([]);
  });
});

describe('the same again', () => {
  const apology = 'We are sorry that your visit was not what you hoped for. We have told the manager of the branch.';

  test('an answer pasted again is found, also with another name in it', () => {
    expect(rulesIn(apology, { earlier: [apology] })).toEqual(['said-before']);
    expect(rulesIn(`Hi Tim, ${apology}`, { earlier: [`Hi Karen, ${apology}`] })).toEqual(['said-before']);
  });

  test('another answer is not, nor the same thanks', () => {
    expect(rulesIn('The oven broke and we sent you home hungry.', { earlier: [apology] })).toEqual([]);
    expect(rulesIn('Thank you, Leo!', { earlier: ['Thank you, Leo!'] })).toEqual([]);
  });

  test('thanks for a complaint are no thanks', () => {
    const stock = 'Thank you for your feedback, we take it very seriously.';
    expect(rulesIn(stock, { earlier: [stock] })).toEqual(['said-before']);
  });
});

describe('languages', () => {
  test('others are "not checked", never clean; what needs no words is found there too', () => {
    const polish = 'Dzień dobry, dziękujemy za opinię i zapraszamy ponownie w najbliższą sobotę po południu.';
    expect(rulesIn(polish)).toEqual(['not-checked']);
    expect(rulesIn(polish, { allowed: [{ rule: 'not-checked', words: null }] })).toEqual(['not-checked']);
    expect(rulesIn(`${polish} DE44 5001 0517 5407 3249 31`)).toContain('personal-data');
    expect(rulesIn('ご来店ありがとうございました。またお待ちしております。')).toEqual(['not-checked']);
  });

  test('an answer in two languages is read in both', () => {
    const both =
      'Unfortunately the kitchen was full that night and the table was not ready.\n\nLeider war die Küche an diesem Abend voll und der Tisch war nicht frei.';
    expect(rulesIn(both)).toEqual(['unfortunately', 'unfortunately']);
  });

  test('in a few words the customer’s language is taken, and without one any of the seven', () => {
    expect(rulesIn('Purtroppo no.', { language: 'it' })).toEqual(['unfortunately']);
    expect(rulesIn('Purtroppo no.')).toEqual(['unfortunately']);
    expect(rulesIn('👍')).toEqual([]);
  });
});

test('what was let pass passes: a rule, or only its words', () => {
  const draft = 'Unfortunately it rained. Please call our helpline.';
  expect(rulesIn(draft, { allowed: [{ rule: 'unfortunately', words: null }] })).toEqual(['order']);
  expect(rulesIn(draft, { allowed: [{ rule: 'order', words: 'please, call our' }] })).toEqual(['unfortunately']);
  expect(rulesIn(draft, { allowed: [{ rule: 'order', words: 'please call us' }] })).toEqual(['unfortunately', 'order']);
});

test('no draft takes long, however absurd', () => {
  const drafts = ['"'.repeat(50_000), `${'0 '.repeat(40_000)}`, `${'a.'.repeat(40_000)}@`, '“'.repeat(50_000), 'will '.repeat(20_000)];
  const began = performance.now();
  for (const draft of drafts) lint(draft, { platform: 'bluesky', earlier: [draft] });
  expect(performance.now() - began).toBeLessThan(5_000);
}); // biome-ignore format: a list
