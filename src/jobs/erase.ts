/** Erases a person: all that their accounts said, with what was judged and written down of it, from every byte of the database and of the mails beside it. */
import type { Brand } from '../brand.ts';
import { shownPage } from '../digest/mail-files.ts';
import type { ErasedFace } from '../face/erased.ts';
import { allowedWords, forbidAgain } from '../store/allowed-findings.ts';
import { accountsOf } from '../store/author-joins.ts';
import { type KnownAuthor, readAuthors } from '../store/authors.ts';
import { countNaming, type ErasedCounts, erasePeople, postsToErase } from '../store/erase.ts';
import { forgetOpinions } from '../store/opinions.ts';
import { readBefore } from '../store/post-edits.ts';
import { readPosts } from '../store/stored-posts.ts';
import type { Tx } from '../store/tables.ts';
import { plainWords } from '../text/fingerprint.ts';
import { mailsWith, removeFiles, type Theirs } from './forget-mails.ts';
import { textPrints } from './opinions.ts';
import { rehearse } from './rehearse.ts';
import type { Tools } from './tools.ts';

/** An account, or a single mention of which nobody knows who said it. */
export type Whom = { readonly authorId: number } | { readonly mentionId: number };

/** What is written of them by others cannot be told from chance by less. */
const shortestName = 4;
/** Fewer words in a row are anybody's. */
const ownFrom = 3;

export async function erase(tools: Tools, whom: Whom, dryRun: boolean): Promise<ErasedFace> {
  const { theirs, ...gone } = await rehearse(tools.store, dryRun, 'erasing a person', (tx) => takeOut(tools, tx, whom));
  const mails = await mailsWith(tools.config, theirs);
  const mailsLeft = dryRun ? [] : await removeFiles([...mails.flat(), shownPage(tools.config)]);
  const wiped = dryRun ? null : await tools.store.sweep('now');
  return { ...gone, mails: mails.length, mailsLeft, erased: !dryRun, wiped };
}

type Gone = Omit<ErasedFace, 'erased' | 'wiped' | 'mails' | 'mailsLeft'>;

async function takeOut(tools: Tools, tx: Tx, whom: Whom): Promise<Gone & { readonly theirs: Theirs }> {
  const authorIds = 'authorId' in whom ? (await accountsOf(tx))(whom.authorId) : [];
  const mentionIds = 'mentionId' in whom ? [whom.mentionId] : [];
  const authors = await readAuthors(tx, authorIds);
  const postIds = await postsToErase(tx, { authorIds, mentionIds });
  const theirs = { names: namesOf(authors), texts: await textsOf(tx, postIds) };
  const counts = await eraseAll(tx, { authors, postIds, brands: [...tools.brands.values()], now: tools.clock.now() });
  return {
    accounts: authors.map(({ id, source, handle, name, url }) => ({ id, source, handle, name, url })),
    ...counts,
    namedBy: await countNaming(tx, handlesOf(authors)),
    theirs,
  };
}

export interface Erasing {
  readonly authors: readonly KnownAuthor[];
  readonly postIds: readonly number[];
  readonly brands: readonly Brand[];
  /** Milliseconds UTC. */
  readonly now: number;
}

/** Posts and people with all that hangs on them. */
export async function eraseAll(
  tx: Tx,
  { authors, postIds, brands, now }: Erasing,
): Promise<ErasedCounts & { readonly allowed: number }> {
  const said = await readPosts(tx, postIds);
  const before = await readBefore(tx, postIds);
  const prints = [...said, ...before].flatMap((one) => brands.flatMap((brand) => textPrints(one, brand)));
  const names = namesOf(authors);
  const texts = [...said, ...before].map(({ title, text }) => `${title ?? ''} ${text}`);
  const counts = await erasePeople(tx, authors, postIds, now);
  await forgetOpinions(tx, [...new Set(prints)]);
  return { ...counts, allowed: await forbidTheirs(tx, names, texts) };
}

/** Titles and texts, also those from before an edit. */
async function textsOf(tx: Tx, postIds: readonly number[]): Promise<string[]> {
  const said = [...(await readPosts(tx, postIds)), ...(await readBefore(tx, postIds))];
  return said.flatMap(({ title, text }) => [title ?? '', text]);
}

/** A finding that was let pass in words of theirs would keep them. */
async function forbidTheirs(tx: Tx, names: readonly string[], texts: readonly string[]): Promise<number> {
  const own = names.map(flat).filter((name) => name.trim().length >= shortestName);
  const said = texts.map(flat);
  let forbidden = 0;
  for (const { brandId, rule, words } of await allowedWords(tx)) {
    const flatWords = flat(words);
    const quoted = rule === 'personal-data' || plainWords(words).length >= ownFrom;
    const theirs = own.some((name) => flatWords.includes(name) || name.includes(flatWords));
    if (!theirs && !(quoted && said.some((text) => text.includes(flatWords)))) continue;
    await forbidAgain(tx, brandId, { rule, words });
    forbidden += 1;
  }
  return forbidden;
}

/** Words alone, with a blank before and behind each. */
const flat = (text: string) => ` ${plainWords(text).join(' ')} `;

const namesOf = (authors: readonly KnownAuthor[]) =>
  authors.flatMap(({ handle, name }) => [handle, name]).filter((one) => one !== null);

const handlesOf = (authors: readonly KnownAuthor[]) =>
  authors.flatMap(({ handle }) => (handle !== null && handle.length >= shortestName ? [handle] : []));
