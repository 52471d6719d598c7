/** Topics of a brand's own, from the config: what its complaints are about, in every list and at once. */
import { expect, test } from 'vitest';
import { blueDoor, desk, words } from './desk.ts';

const parking = 'parking OR "car park"';
const full = `The car park at ${blueDoor} was closed, so I waited forty minutes outside. Never again.`;

test('a post that speaks of one has it, first, with the words that say so; the others keep theirs', async () => {
  const here = desk();
  here.settle([{ name: blueDoor, topics: { parking, 'card-reader': '"card reader"' } }]);
  const [closed, cold] = await here.hear(full, words.cold);
  expect(closed?.topics[0]).toBe('parking');
  expect(closed?.topics).not.toContain('card-reader');
  const because = closed?.reasons.find(({ of, rule }) => of === 'topic' && rule === 'parking');
  expect(full.slice(...(because?.at ?? []))).toBe('car park');
  expect(cold?.topics).not.toContain('parking');
  expect((await here.earshot('show m1')).out).toContain('parking');
});

test('named later, what is stored is judged again by itself', async () => {
  const here = desk();
  expect((await here.hear(full))[0]?.topics).not.toContain('parking');
  here.settle([{ name: blueDoor, topics: { parking } }]);
  expect((await here.list('--all'))[0]?.topics[0]).toBe('parking');
  here.settle([blueDoor]);
  expect((await here.list('--all'))[0]?.topics).not.toContain('parking');
});

test('one that Earshot knows anyway may be widened', async () => {
  const here = desk();
  here.settle([{ name: blueDoor, topics: { delivery: 'drone' } }]);
  const [drone] = await here.hear(`The drone of ${blueDoor} dropped my cake into the hedge. Awful.`);
  expect(drone?.topics.filter((topic) => topic === 'delivery')).toHaveLength(1);
});

test.each([
  [{ parking: 'parking lot' }, 'brands[0].topics.parking', 'AND, OR, NOT'],
  [{ parking: 'NOT lot' }, 'brands[0].topics.parking', 'Say first what to look for'],
  [{ 'car park': 'lot' }, 'brands[0].topics', 'name a topic in one word'],
])('%j has to be mended, and where', async (topics, path, sentence) => {
  const here = desk();
  here.settle([{ name: blueDoor, topics }]);
  const { code, out } = await here.earshot('check');
  expect(code).not.toBe(0);
  expect(out.replaceAll(/\s+/g, ' ')).toContain(path);
  expect(out.replaceAll(/\s+/g, ' ')).toContain(sentence);
});
