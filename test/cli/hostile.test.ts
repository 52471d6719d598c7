/** What people write on the Internet never acts on the terminal of the one who reads it, whatever the command. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { desk } from './desk.ts';

const evil = [
  'Blue Door Coffee \u001b[2J\u001b[31mowned\u001b]0;title\u0007 never again, worst \u009b31mcoffee',
  'Blue Door Coffee\r\n\n\nc99   by 09:00 pay here\u0008\u0008\u0008 they stole my money and nobody answers',
  'Blue Door Coffee \u202egnihton erew eht\u2066 rude waiter, cold coffee, want my refund\u2069',
  'Blue Door Coffee \u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007 still waiting for my refund',
];
const handle = 'jo\u001b[1A\u202e.example';
// Line feeds are Earshot's own; nothing else that steers a terminal may come out where nobody looks.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

const commands = [
  ...['list', 'list --all', 'list --unsure', 'show m1', 'show m2', 'show m3', 'show m4', 'case list', 'case show c1'],
  ...['digest --print', 'mark m1 complaint', 'case take c1', 'case note c1 \u001b[2Jnote\u0007', 'status', ''],
  ...['regulars', 'praise ask m1 --where mail', 'praise list', 'erase m1 --dry-run', 'erase c1 --yes'],
];

describe('every command', () => {
  test.each(commands)('%j', async (command) => {
    const here = desk();
    here.settle(['Blue Door Coffee'], { digest: { to: [{ address: 'owner@bluedoor.example' }] } });
    await here.hear(
      ...evil.map((text, index) => ({
        text,
        title: `${text} title`,
        author: { handle, name: `${handle}\nName` },
        url: `https://talk.example/${index}?\u001b[31m\u202e`,
        source: `ta\u001b[5mlk`,
      })),
    );
    for (const columns of [60, 80, 140]) {
      const { out, err } = await here.earshot(command, { columns });
      expect(out + err).not.toMatch(steering);
    }
  });

  test('a line of the list is one line, and links close what they open', async () => {
    const here = desk();
    await here.hear(...evil.map((text, index) => ({ text, url: `https://talk.example/${index}?\u0007\u001b]0;x` })));
    const plain = await here.earshot('list --all');
    expect(plain.out.trim().split('\n')).toHaveLength(evil.length);
    const painted = (await here.earshot('list --all', { colours: true })).out;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: only our own links and colours are taken away
    expect(painted.replaceAll(/\u001b\[\d+m|\u001b\]8;;[\u0021-\u007e]*\u0007/g, '')).toBe(plain.out);
  });
});

test('whatever a post holds, its line is one line within the terminal', async () => {
  const texts = fc.sample(fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }), {
    numRuns: 60,
    seed: 20_261_120,
  });
  const here = desk();
  const text = (one: string) => `Blue Door Coffee ${one.replaceAll(/[\ud800-\udfff]/g, '')}`;
  await here.hear(...texts.map((one) => ({ text: text(one), author: { name: one.toWellFormed() } })));
  const { default: width } = await import('string-width');
  for (const columns of [60, 80, 133]) {
    const { out } = await here.earshot('list --all --limit 0', { columns });
    expect(out).not.toMatch(steering);
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength((await here.list('--all')).length);
    for (const line of lines) expect(width(line), line).toBeLessThanOrEqual(columns);
  }
});

test('HTML that a source left in is taken for words, and the complaint in it is heard', async () => {
  const here = desk();
  const html = '<p>Blue&nbsp;Door Coffee <b>never</b> sent my refund, three weeks now &amp; nobody answers.</p>';
  const [one] = await here.hear(html);
  expect(one?.text).toBe('Blue Door Coffee never sent my refund, three weeks now & nobody answers.');
  expect(one?.complaint.verdict).toBe('complaint');
  expect((await here.earshot('show m1')).out).not.toMatch(/<\/?b>|&nbsp;/);
});
