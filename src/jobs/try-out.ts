/** Asks every open source about a name at once: no config, no keys, nothing written. */
import type { Brand } from '../brand.ts';
import type { Clock } from '../clock.ts';
import { assess } from '../findings/assess.ts';
import type { Knowledge } from '../findings/knowledge.ts';
import { compileBrands } from '../match/match.ts';
import type { Findings, Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Net } from '../net/net.ts';
import type { Source } from '../sources/source.ts';
import type { SetAside, TroubleKind } from '../watch.ts';

/** How one place answered. */
export interface Tried {
  readonly source: Source;
  /** Posts that it gave. */
  readonly seen: number;
  /** Why it could not be asked, or not to the end; null where it answered. */
  readonly trouble: string | null;
  /** What kind of trouble; null where there is none, or nobody waited any longer. */
  readonly kind: TroubleKind | null;
}

export interface Find {
  readonly post: Post;
  readonly findings: Findings;
}

export interface TryOut {
  readonly tried: readonly Tried[];
  readonly found: readonly Find[];
  /** What came but did not match, and why. */
  readonly setAside: readonly { readonly post: Post; readonly reason: SetAside }[];
}

export interface TryWish {
  readonly brand: Brand;
  /** Each with its options; see `askable`. */
  readonly places: readonly { readonly source: Source; readonly options: unknown }[];
  readonly net: Net;
  readonly knowledge: Knowledge;
  readonly clock: Clock;
  /** Aborted when the time is over or somebody presses Ctrl-C: what has come so far is the answer. */
  readonly signal: AbortSignal;
  readonly lookBackMs: number;
  readonly onPlace?: (tried: Tried) => void;
}

/** More than this many pages of one place nobody waits for. */
const mostPages = 3;

export async function tryOut(wish: TryWish): Promise<TryOut> {
  const posts = new Map<string, Post>();
  const tried = await Promise.all(
    wish.places.map(async ({ source, options }) => {
      const result = await ask(source, options, wish, posts);
      wish.onPlace?.(result);
      return result;
    }),
  );
  return { tried, ...judge([...posts.values()], wish) };
}

type Askable = ReturnType<typeof askable>;

/** Some places have nothing to be asked about some names (no hashtag is made of digits alone): a silence there says nothing. */
export function askableAbout({ name, aliases, handles, domains }: Brand, { places, others }: Askable): Askable {
  const terms = { names: [name, ...aliases], handles, domains };
  const mute = places.filter(({ source, options }) => source.looks(options, terms).length === 0);
  const why = 'Nothing there can be searched for such a name';
  return {
    places: places.filter((place) => !mute.includes(place)),
    others: [...mute.map(({ source }) => ({ source, why })), ...others],
  };
}

async function ask(source: Source, options: unknown, wish: TryWish, posts: Map<string, Post>): Promise<Tried> {
  const { brand, net, clock, signal } = wish;
  const visit = net.visit({ source: source.id, pace: source.pace, account: null, validators: {}, signal });
  const secrets = Object.fromEntries(Object.keys(source.secrets).map((name) => [name, null]));
  const terms = { names: [brand.name, ...brand.aliases], handles: brand.handles, domains: brand.domains };
  let seen = 0;
  try {
    for (const look of source.looks(options, terms)) {
      let pages = 0;
      const since = clock.now() - wish.lookBackMs;
      for await (const page of source.collect({
        at: look.at,
        terms,
        options,
        secrets,
        session: null,
        since,
        http: visit.http,
        signal,
      })) {
        for (const post of page.posts) posts.set(`${post.source} ${post.externalId}`, post);
        seen += page.posts.length;
        pages += 1;
        if (pages >= mostPages || signal.aborted) break;
      }
    }
    return { source, seen, trouble: null, kind: null };
  } catch (error) {
    if (signal.aborted) return { source, seen, trouble: 'it did not answer in time', kind: null };
    if (error instanceof Fault) return { source, seen, trouble: error.message, kind: error.kind };
    return {
      source,
      seen,
      trouble: `Earshot made a mistake there: ${error instanceof Error ? error.message : String(error)}`,
      kind: 'mistake',
    };
  }
}

function judge(posts: readonly Post[], { brand, knowledge }: TryWish): Omit<TryOut, 'tried'> {
  const matcher = compileBrands([brand]);
  const found: Find[] = [];
  const setAside: { post: Post; reason: SetAside }[] = [];
  for (const post of posts) {
    const [match] = matcher.find(post);
    if (match?.verdict === 'mention') found.push({ post, findings: assess(post, brand, match.hits, knowledge, []) });
    else setAside.push({ post, reason: match?.verdict ?? 'no-match' });
  }
  return { found, setAside };
}

/** The sources that answer anybody with the options they have by themselves; and the others, with why they can't be asked. */
export function askable(sources: readonly Source[]): {
  readonly places: readonly { readonly source: Source; readonly options: unknown }[];
  readonly others: readonly { readonly source: Source; readonly why: string }[];
} {
  const places: { source: Source; options: unknown }[] = [];
  const others: { source: Source; why: string }[] = [];
  for (const source of sources) {
    // Its twin is asked: nobody waits for what is said next.
    if (source.listen || source.inbound) continue;
    const options = source.options.safeParse({});
    const wants = source.connect !== undefined || Object.values(source.secrets).some((secret) => !secret.optional);
    if (source.offByDefault) others.push({ source, why: 'Only once you switch it on' });
    else if (wants) others.push({ source, why: 'With an account of yours' });
    else if (!options.success) others.push({ source, why: 'With an address, an app or a file of yours' });
    else places.push({ source, options: options.data });
  }
  return { places, others };
}
