import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Brand } from '../../src/brand.ts';
import { assess } from '../../src/findings/assess.ts';
import { loadKnowledge } from '../../src/findings/knowledge.ts';
import type { Opinion } from '../../src/findings/opinion.ts';
import { brandFingerprint } from '../../src/findings/version.ts';
import { compileBrands } from '../../src/match/match.ts';
import { type Findings, firstSeenRule, type Post, type Reason } from '../../src/mention.ts';
import { aBrand, aPost } from '../support/a-post.ts';

const knowledge = loadKnowledge();
const blueDoor = aBrand('Blue Door', { about: 'coffee shop in Leeds; espresso, cakes', rivals: ['Red Door'] });

function judge(
  text: string,
  rest: Partial<Post> = {},
  brand: Brand | null = blueDoor,
  opinions: Opinion[] = [],
): Findings {
  const post = aPost(text, rest);
  const hits = brand ? (compileBrands([brand]).find(post)[0]?.hits ?? []) : [];
  return assess(post, brand, hits, knowledge, opinions);
}
const quote = (text: string, { at }: Reason) => (at ? text.slice(...at) : null);
const stars = (value: number, scale = 5) => ({ rating: { value, scale } });

describe('a name from nature', () => {
  const willow = aBrand('Willow Tree', { about: 'restaurant in Leeds; lamb, wine' });
  it.each([
    ['Worst willow tree on the allotment, the leaves drop in June and the roots are in the drain', {}, 'other'],
    ['Terrible. Never again. #willowtree #gardening', { place: 'allotments' }, 'other'],
    ['Waited an hour for our table at Willow Tree', {}, 'about'],
  ])('%j: %s', (text, rest, verdict) => expect(judge(text, rest, willow).relevance.verdict).toBe(verdict));
  it('is none of ours, whatever the precise judge takes it for', () => {
    const sure = { judge: 'precise', version: '1', complaint: 0.9, relevance: 0.99, severity: 3 };
    const roots = judge('PSA: #willowtree roots will find your drains. Terrible plant.', {}, willow, [sure]);
    expect([roots.relevance.verdict, roots.complaint.verdict]).toEqual(['other', 'none']);
    const garden = judge('The plants at Willow Tree are dead and our table was dirty', {}, willow, [sure]);
    expect([garden.relevance.verdict, garden.complaint.verdict]).toEqual(['about', 'complaint']);
  });
  it('stays a name where nature is the trade', () => {
    const nursery = aBrand('Willow Tree', { about: 'garden centre; plants, compost' });
    expect(judge('Bought compost at Willow Tree, the plants died', {}, nursery).relevance.verdict).toBe('about');
  });
});

describe('a complaint', () => {
  it.each([
    ['my parcel from Blue Door still has not arrived', 'complaint'],
    ['waiting 3 weeks for a refund from Blue Door', 'complaint'],
    ['great, another 40 minutes on hold with Blue Door', 'complaint'],
    ['Blue Door charged my card for the third time', 'complaint'],
    ['anyone else having trouble with the Blue Door app? it won’t load', 'complaint'],
    ['The cake at Blue Door was stale and nobody came over', 'complaint'],
    ['Blue Door 😡🤬', 'complaint'],
    ['Blue Door: forty minutes for a flat white.', 'complaint'],
    ['Blue Door: thirty-five mins for two toasts', 'complaint'],
    ['Blue Door sold me mould', 'complaint'],
    ['can’t complain about Blue Door', 'none'],
    ['no problems with Blue Door, ever', 'none'],
    ['Blue Door’s buns are to die for', 'none'],
    ['What time does Blue Door open?', 'none'],
    ['Switched from Red Door to Blue Door. Red Door was awful, rude staff', 'none'],
    ['Blue Door lost my cup, but they sorted it straight away, thank you!', 'none'],
    ['We’re hiring at Blue Door, apply now, no rude people', 'none'],
    ['meeting Ana at Blue Door at 3', 'none'],
    ['Great to catch up with Ana at Blue Door', 'none'],
    ['We fell in love with Blue Door last summer', 'none'],
    ['The charger from Blue Door caught fire', 'complaint'],
  ])('%j: %s', (text, verdict) => expect(judge(text).complaint.verdict).toBe(verdict));

  it.each([
    ['Went from two stars to four: Ana rang me and brought a new cake to the door. Blue Door cares.', stars(4)],
    ['Blue Door, changed my 1 star to 5 after they replaced the grinder the next morning', {}],
    ['Can’t believe how quickly Blue Door replaced the broken cup. Wrote at nine, answered at ten.', {}],
    ['Blue Door’s price goes up in May. They wrote two weeks ahead and said why. I can live with that.', {}],
    ['The bus was late again but Blue Door gave me a seat by the heater, no harm done', {}],
  ])('%j was put right or bears no grudge', (text, rest) => {
    expect(judge(text, rest).complaint.verdict).not.toBe('complaint');
  });

  it('a reply is not charged with the title of its thread', () => {
    const thread = { title: 'Blue Door charged my card three times, refund refused', parentId: '1' };
    for (const answer of [
      'Ring your bank, they can take it back.',
      'You should report it to the council. Keep the receipt.',
      'Same with the bakery next door, no idea why. I would ask for the owner.',
    ]) {
      expect(judge(answer, thread).complaint.verdict, answer).not.toBe('complaint');
    }
    const own =
      'Happened to me too. They charged me twice in June and I am still waiting for my refund. Ring your bank.';
    expect(judge(own, thread).complaint.verdict).toBe('complaint');
    expect(judge('', { ...thread, parentId: null }).complaint.verdict).toBe('complaint');
  });

  it('who gives stars is a customer, though it reads like the news', () => {
    const text = 'The scale says 250 g, Blue Door says 340. Prices up by 4% since May, a spokesman said nothing.';
    expect(judge(text, stars(1)).complaint.verdict).toBe('complaint');
  });

  it('a list of openings and closings is nobody’s trouble', () => {
    const text =
      'Closing: the tailor on the corner, after nine years. Opening: Blue Door, second shop, opening night in May.';
    expect(judge(text, { title: 'Who comes, who goes' }).complaint.verdict).not.toBe('complaint');
  });

  it.each([
    ['There were peanuts in the brownie at Blue Door. We used her pen.', 'critical'],
    ['The lamp from Blue Door: cable melted overnight', 'critical'],
    ['Blue Door wiped all my notes, a year of work gone', 'high'],
    ['Blue Door has owed me a refund since March, still waiting for my money back, four emails', 'high'],
    ['The waiter at Blue Door was rude', 'normal'],
  ])('%j is %s', (text, urgency) => expect(judge(text).urgency).toBe(urgency));

  it('says which words made it one, exactly as they stand', () => {
    const text = 'Blue Door: still waiting for my refund, charged twice';
    const reasons = judge(text).reasons.filter(({ of, at, weight }) => of === 'complaint' && at && weight > 0.5);
    const [first, second, ...learnt] = reasons;
    expect([first, second].map((reason) => reason && quote(text, reason))).toEqual(['charged twice', 'still waiting']);
    expect(learnt.map(({ rule }) => rule)).toEqual(learnt.map(() => 'sounds like a complaint'));
  });

  it('is one with few stars, none with many, and a rating off its own scale says nothing', () => {
    expect(judge('', stars(1)).complaint.verdict).toBe('complaint');
    expect(judge('', stars(2)).complaint.verdict).toBe('complaint');
    expect(judge('', stars(0, 1)).complaint.verdict).toBe('complaint');
    expect(judge('', stars(2, 10)).complaint.verdict).toBe('complaint');
    expect(judge('', stars(5)).complaint.verdict).toBe('none');
    expect(judge('', stars(80, 100)).complaint.verdict).toBe('none');
    for (const odd of [stars(6), stars(-1), stars(1, 0), stars(Number.NaN), stars(1, Number.NaN)]) {
      expect(judge('', odd)).toEqual(judge(''));
    }
  });

  it('is none of ours where somebody else is meant', () => {
    const anchor = aBrand('Anchor', { about: 'pub in Whitby' });
    const ours = judge('Anchor kept us waiting an hour for our food', {}, anchor);
    const theirs = judge('The anchor of our boat is broken again, awful day', {}, anchor);
    expect([ours.relevance.verdict, ours.complaint.verdict]).toEqual(['about', 'complaint']);
    expect([theirs.relevance.verdict, theirs.complaint.verdict]).toEqual(['other', 'none']);
  });

  it('in a language that nobody here reads is left to a person', () => {
    const { language, complaint, sentiment, doubtful, reasons } = judge(
      '昨日Blue Doorでコーヒーを飲みましたが冷たかったです',
    );
    expect({ language, verdict: complaint.verdict, sentiment, doubtful }).toEqual({
      language: 'ja',
      verdict: 'unsure',
      sentiment: { label: 'unknown', score: null },
      doubtful: true,
    });
    expect(reasons.map(({ rule }) => rule)).toContain('not read in this language');
    expect(judge('昨日Blue Doorで', stars(5)).complaint.verdict).toBe('none');
  });

  it('stays with a person whatever the precise judge says of a language that it did not learn; a second opinion may read it', () => {
    const text = '昨日Blue Doorでコーヒーを飲みましたが冷たかったです';
    const none = { version: '1', complaint: 0.02, relevance: 0.9, severity: 0 };
    expect(judge(text, {}, blueDoor, [{ ...none, judge: 'precise' }]).complaint.verdict).toBe('unsure');
    const both = [
      { ...none, judge: 'precise' },
      { ...none, judge: 'ollama' },
    ];
    expect(judge(text, {}, blueDoor, both).complaint.verdict).toBe('none');
  });
});

describe('how bad', () => {
  it.each([
    ['Blue Door gave my daughter food poisoning', 'critical', 'safety'],
    ['Blue Door told her she was allergic to nothing, she is in hospital', 'critical', 'safety'],
    ['Blue Door leaked my data', 'critical', 'privacy'],
    ['the barista at Blue Door was racist to us', 'critical', 'discrimination'],
    ['Blue Door will hear from my solicitor', 'critical', 'other'],
  ])('%j is %s', (text, urgency, topic) => {
    const found = judge(text);
    expect(found.urgency).toBe(urgency);
    expect(found.severity).toBeGreaterThanOrEqual(3.5);
    expect(found.topics).toContain(topic);
    const why = found.reasons.find(({ of }) => of === 'urgency');
    expect(why && quote(text, why)?.length).toBeGreaterThan(3);
  });
  it('a shrug is less than repeated contact without answer', () => {
    const shrug = judge('Love Blue Door but the tea was a bit cold today');
    const again = judge('Fourth email to Blue Door, still no answer');
    expect(again.severity).toBeGreaterThan(shrug.severity);
    expect(judge('lovely day at Blue Door').severity).toBe(0);
  });
});

describe('how bad, beside others', () => {
  it('one star is more than a shrug, whatever the words', () => {
    for (const text of ['', 'Blue Door']) {
      const found = judge(text, stars(1));
      expect([text, found.complaint.verdict]).toEqual([text, 'complaint']);
      expect(found.severity).toBeGreaterThanOrEqual(1.6);
    }
  });
  it('what a rival did to somebody makes no trouble of ours graver', () => {
    const found = judge(
      'Red Door gave my son food poisoning. Blue Door was slow, the coffee cold and the waiter rude.',
    );
    expect(found.complaint.verdict).toBe('complaint');
    expect(['low', 'normal']).toContain(found.urgency);
  });
});

describe('what a new customer sees first', () => {
  const shrug = 'Blue Door: the tea was a bit cold and nobody cared';
  const at = (rank: number, words = 'Blue Door') => judge(shrug, { searchRank: { rank, words } });
  it('a complaint on the first page for the brand’s name is high at least, and says why', () => {
    expect(judge(shrug).urgency).toBe('normal');
    expect(at(10)).toMatchObject({ severity: 2.5, urgency: 'high', complaint: { verdict: 'complaint' } });
    expect(at(10).reasons.map(({ rule }) => rule)).toContain(firstSeenRule);
  });
  it('further down, or for other words, it weighs what it weighs', () => {
    expect(at(11)).toEqual(judge(shrug));
    expect(at(1, 'Red Door')).toEqual(judge(shrug));
  });
  it('what is graver stays so, and what is no complaint is none', () => {
    const searchRank = { rank: 1, words: 'Blue Door' };
    expect(judge('Blue Door gave my son food poisoning, he is in hospital', { searchRank }).urgency).toBe('critical');
    expect(judge('lovely day at Blue Door', { searchRank }).severity).toBe(0);
  });
});

describe('sentiment', () => {
  it.each([
    ['Blue Door is good', 'positive'],
    ['Blue Door is not good', 'negative'],
    ['Blue Door is not bad', 'positive'],
    ['Blue Door was delicious, but the staff were rude', 'mixed'],
    ['Blue Door is on Mill Street', 'neutral'],
    ['Blue Door 😍', 'positive'],
    ['Blue Door, qué asco de comida, horrible', 'negative'],
    ['Blue Door på torget har stängt idag, tyvärr', 'unknown'],
    ['https://x.example/blue-door', 'unknown'],
  ])('of %j is %s', (text, label) => expect(judge(text).sentiment.label).toBe(label));

  it('is null exactly where it is unknown, and lies between -1 and 1', () => {
    expect(judge('', {}, null).sentiment).toEqual({ label: 'unknown', score: null });
    expect(judge('', stars(1)).sentiment).toEqual({ label: 'negative', score: -1 });
  });
  it('minds the words after "but" more', () => {
    const end = judge('Blue Door is good but slow').sentiment.score ?? 0;
    expect(judge('Blue Door is slow but good').sentiment.score).toBeGreaterThan(end);
  });
});

describe('opinions of slower judges', () => {
  const opinion = (complaint: number): Opinion => ({
    judge: 'precise',
    version: '1',
    complaint,
    relevance: 0.99,
    severity: 3,
  });
  it('turn a doubtful verdict and end the doubt', () => {
    const text = 'Blue Door sold me an egg sandwich without egg';
    expect(judge(text).complaint.verdict).not.toBe('complaint');
    const sure = judge(text, {}, blueDoor, [opinion(0.97)]);
    expect([sure.complaint.verdict, sure.doubtful]).toEqual(['complaint', false]);
    expect(judge('Blue Door still owes me money', {}, blueDoor, [opinion(0.01)]).complaint.verdict).toBe('none');
  });
});

it('marks change what is thought of this brand and no other', () => {
  const version = '7';
  const blue = { version, relevance: new Map<string, number>(), complaint: new Map([['unicorn', 6]]) };
  const taught = { ...knowledge, corrections: new Map([['blue-door', blue]]) };
  const post = aPost('Blue Door unicorn latte');
  const hits = compileBrands([blueDoor]).find(post)[0]?.hits ?? [];
  const before = assess(post, blueDoor, hits, knowledge);
  const after = assess(post, blueDoor, hits, taught);
  expect(after.complaint.probability).toBeGreaterThan(before.complaint.probability);
  expect(after.version).not.toBe(before.version);
  expect(assess(post, { ...blueDoor, id: 'other' }, hits, taught)).toEqual(before);
});

it('findings of the same words and rules have the same version, and a brand’s fingerprint follows its entry', () => {
  expect(loadKnowledge().version).toBe(knowledge.version);
  const fingerprint = brandFingerprint(blueDoor);
  expect(brandFingerprint({ ...blueDoor, id: 'renamed' })).toBe(fingerprint);
  expect(brandFingerprint({ ...blueDoor, about: 'pub' })).not.toBe(fingerprint);
  expect(brandFingerprint({ ...blueDoor, exclude: ['paint'] })).not.toBe(fingerprint);
});

describe('whatever comes in', () => {
  it.each([
    ['nothing', ''],
    ['only emoji', '😶'],
    ['only a link', 'https://x.example/a?b=c'],
    ['zalgo', 'B̷l̸u̵e̶ D̴o̷o̸r̵ w̶a̷s̸ l̵a̶t̷e̸'],
    ['mixed directions', 'Blue Door \u202eetal saw \u2066שלום'],
    ['a lone surrogate', 'Blue Door \ud83d was late'],
    ['HTML left in', '<p>Blue&nbsp;Door <b>never</b> arrived</p>'],
    ['names of Object', 'constructor __proto__ hasOwnProperty toString Blue Door'],
  ])('%s is judged', (_what, text) => {
    const found = judge(text);
    expect(found.complaint.probability).toBeGreaterThanOrEqual(0);
    for (const reason of found.reasons) expect(quote(text, reason)).not.toBe('');
  });

  it.each([
    'still waiting ',
    'not ',
    'a',
    'é',
    '!?',
    '😡',
    'I want <my ',
    'is not .. ',
    '<us> ',
    "o'o'",
    '1.',
    'Blue Door ',
  ])('a megabyte of %j is judged in good time', (piece) => {
    const before = performance.now();
    judge(piece.repeat(Math.ceil(1_000_000 / piece.length)));
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  it('never throws, changes nothing, answers the same twice, and quotes only what stands there', () => {
    const words =
      'still waiting for my refund not never no good awful but if Blue Door Red Door love they fixed it app down 10/10 ! ? . , — 😡 \n @me #BlueDoor <b> &amp; \ud800 İ ﬁ';
    const piece = fc.oneof(fc.constantFrom(...words.split(' ')), fc.string({ unit: 'binary', maxLength: 5 }));
    const text = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(' '));
    const rating = fc.option(fc.record({ value: fc.double(), scale: fc.double() }), { nil: null });
    const language = fc.constantFrom(null, 'en', 'de', 'ja', 'x');
    fc.assert(
      fc.property(text, text, rating, language, (said, title, rating, language) => {
        const post = Object.freeze(aPost(said, { title, rating, language }));
        const hits = compileBrands([blueDoor]).find(post)[0]?.hits ?? [];
        const found = assess(post, blueDoor, hits, knowledge);
        expect(assess(post, blueDoor, hits, knowledge)).toEqual(found);
        expect(found.sentiment.score === null).toBe(found.sentiment.label === 'unknown');
        expect(Math.abs(found.sentiment.score ?? 0)).toBeLessThanOrEqual(1);
        expect(found.severity >= 0 && found.severity <= 4).toBe(true);
        for (const { at, field, weight } of found.reasons) {
          const whole = field === 'title' ? title : said;
          if (at) expect(0 <= at[0] && at[0] < at[1] && at[1] <= whole.length).toBe(true);
          expect(Number.isFinite(weight)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
