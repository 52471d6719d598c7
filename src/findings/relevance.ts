/** Whether a post that holds the brand's name is about the brand. */
import type { Brand } from '../brand.ts';
import type { Findings, Hit, Post, Reason } from '../mention.ts';
import { withoutAccents } from '../text/letters.ts';
import { words } from '../text/words.ts';
import type { Cue } from './cues.ts';
import type { NameLore } from './knowledge.ts';
import type { Reading } from './reading.ts';
import { round } from './reasons.ts';

export interface Relevance {
  readonly verdict: Findings['relevance']['verdict'];
  readonly probability: number;
  readonly reasons: readonly Reason[];
  /** The name is taken from nature, and so much around it is, too, that it means the thing: of such training posts one in eight is about the business. */
  readonly meansTheThing: boolean;
}

/** From here on we say "about us"; below the other we say "somebody else". */
const aboutFrom = 0.6;
const otherBelow = 0.3;
/** Log-odds by the kind of hit. */
const worth = {
  handle: 4,
  domain: 3.2,
  longName: 2.6,
  oddName: 2.2,
  ordinaryWords: 0.6,
  ordinaryWord: -0.6,
  place: 2.2,
  /** A hashtag has no spaces: being one word tells nothing. */
  ordinaryTag: 0.9,
};
const nearWords = 8;
const natureRule = 'nature';
/** So many words of gardens and animals, at least. */
const plainlyNature = 2;
/** What was learnt is told from these log-odds on: less turns nothing. */
const worthTelling = 0.5;

/** What is known of a brand's surroundings, worked out once a brand. */
interface Surroundings {
  /** Words of `about` and of the trades they belong to. */
  readonly about: ReadonlySet<string>;
  readonly trade: ReadonlySet<string>;
}
const surroundings = new WeakMap<Brand, Surroundings>();

function surroundingsOf(brand: Brand, lore: NameLore): Surroundings {
  const known = surroundings.get(brand);
  if (known) return known;
  const name = new Set(words(brand.name).map((word) => withoutAccents(word.text)));
  const about = words(brand.about ?? '').map((word) => withoutAccents(word.text));
  const told = new Set(about.filter((word) => word.length > 2 && !name.has(word) && !emptyWords.has(word)));
  const trade = lore.trades.filter((words) => [...told].some((word) => words.has(word))).flatMap((words) => [...words]);
  const made = { about: oneOrMany(told), trade: oneOrMany(trade.filter((word) => !name.has(word))) };
  surroundings.set(brand, made);
  return made;
}

function oneOrMany(said: Iterable<string>): ReadonlySet<string> {
  return new Set([...said].flatMap((word) => [word, `${word}s`, word.replace(/s$/, '')]));
}

const emptyWords = new Set(
  'and the for with from our your all who that are was und der die das les des una los las para com por'.split(' '),
);

/** `hits` none: the place speaks for the brand. `learnt` are the log-odds that a judge gives to the words around a name; null: none. */
export function judgeRelevance(
  post: Post,
  brand: Brand | null,
  hits: readonly Hit[],
  reading: Reading,
  cues: readonly Cue[],
  lore: NameLore,
  learnt: number | null = null,
): Relevance {
  if (!brand) return { verdict: 'about', probability: 1, reasons: [], meansTheThing: false };
  const reasons: Reason[] = [];
  const add = (rule: string, weight: number, at: Reason['at'], field: Reason['field'] = 'text') => {
    if (weight !== 0) reasons.push({ of: 'relevance', rule, field, at, weight: round(weight) });
  };
  const best = bestHit(post, hits, lore);
  add(best.rule, best.weight, best.hit?.at ?? null, best.hit?.field ?? 'text');
  if (best.weight < worth.longName) {
    const known = surroundingsOf(brand, lore);
    for (const { rule, weight, token } of context(reading, known))
      add(rule, weight, [token.start, token.end], token.field);
    for (const token of inNature(reading, known, brand, lore))
      add(natureRule, -1.3, [token.start, token.end], token.field);
    if (best.hit)
      for (const [rule, weight] of standing(post, best.hit, lore)) add(rule, weight, best.hit.at, best.hit.field);
    const customer = cues.find((cue) => isCustomer(cue) && cue.target !== 'them' && cue.business);
    if (customer && hits.length > 0) add('a customer speaks', 0.7, null);
    const place = words(`${post.place ?? ''} ${post.title ?? ''}`).some(({ text }) =>
      known.about.has(withoutAccents(text)),
    );
    if (isNature(post.place ?? '', lore, known, brand)) add('a place about nature', -1.3, null);
    if (place) add('the place fits', 1, null, 'title');
  }
  const spoken = learnt !== null && hits.some(({ kind }) => kind !== 'query') ? learnt : 0;
  const isTold = Math.abs(spoken) >= worthTelling;
  if (isTold) add(spoken > 0 ? 'spoken of as a business' : 'spoken of as something else', spoken, null);
  const odds = reasons.reduce((sum, { weight }) => sum + weight, isTold ? 0 : spoken);
  const probability = 1 / (1 + Math.exp(-odds));
  const meansTheThing = reasons.filter(({ rule }) => rule === natureRule).length >= plainlyNature;
  return { verdict: relevanceVerdict(probability), probability, reasons, meansTheThing };
}

/** The verdict that belongs to a probability. */
export function relevanceVerdict(probability: number): Relevance['verdict'] {
  if (probability >= aboutFrom) return 'about';
  return probability < otherBelow ? 'other' : 'unsure';
}

function isCustomer(cue: Cue): boolean {
  return (cue.kind === 'wrong' || cue.kind === 'help') && !cue.supposed && !cue.negated;
}

interface Best {
  readonly rule: string;
  readonly weight: number;
  readonly hit: Hit | null;
}

function bestHit(post: Post, hits: readonly Hit[], lore: NameLore): Best {
  if (hits.length === 0) return { rule: 'the place is ours', weight: worth.place, hit: null };
  const rated = hits.map((hit): Best => ({ hit, ...rate(post, hit, lore) }));
  return rated.reduce((best, each) => (each.weight > best.weight ? each : best));
}

function rate(post: Post, hit: Hit, lore: NameLore): { rule: string; weight: number } {
  if (hit.kind === 'handle') return { rule: 'our account is named', weight: worth.handle };
  if (hit.kind === 'query') return { rule: 'our query', weight: worth.place };
  if (hit.kind === 'domain') return { rule: 'our address is named', weight: worth.domain };
  const parts = partsOf(hit.term);
  const plain = parts.filter((part) => lore.ordinary.has(part) || part.length <= 2);
  if (plain.length < parts.length) {
    return parts.length > 1
      ? { rule: 'our whole name', weight: worth.longName }
      : { rule: 'our name', weight: worth.oddName };
  }
  const written = writtenAs(post, hit);
  if (parts.length > 2) return { rule: 'our whole name', weight: worth.longName };
  if (parts.length === 2) {
    if (hit.kind === 'hashtag') return { rule: 'words of our name', weight: worth.ordinaryTag };
    if (!written.includes(' ')) return { rule: 'our name in one word', weight: worth.oddName };
    const named = /^\p{Lu}.*[\s-]\p{Lu}/u.test(written);
    return named
      ? { rule: 'our name', weight: worth.oddName }
      : { rule: 'words of our name', weight: worth.ordinaryWords };
  }
  return { rule: 'a word that is also our name', weight: hit.kind === 'hashtag' ? 0.4 : worth.ordinaryWord };
}

const parts = new Map<string, readonly string[]>();

/** Words of a name without its article; names are few, so each is taken apart once. */
function partsOf(term: string): readonly string[] {
  const known = parts.get(term);
  if (known) return known;
  const made = words(term.replace(/^the\s+/i, '')).map((word) => withoutAccents(word.text));
  if (parts.size < 10_000) parts.set(term, made);
  return made;
}

function writtenAs(post: Post, hit: Hit): string {
  const whole = hit.field === 'title' ? (post.title ?? '') : hit.field === 'text' ? post.text : (post.url ?? '');
  return hit.at ? whole.slice(...hit.at) : hit.term;
}

/** Words of our own description and of our trade; near the name they count in full. */
function context(reading: Reading, known: Surroundings) {
  const found: { rule: string; weight: number; token: Reading['tokens'][number] }[] = [];
  const seen = new Set<string>();
  const names = reading.tokens.flatMap(({ text }, place) => (text === '<us>' ? [place] : []));
  for (const [place, token] of reading.tokens.entries()) {
    if (found.length >= 3) break;
    if (seen.has(token.text) || token.text.length < 3) continue;
    const about = known.about.has(token.text);
    if (!about && !known.trade.has(token.text)) continue;
    seen.add(token.text);
    const near = names.length === 0 || names.some((name) => Math.abs(name - place) <= nearWords);
    const full = about ? 1.5 : 1.1;
    found.push({ rule: about ? 'what we are' : 'our trade', weight: near ? full : full / 2, token });
  }
  return found;
}

/** A brand whose name is all ordinary words, and whose trade nature is not. */
function isTakenFromNature(brand: Brand, known: Surroundings, lore: NameLore): boolean {
  const names = [brand.name, ...brand.aliases];
  return (
    names.some((name) => partsOf(name).every((part) => lore.ordinary.has(part))) &&
    ![...known.about].some((word) => lore.nature.has(word))
  );
}

function isNature(place: string, lore: NameLore, known: Surroundings, brand: Brand): boolean {
  return (
    words(place).some(({ text }) => lore.nature.has(withoutAccents(text))) && isTakenFromNature(brand, known, lore)
  );
}

function inNature(reading: Reading, known: Surroundings, brand: Brand, lore: NameLore) {
  const found = reading.tokens.filter(({ text }) => lore.nature.has(text)).slice(0, 2);
  return found.length > 0 && isTakenFromNature(brand, known, lore) ? found : [];
}

/** How an ordinary word stands there: as a name or as a word. */
function standing(post: Post, hit: Hit, lore: NameLore): readonly (readonly [string, number])[] {
  if (!hit.at || (hit.kind !== 'name' && hit.kind !== 'alias')) return [];
  const parts = partsOf(hit.term);
  if (!parts.every((part) => lore.ordinary.has(part))) return [];
  const whole = hit.field === 'title' ? (post.title ?? '') : post.text;
  const [from, end] = hit.at;
  const start = from + (/^the[\s-]+/i.exec(whole.slice(from, end))?.[0].length ?? 0);
  const before = whole.slice(Math.max(0, start - 40), start);
  const after = whole.slice(end, end + 40);
  const written = whole.slice(start, end);
  const capital = /^\p{Lu}/u.test(written);
  const begins = /(?:^|[.!?\n…]["'”)]?\s*|^["“(]\s*)$/u.test(before);
  const found: (readonly [string, number])[] = [];
  if (!capital && /\p{Lu}[\p{L}\p{N}]/u.test(whole.replace(written, ''))) found.push(['written small', -1.4]);
  if (capital && !begins) found.push(['written as a name', 1.1]);
  if (
    !capital &&
    /(?:\b(?:an?|my|our|your|this|that|each|every|some|full|in|to|will|and|into|news)\s+)$/iu.test(before)
  ) {
    found.push(['used as a word', -1.5]);
  }
  if (capital && /\b(?:at|from|by|to|with|@|chez|bei|von|de|da|di|en|bij|van)\s+(?:the\s+)?$/iu.test(before)) {
    found.push(['where one is', 0.9]);
  }
  if (
    capital &&
    /\p{Lu}\p{Ll}+\s+$/u.test(before) &&
    !/\b(?:The|At|From|By|With|And|But|So|If|Is|Was|Dear|Hi|Hey|Love|Thanks?)\s+$/u.test(before)
  ) {
    found.push(['part of another name', -2.2]);
  }
  if (capital && /^\s+\p{Lu}\p{Ll}+/u.test(after)) found.push(['part of another name', -1.2]);
  return found;
}
