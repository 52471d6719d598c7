/** What marks teach: near-copies follow, other posts and other brands stay, and nothing depends on when what was marked. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Brand } from '../../src/brand.ts';
import { assess } from '../../src/findings/assess.ts';
import { type Corrections, learnFrom, learntOf, type Marked } from '../../src/findings/corrections.ts';
import { ruleJudge } from '../../src/findings/judges/rules.ts';
import { type Knowledge, loadKnowledge } from '../../src/findings/knowledge.ts';
import { nameThem } from '../../src/findings/names.ts';
import { readPost } from '../../src/findings/reading.ts';
import { compileBrands } from '../../src/match/match.ts';
import { learntRules } from '../../src/mention.ts';
import { aBrand, aPost } from '../support/a-post.ts';

/** By rules alone, so that no training moves what marks are compared with. */
const plain: Knowledge = { ...loadKnowledge(), judge: ruleJudge() };
const blueDoor = aBrand('Blue Door', { about: 'coffee shop in Leeds; espresso, cakes' });
const anchor = aBrand('Anchor', { about: 'hotel' });
type Said = Marked['said'];

const hitsOf = (text: string, brand: Brand) => compileBrands([brand]).find(aPost(text))[0]?.hits ?? [];
const readingOf = (text: string, brand: Brand) => {
  const post = aPost(text);
  return readPost(post, nameThem(post, brand, hitsOf(text, brand)));
};
function judge(text: string, corrections: Corrections | null = null, brand: Brand = blueDoor) {
  const knowledge: Knowledge = { ...plain, corrections: new Map(corrections ? [[brand.id, corrections]] : []) };
  return assess(aPost(text), brand, hitsOf(text, brand), knowledge);
}
function marked(id: number, text: string, said: Partial<Said>, brand: Brand = blueDoor): Marked {
  const { relevance, complaint } = judge(text, null, brand);
  return {
    id,
    reading: readingOf(text, brand),
    judged: { relevance: relevance.probability, complaint: complaint.probability },
    said: { us: null, complaint: null, ...said },
  };
}
const no = { complaint: false } as const;
const yes = { complaint: true } as const;

const wrong = 'Still waiting for the new season of my podcast at Blue Door, nobody answers my guesses';
const nearly = 'still waiting for the new season of my podcast at Blue Door!! Nobody answers my guesses.';
const unlike = [
  'The waiter at Blue Door was rude and the soup was cold',
  'Blue Door charged my card twice and won’t give me a refund',
  'Lovely cakes at Blue Door, thank you!',
  'My parcel from Blue Door never arrived, third week now',
];

describe('one mark', () => {
  it('of a wrong flag helps a near-copy at once, and says so', () => {
    expect(judge(wrong).complaint.verdict).toBe('complaint');
    const after = judge(nearly, learnFrom([marked(1, wrong, no)], blueDoor));
    expect(after.complaint.verdict).not.toBe('complaint');
    expect(after.reasons).toContainEqual(expect.objectContaining({ of: 'complaint', rule: learntRules.complaint.no }));
  });

  it('of a missed one finds the next like it by the second', () => {
    const quiet = 'Blue Door: ordered the decaf, was up until four in the morning counting sheep';
    expect(judge(quiet).complaint.verdict).toBe('none');
    const copy = quiet.toUpperCase();
    const once = judge(copy, learnFrom([marked(1, quiet, yes)], blueDoor));
    const twice = judge(copy, learnFrom([marked(1, quiet, yes), marked(2, `${quiet}!`, yes)], blueDoor));
    expect(once.complaint.probability).toBeGreaterThan(judge(copy).complaint.probability + 0.2);
    expect(twice.complaint.verdict).toBe('complaint');
  });

  it.each(unlike)('leaves what has nothing to do with it as it is: %s', (text) => {
    const after = judge(text, learnFrom([marked(1, wrong, no)], blueDoor));
    expect({ ...after, version: '' }).toEqual({ ...judge(text), version: '' });
  });

  it('that says “not us” tells an ordinary word from our name', () => {
    const boat = 'Dropped the Anchor off Skye, lovely sheltered bay with a sandy bottom';
    const before = judge('Dropped the Anchor in a sheltered bay with a sandy bottom', null, anchor).relevance;
    const lesson = learnFrom([marked(1, boat, { us: false }, anchor)], anchor);
    const after = judge('Dropped the Anchor in a sheltered bay with a sandy bottom', lesson, anchor);
    expect(after.relevance.probability).toBeLessThan(before.probability - 0.1);
    expect(after.reasons.map(({ rule }) => rule)).toContain(learntRules.relevance.no);
    const stay = 'Stayed at the Anchor, the room was cold and the shower broken';
    expect(judge(stay, lesson, anchor).relevance).toEqual(judge(stay, null, anchor).relevance);
  });

  it('that agrees with the judges teaches little', () => {
    const right = unlike[1] ?? '';
    const { complaint } = learnFrom([marked(1, right, yes)], blueDoor) ?? { complaint: new Map<string, number>() };
    expect(Math.max(0, ...complaint.values())).toBeLessThan(0.2);
  });

  it('teaches nothing of our own name and little of common words', () => {
    const { complaint } = learnFrom([marked(1, wrong, no)], blueDoor) ?? { complaint: new Map<string, number>() };
    expect([...complaint.keys()].filter((sign) => /blue|door|</.test(sign))).toEqual([]);
    expect(complaint.get('podcast')).toBeLessThan(4 * (complaint.get('my') ?? 0));
  });
});

it('a mark that a precise judge stands against still counts in full', () => {
  const said = [{ judge: 'precise', version: '1', complaint: 0.9, relevance: 0.99, severity: 1 }];
  const before = assess(aPost(wrong), blueDoor, hitsOf(wrong, blueDoor), plain, said);
  expect(before.complaint.verdict).toBe('complaint');
  const judged = { relevance: before.relevance.probability, complaint: before.complaint.probability };
  const corrections = learnFrom([{ ...marked(1, wrong, no), judged }], blueDoor);
  const knowledge: Knowledge = { ...plain, corrections: new Map(corrections ? [['blue-door', corrections]] : []) };
  const after = assess(aPost(nearly), blueDoor, hitsOf(nearly, blueDoor), knowledge, said);
  expect(after.complaint.verdict).not.toBe('complaint');
});

describe('whatever is marked', () => {
  const vocabulary =
    'cold soup rude waiter refund parcel late app crash lovely cake queue podcast bay sandy thanks'.split(' ');
  const text = fc
    .array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 12 })
    .map((words) => `Blue Door ${words.join(' ')}`);
  const answer = fc.constantFrom(true, false, null);
  const marks = fc.uniqueArray(
    fc.record({ id: fc.nat(10_000), text, said: fc.record({ us: answer, complaint: answer }) }),
    { maxLength: 25, selector: ({ id }) => id },
  );
  const lesson = (list: readonly { readonly id: number; readonly text: string; readonly said: Said }[]) =>
    learnFrom(
      list.map((each) => marked(each.id, each.text, each.said)),
      blueDoor,
    );

  it('the order does not matter', () => {
    fc.assert(
      fc.property(
        marks.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([one, other]) => {
          expect(lesson(one)).toEqual(lesson(other));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('a mark taken back is as if it had never been', () => {
    fc.assert(
      fc.property(marks, text, (list, more) => {
        const undone = { id: 20_000, text: more, said: { us: null, complaint: null } };
        expect(lesson([...list, undone])).toEqual(lesson(list));
      }),
      { numRuns: 30 },
    );
  });

  it('what it says of a post is capped, and another brand is not told', () => {
    fc.assert(
      fc.property(marks, text, (list, asked) => {
        const corrections = lesson(list);
        if (!corrections) return;
        const { relevance, complaint } = learntOf(corrections, readingOf(asked, blueDoor), blueDoor);
        expect(Math.abs(relevance)).toBeLessThanOrEqual(4);
        expect(Math.abs(complaint)).toBeLessThanOrEqual(4);
        const knowledge: Knowledge = { ...plain, corrections: new Map([['blue-door', corrections]]) };
        const post = aPost(`${asked} Anchor`);
        const hits = hitsOf(post.text, anchor);
        expect(assess(post, anchor, hits, knowledge)).toEqual(assess(post, anchor, hits, plain));
      }),
      { numRuns: 30 },
    );
  });

  it('more of the same never turns it round', () => {
    const many = Array.from({ length: 60 }, (_, id) => marked(id, `${wrong} ${vocabulary[id % 16]} ${id}`, no));
    const corrections = learnFrom(many, blueDoor);
    expect(judge(nearly, corrections).complaint.verdict).toBe('none');
    for (const text of unlike) expect(judge(text, corrections).complaint.verdict).toBe(judge(text).complaint.verdict);
  });
});
