/** The people who come back, as `regulars` tells of them: why, since when, their posts, and what to do next. */
import { type Person, type Sign, type SignKind, signKinds, signsOf } from '../cases/regulars.ts';
import type { RegularFace } from '../face/regular.ts';
import { accountsOf, standingJoins } from '../store/author-joins.ts';
import { type KnownAuthor, readAuthors } from '../store/authors.ts';
import { readBrands } from '../store/brands.ts';
import { casesOfAuthors } from '../store/case-list.ts';
import { type AnswerOf, answersToOthers, type SaidOf, saidAgain } from '../store/customers.ts';
import { type MentionRow, readMentions } from '../store/mention-rows.ts';
import type { Tx } from '../store/tables.ts';
import { watchReports } from './status.ts';
import type { Tools } from './tools.ts';

interface Found {
  readonly brandId: string;
  readonly accounts: readonly number[];
  readonly said: readonly SaidOf[];
  readonly signs: readonly Sign[];
}

export async function regulars(tools: Tools, brandIds: readonly string[]): Promise<readonly RegularFace[]> {
  const now = tools.clock.now();
  const heard = await heardUntil(tools, now);
  return tools.store.read('regulars', async (tx) => {
    const found = (await people(tx, brandIds, heard)).flatMap((one) => {
      const signs = signsOf(one.person, now);
      return signs.length === 0 ? [] : [{ ...one, signs }];
    });
    const mentionIds = [...new Set(found.flatMap(({ signs }) => signs.flatMap((sign) => sign.mentionIds)))];
    const mentions = new Map((await readMentions(tx, mentionIds)).map((row) => [row.id, row]));
    const authors = await readAuthors(
      tx,
      found.flatMap(({ accounts }) => accounts),
    );
    const byId = new Map(authors.map((author) => [author.id, author]));
    const names = new Map((await readBrands(tx)).map(({ id, name }) => [id, name]));
    const faces: RegularFace[] = [];
    for (const one of found.toSorted(byNeed)) {
      const cases = await casesOfAuthors(tx, one.brandId, one.accounts);
      const open = [...cases.values()].find(({ closedAt }) => closedAt === null)?.id ?? null;
      const brand = names.get(one.brandId) ?? one.brandId;
      faces.push(faceOf(tools.earshot, one, { brand, byId, mentions, open }));
    }
    return faces;
  });
}

/** When a source last told us anything for that brand; now of those that nobody looks at by himself, such as imports. */
type HeardUntil = (brandId: string, source: string) => number;

async function heardUntil(tools: Tools, now: number): Promise<HeardUntil> {
  const reports = await watchReports(tools);
  return (brandId, source) => {
    const own = reports.filter(({ watch }) => watch.source === source && watch.brands.includes(brandId));
    return own.length === 0
      ? now
      : Math.max(...own.map(({ lastGoodAt, listeningSince }) => (listeningSince === null ? (lastGoodAt ?? 0) : now)));
  };
}

/** Everybody who may be worth a word, with what all their accounts said. */
async function people(tx: Tx, brandIds: readonly string[], heard: HeardUntil) {
  const joined = (await standingJoins(tx)).flatMap(({ authorId, otherId }) => [authorId, otherId]);
  const accounts = await accountsOf(tx);
  const answers = await answersToOthers(tx, brandIds);
  const said = await saidAgain(tx, { brandIds, also: [...joined, ...answers.map(({ authorId }) => authorId)] });
  const keyOf = ({ brandId, authorId }: Pick<SaidOf, 'brandId' | 'authorId'>) =>
    JSON.stringify([brandId, accounts(authorId)[0]]);
  const helped = Map.groupBy(answers, keyOf);
  return [...Map.groupBy(said, keyOf)].flatMap(([key, list]) => {
    const [first] = list;
    if (!first) return [];
    const own = accounts(first.authorId);
    const until = Math.max(...list.map(({ source }) => heard(first.brandId, source)));
    const person = { ...personOf(list, helped.get(key) ?? [], own), heardUntil: until };
    return [{ brandId: first.brandId, accounts: own, said: list, person }];
  });
}

function personOf(said: readonly SaidOf[], helped: readonly AnswerOf[], own: readonly number[]): Person {
  return {
    said: said.map(({ mentionId, saidAt, praise, complaint }) => ({
      mentionId,
      saidAt,
      kind: complaint === 1 ? 'complaint' : praise === 1 ? 'praise' : 'other',
    })),
    // Who writes on below their own post helps nobody, from whichever account.
    helped: helped.filter(({ to }) => !own.includes(to)),
  };
}

/** By the most pressing sign; within one the latest first, among regulars whoever has spoken most. */
function byNeed(one: Found, other: Found): number {
  const [a, b] = [one.signs[0], other.signs[0]];
  if (!a || !b) return 0;
  const kind = signKinds.indexOf(a.kind) - signKinds.indexOf(b.kind);
  const most = a.kind === 'regular' ? other.said.length - one.said.length : 0;
  return kind || most || b.since - a.since || (one.accounts[0] ?? 0) - (other.accounts[0] ?? 0);
}

interface Known {
  readonly brand: string;
  readonly byId: ReadonlyMap<number, KnownAuthor>;
  readonly mentions: ReadonlyMap<number, MentionRow>;
  readonly open: number | null;
}

function faceOf(
  earshot: string,
  { accounts, said, signs }: Found,
  { brand, byId, mentions, open }: Known,
): RegularFace {
  const iso = (at: number) => new Date(at).toISOString();
  const named = [...new Set(signs.flatMap((sign) => sign.mentionIds))].flatMap((id) => mentions.get(id) ?? []);
  return {
    brand,
    accounts: accounts.flatMap((id) => byId.get(id) ?? []),
    said: {
      mentions: said.length,
      praise: said.filter(({ praise, complaint }) => praise === 1 && complaint === 0).length,
      complaints: said.filter(({ complaint }) => complaint === 1).length,
      since: iso(said[0]?.saidAt ?? 0),
    },
    signs: signs.map(({ kind, why, since, mentionIds }) => ({
      kind,
      why,
      since: iso(since),
      mentions: [...mentionIds],
    })),
    posts: named
      .toSorted((one, other) => one.post.saidAt - other.post.saidAt || one.id - other.id)
      .map(({ id, post }) => ({ mention: id, source: post.source, url: post.url, saidAt: iso(post.saidAt) })),
    case: open,
    next: nextFor(earshot, signs, open),
  };
}

/** The most pressing sign says what to do, an open case where to do it. */
function nextFor(earshot: string, [first]: readonly Sign[], open: number | null): RegularFace['next'] {
  const newest = first?.mentionIds.at(-1) ?? 0;
  const at = (letter: string) => `${earshot} show ${letter}`;
  const deeds: Readonly<Record<SignKind, RegularFace['next']>> = {
    turned: { say: 'let one person stay with them until they are happy again', command: at(`m${newest}`) },
    'third-complaint': { say: 'ring or write in person: what went wrong is not mended', command: at(`m${newest}`) },
    'gone-quiet': { say: 'ask how they are, and whether something went wrong', command: at(`m${newest}`) },
    helper: { say: 'thank them, and note that you did', command: `${earshot} praise thank m${newest}` },
    regular: { say: 'know them by name when they write or come in', command: at(`m${newest}`) },
  };
  const { say, command } = deeds[first?.kind ?? 'regular'];
  const complains = first?.kind === 'turned' || first?.kind === 'third-complaint';
  return { say, command: open !== null && complains ? at(`c${open}`) : command };
}
