/** What tells who speaks beside what is said: how a post is set, since news, adverts and machines write alike. */
import type { Post } from '../../mention.ts';
import type { Features } from './fast.ts';
import { places } from './sign-places.ts';
import type { PlacedSigns } from './signs.ts';

const settingValue = 0.6;
/** Values of one setting; each is a sign of its own. */
const mostSteps = 8;
const settings = 13;
/** The last of them stand for how a post is set. */
export const apartPlaces = places + settings * mostSteps;

/** One sign for each thing that is there. */
export function settingSigns(features: Features, post: Post): PlacedSigns {
  const there = settingOf(features, post).map((value, at) => places + at * mostSteps + Math.min(mostSteps, value) - 1);
  return { places: there, value: settingValue, from: [], to: [] };
}

/** More than a first look at a page needs not be seen. */
const seenLength = 2000;
const lengths = [8, 14, 22, 35, 60, 120];

/** Small whole numbers from 1. */
function settingOf({ reading: { tokens, asked, exclaimed }, cues }: Features, post: Post): readonly number[] {
  const text = `${post.title ?? ''} ${post.text.slice(0, seenLength)}`;
  const count = (what: RegExp) => 1 + (text.match(what)?.length ?? 0);
  const has = (is: boolean) => (is ? 2 : 1);
  const first = tokens[0]?.text;
  const long = lengths.findIndex((length) => tokens.length < length);
  return [
    1 + tokens.reduce((sum, token) => sum + Number(token.text === '<link>'), 0),
    count(/#\p{L}/gu),
    count(/\d+/g),
    count(/\p{Extended_Pictographic}/gu),
    1 + Math.min(4, Math.round((10 * (count(/\s\p{Lu}\p{Ll}/gu) - 1)) / Math.max(1, tokens.length))),
    long < 0 ? lengths.length + 1 : long + 1,
    has(/^\s*\p{Ll}/u.test(text)),
    has(/[€$£₹%]/.test(text)),
    has(/[.!?…]["')]?$/.test(text.trimEnd())),
    has(asked.size > 0),
    has(exclaimed.size > 0),
    has(cues.some(({ self }) => self)),
    has(first === '<account>' || (first === '<us>' && /^\s*@/.test(text))),
  ];
}
