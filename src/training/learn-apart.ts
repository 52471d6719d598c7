/** Makes the weights of the judge that says whether a customer speaks: from the same posts the same weights, bit for bit. */
import { apartPlaces, settingSigns } from '../findings/judges/apart-signs.ts';
import type { ApartCard } from '../findings/judges/model.ts';
import type { Knowledge } from '../findings/knowledge.ts';
import { type ApartSort, apartSorts as sorts } from '../mention.ts';
import { look, signsIn } from './examples.ts';
import { sha256 } from './fingerprint.ts';
import { foldOf } from './folds.ts';
import type { Made } from './learn.ts';
import { type Aside, type Folded, learnHeads } from './learn-heads.ts';
import type { TrainingPost, TrainingRow } from './posts.ts';

/** Kinds of posts in which no customer speaks. */
const kinds: Readonly<Record<ApartSort, readonly string[]>> = {
  news: ['news', 'market-report', 'recall', 'stock', 'link-post'],
  job: ['job-ad'],
  advert: ['giveaway', 'promo', 'event', 'sponsoring', 'offer', 'ad-quote'],
  business: ['own-post', 'status', 'staff-answer', 'apology'],
  sale: ['listing', 'sale'],
  spam: ['spam'],
  notice: ['bot', 'link-list'],
};
/** Of these some are a customer's and some are not, and none is a complaint: nothing is learnt of them. */
const doubtful = new Set(['quoting', 'ambiguous-name', 'sharing', 'sharing-ad', 'launch', 'secondhand']);

const shape = { heads: 1 + sorts.length, places: apartPlaces, mostPlaces: 20_000 };
const terms = { ...shape, rounds: 6, rate: 0.06, decay: 1e-4, seed: 11 };
/** Of the complaints on brands set aside, so many are taken for news or an advert, and so many surely. */
const mostTaken = 0.0075;
const mostLost = 0.0025;

interface Told extends Folded {
  readonly row: TrainingRow;
}

export function learnApart(posts: readonly TrainingPost[], knowledge: Knowledge): Made<ApartCard> {
  const learntOf = posts.filter(({ row }) => row.rating === undefined && !doubtful.has(row.kind));
  const told = learntOf.map((each) => exampleOf(each, knowledge));
  const { bytes, lines, aside } = learnHeads(told, terms);
  const lineOf = (head: number) => lines[head] ?? { scale: 1, bias: 0 };
  const line = lineFor(aside, mostTaken);
  const sureFrom = lineFor(aside, mostLost);
  const card = {
    signs: 1 as const,
    sha256: sha256(bytes),
    apart: lineOf(0),
    line,
    sureFrom,
    sorts: sorts.map((sort, at) => ({ sort, ...lineOf(1 + at) })),
    made: {
      what: 'Weights of the judge that says whether a customer speaks, or news, an advert, a machine.',
      madeBy: 'npm run train -- topics',
      places: shape.mostPlaces,
      ownPosts: told.length,
      data: sha256(learntOf.map(({ row }) => `${row.text}\t${row.kind}`).join('\n')).slice(0, 16),
      licences: 'own posts: MIT',
      onBrandsNotLearntFrom: figuresOf(aside, line, sureFrom),
    },
  };
  return { bytes, card };
}

function exampleOf({ row, brand, post }: TrainingPost, knowledge: Knowledge): Told {
  const { features } = look(post, brand, knowledge);
  const sort = row.complaint ? -1 : sorts.findIndex((each) => kinds[each].includes(row.kind));
  return {
    ...signsIn(features, settingSigns(features, post)),
    truths: Uint8Array.from([Number(sort >= 0), ...sorts.map((_, each) => Number(each === sort))]),
    row,
    fold: foldOf(brand.name),
  };
}

/** As low as may be: few enough complaints stand above it. */
function lineFor(aside: readonly Aside<Told>[], most: number): number {
  const complaints = aside.filter(({ row }) => row.complaint).map(({ odds }) => odds[0] ?? 0);
  const order = complaints.sort((one, other) => other - one);
  return Math.ceil((order[Math.floor(most * order.length)] ?? 0) * 1000) / 1000;
}

function figuresOf(aside: readonly Aside<Told>[], line: number, sureFrom: number) {
  const cent = (some: readonly Aside<Told>[], all: readonly Aside<Told>[]) =>
    Math.round((1000 * some.length) / all.length) / 10;
  const said = (of: readonly Aside<Told>[], from = line) => of.filter(({ odds }) => (odds[0] ?? 0) >= from);
  const of = (is: (each: Aside<Told>) => boolean) => {
    const all = aside.filter(is);
    return { posts: all.length, setAside: cent(said(all), all), surely: cent(said(all, sureFrom), all) };
  };
  const likeliest = ({ odds }: Aside<Told>) => [...odds.subarray(1)].indexOf(Math.max(...odds.subarray(1)));
  const right = said(aside).filter(({ truths }) => truths[0] === 1);
  return {
    complaints: of(({ row }) => row.complaint),
    otherCustomers: of(({ row, truths }) => !row.complaint && truths[0] === 0),
    ...Object.fromEntries(sorts.map((sort, at) => [sort, of(({ truths }) => truths[1 + at] === 1)])),
    otherLanguages: of(({ row, truths }) => truths[0] === 1 && row.language !== 'en'),
    sortRight: cent(
      right.filter((each) => each.truths[1 + likeliest(each)] === 1),
      right,
    ),
  };
}
