/** Makes the weights of the judge that says whether a customer speaks: from the same posts the same weights, bit for bit. */
import { apartPlaces, settingSigns } from '../findings/judges/apart-signs.ts';
import type { ApartCard } from '../findings/judges/model.ts';
import type { Knowledge } from '../findings/knowledge.ts';
import { type ApartSort, apartSorts as sorts } from '../mention.ts';
import { look, signsIn } from './examples.ts';
import { sha256 } from './fingerprint.ts';
import { type ManyTrue, oddsOfAll, regressAll } from './heads.ts';
import { foldOf, folds } from './learn.ts';
import { packed, pruned, scaleOf } from './packed.ts';
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

const shape = { heads: 1 + sorts.length, places: apartPlaces };
const terms = { rounds: 6, rate: 0.06, decay: 1e-4, seed: 11 };
/** So many places keep their weights, those that move most in our posts. */
const mostPlaces = 20_000;
/** Of the complaints on brands set aside, so many are taken for news or an advert, and so many surely. */
const mostTaken = 0.0075;
const mostLost = 0.0025;

export interface MadeApart {
  readonly bytes: Buffer;
  readonly card: ApartCard;
}

interface Told extends ManyTrue {
  readonly row: TrainingRow;
  readonly fold: number;
}

interface Aside {
  readonly row: TrainingRow;
  readonly truths: Uint8Array;
  readonly odds: Float64Array;
}

/** A brand's posts are all in one fold, so that line and figures tell of names and trades that were not learnt from. */
export function learnApart(posts: readonly TrainingPost[], knowledge: Knowledge): MadeApart {
  const learntOf = posts.filter(({ row }) => row.rating === undefined && !doubtful.has(row.kind));
  const told = learntOf.map((each) => exampleOf(each, knowledge));
  const aside = Array.from({ length: folds }, (_, fold) => setAside(told, fold)).flat();
  const whole = pruned(regressAll(told, shape, terms), told, mostPlaces);
  const scales = [...whole.biases.keys()].map((head) => scaleOf(whole, head));
  const lineOf = (head: number) => ({ scale: scales[head] ?? 1, bias: whole.biases[head] ?? 0 });
  const bytes = packed(whole, scales);
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
      places: mostPlaces,
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

function setAside(told: readonly Told[], fold: number): Aside[] {
  const taught = told.filter((each) => each.fold !== fold);
  const learnt = pruned(regressAll(taught, shape, terms), taught, mostPlaces);
  return told
    .filter((each) => each.fold === fold)
    .map((each) => ({ row: each.row, truths: each.truths, odds: oddsOfAll(each, learnt) }));
}

/** As low as may be: few enough complaints stand above it. */
function lineFor(aside: readonly Aside[], most: number): number {
  const complaints = aside.filter(({ row }) => row.complaint).map(({ odds }) => odds[0] ?? 0);
  const order = complaints.sort((one, other) => other - one);
  return Math.ceil((order[Math.floor(most * order.length)] ?? 0) * 1000) / 1000;
}

function figuresOf(aside: readonly Aside[], line: number, sureFrom: number) {
  const cent = (some: readonly Aside[], all: readonly Aside[]) => Math.round((1000 * some.length) / all.length) / 10;
  const said = (of: readonly Aside[], from = line) => of.filter(({ odds }) => (odds[0] ?? 0) >= from);
  const of = (is: (each: Aside) => boolean) => {
    const all = aside.filter(is);
    return { posts: all.length, setAside: cent(said(all), all), surely: cent(said(all, sureFrom), all) };
  };
  const likeliest = ({ odds }: Aside) => [...odds.subarray(1)].indexOf(Math.max(...odds.subarray(1)));
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
