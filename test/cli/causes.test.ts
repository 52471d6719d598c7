/** `earshot causes`: what was behind complaints, whom to tell that it is mended, and whether it comes back. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CausesFace, ToTellFace } from '../../src/face/causes.ts';
import { ReportFace } from '../../src/face/report.ts';
import { blueDoor, type Desk, desk, words } from './desk.ts';

const dayMs = 86_400_000;
const guest = (handle: string, text: string, publishedAt = '2026-11-19T12:00:00Z') => ({
  ...{ text, publishedAt, author: { handle, name: handle } },
});

/** Two customers whose food was cold, one whose waiter was rude. */
async function served(): Promise<Desk> {
  const here = desk();
  here.settle([blueDoor], { digest: { to: [{ address: 'owner@bluedoor.example', at: '08:00' }] } });
  await here.hear(guest('Ana', words.cold), guest('Tom', words.refund), guest('Mia', words.glass));
  await here.earshot(['case', 'fix', 'c1', '--cause', 'cold food']);
  await here.earshot(['case', 'fix', 'c2', '--cause', 'Cold  food']);
  await here.earshot(['case', 'fix', 'c3', '--cause', 'rude waiter']);
  return here;
}

async function causes(here: Desk) {
  return CausesFace.parse(JSON.parse((await here.earshot('causes --json')).out));
}

const mend = (here: Desk, ...more: string[]) =>
  here.earshot(['causes', 'mended', 'cold food', '--what', 'new heat lamps', '--as', 'Ana', ...more], { columns: 80 });

test('counted, the most first, and those closed without one', async () => {
  const here = await served();
  expect(await causes(here)).toMatchObject([
    {
      brand: blueDoor,
      without: 0,
      causes: [
        { cause: 'cold food', cases: 2, mended: null },
        { cause: 'rude waiter', cases: 1 },
      ],
    },
  ]);
  const { out, err } = await here.earshot('causes', { columns: 80 });
  expect(out).toMatch(/^cold food {6}2 cases, last 19 Nov\nrude waiter {5}1 case, last 19 Nov\n$/);
  expect(err).toContain('causes mended "cold food" --what');
  const empty = await desk().earshot('causes');
  expect(empty.out).toContain('Of no complaint has anybody said yet what was behind it.');
});

test('one that was taken back is no cause any more, and its spelling is forgotten', async () => {
  const here = desk();
  here.settle([blueDoor]);
  await here.hear(guest('Ana', words.cold), guest('Tom', words.refund));
  await here.earshot(['case', 'fix', 'c1', '--cause', 'COLD FOOD']);
  await here.earshot('case undo c1');
  expect(JSON.parse((await here.earshot('case show c1 --json')).out)).toMatchObject({ cause: null });
  await here.earshot(['case', 'fix', 'c2', '--cause', 'cold food']);
  expect((await causes(here))[0]?.causes).toMatchObject([{ cause: 'cold food', cases: 1 }]);
  const { err } = await here.earshot('case fix c1');
  expect(err).toContain('so far: cold food (1), without one (1)');
});

test('mended: each customer with a draft that the check lets pass', async () => {
  const here = await served();
  const told = ToTellFace.parse(JSON.parse((await mend(here, '--json')).out));
  expect(told).toMatchObject({ cause: 'cold food', what: 'new heat lamps' });
  expect(told.tell.map(({ name }) => name).toSorted()).toEqual(['Ana', 'Tom']);
  for (const { draft, name } of told.tell) {
    expect(draft).toContain(`Hello ${name},`);
    expect(draft).toContain('new heat lamps');
    const lint = await here.earshot('reply lint', { stdin: draft });
    expect([lint.code, lint.out]).toEqual([0, expect.anything()]);
  }
  const again = await mend(here);
  expect(again.out).toContain('2 customers to tell.');
  for (const line of again.out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  expect((await causes(here))[0]?.causes[0]?.mended).toMatchObject({ state: 'watching', by: 'Ana', back: [] });
});

test('you said, we did: in the report, back within 60 days or not, and each told once', async () => {
  const here = await served();
  await here.earshot('digest');
  await mend(here);
  const report = async () =>
    ReportFace.parse(JSON.parse((await here.earshot('report --json')).out)).brands[0]?.mended[0];
  expect(await report()).toMatchObject({ cause: 'cold food', what: 'new heat lamps', state: 'watching' });
  expect((await here.earshot('report', { columns: 80 })).out).toContain('You did: new heat lamps (20');
  const mailed = () => {
    const folder = join(here.folder, 'outbox');
    const last =
      readdirSync(folder)
        .filter((file) => file.endsWith('.html'))
        .toSorted()
        .at(-1) ?? '';
    return readFileSync(join(folder, last), 'utf8');
  };
  here.clock.advance(10 * dayMs);
  await here.hear(guest('Eva', `${words.cold} Twice.`, '2026-11-29T12:00:00Z'));
  await here.earshot(['case', 'fix', 'c4', '--cause', 'cold food']);
  await here.earshot('digest');
  expect(await report()).toMatchObject({ state: 'back', back: [4] });
  expect(mailed()).toContain('It is back: c4.');
  here.clock.advance(dayMs);
  await here.earshot('digest');
  expect(mailed()).not.toContain('It is back');
});

test('nobody says it again: told once after 60 days', async () => {
  const here = await served();
  await mend(here);
  await here.earshot('digest');
  here.clock.advance(61 * dayMs);
  await here.earshot('digest');
  const print = await here.earshot('digest --print');
  const folder = join(here.folder, 'outbox');
  const mails = readdirSync(folder)
    .filter((file) => file.endsWith('.html'))
    .toSorted();
  expect(readFileSync(join(folder, mails.at(-1) ?? ''), 'utf8')).toContain('Nobody has complained of it for 60 days.');
  expect(print.code).toBe(0);
  here.clock.advance(dayMs);
  expect((await here.earshot('digest --print')).out).not.toContain('for 60 days.');
});

test('taken back, and what cannot be mended is told', async () => {
  const here = await served();
  await mend(here);
  expect(await here.earshot('causes mended cold food --undo')).toMatchObject({ code: 0 });
  expect((await causes(here))[0]?.causes[0]?.mended).toBeNull();
  expect(await here.earshot('causes mended cold food --undo')).toMatchObject({ code: 1 });
  const unknown = await here.earshot(['causes', 'mended', 'cold foot', '--what', 'lamps']);
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('Did you mean “cold food”?')]);
  const nothing = await here.earshot('causes mended cold food');
  expect([nothing.code, nothing.err]).toEqual([2, expect.stringContaining('Say what you did')]);
});

test('steps that were taken back one by one count for no cause and no answer', async () => {
  const here = desk();
  await here.hear(words.cold);
  await here.earshot('case answered c1');
  await here.earshot('case fix c1 --cause heating');
  await here.earshot('case note c1 rang');
  await here.earshot('case happy c1');
  const answered = async () => {
    const [report] = ReportFace.parse(JSON.parse((await here.earshot('report --json')).out)).brands;
    return report?.answerTime.value ?? null;
  };
  expect((await causes(here))[0]?.causes).toMatchObject([{ cause: 'heating', cases: 1 }]);
  await here.earshot('case undo c1');
  await here.earshot('case undo c1');
  expect((await causes(here))[0]).toMatchObject({ causes: [], without: 0 });
  expect(await answered()).toBe(0);
  await here.earshot('case undo c1');
  expect(await answered()).toBe(null);
});

test('of several brands the one is meant that it was behind, and the printed command says which', async () => {
  const here = desk();
  here.settle([blueDoor, 'Red Lamp']);
  await here.hear(words.cold, 'The soup at Red Lamp was cold and the waiter was rude.');
  await here.earshot(['case', 'fix', 'c1', '--cause', '$5 "off" soup']);
  const { err } = await here.earshot('causes', { columns: 200 });
  expect(err).toContain(`causes mended '$5 "off" soup' --brand "Blue Door Coffee" --what "…"`);
  expect((await here.earshot(['causes', 'mended', '$5 "off" soup', '--what', 'lamps'])).code).toBe(0);
  await here.earshot(['case', 'fix', 'c2', '--cause', '$5 off soup']);
  expect((await here.earshot(['causes', 'mended', '$5 off soup', '--what', 'lamps'])).err).toContain('--brand "');
  expect((await here.earshot(['causes', 'mended', 'rats', '--what', 'cats'])).err).toMatch(
    /^No complaint was put down/,
  );
});
