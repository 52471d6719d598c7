/** Issues on GitHub that name the brand and the comments below them, and all of those in the brand's own repositories. */
import { z } from 'zod';
import type { Terms } from '../brand.ts';
import { dayMs, hourMs } from '../clock.ts';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { noLongerThere, postAgain } from './again.ts';
import { commentPost, Entry, Issue, issuePost, placeOf, threadOf } from './github-post.ts';
import { repliedBelow, replyBelow, speaker } from './github-reply.ts';
import { baseUrl } from './options.ts';
import { readItems } from './read-items.ts';
import { refusalIn } from './refusal.ts';
import { searchWords } from './search-words.ts';
import { defineSource, type Page, type SpeakerRequest } from './source.ts';

const home = 'https://api.github.com';
const pageSize = 100;
/** GitHub gives the first 1,000 of what it finds. */
const lastPage = 10;
/** Of how many issues the comments are read in one look: a guest may ask 60 times an hour, who has a token 5,000 times. */
const readBelow = { guest: 8, known: 30 };

const Options = z.strictObject({
  repositories: z
    .array(
      z.string().regex(/^[\w-]+\/[\w.-]*\w[\w.-]*$/, 'should be an owner and a repository, such as octo-org/octo-repo'),
    )
    .default([])
    .describe('Your own repositories: every issue and comment there counts, also where it does not name you.'),
  baseUrl: baseUrl(home),
});

const secrets = {
  token: {
    env: 'GITHUB_TOKEN',
    about: 'Free, and lets Earshot ask far more often; it is also needed to answer from Earshot.',
    optional: true,
    sends: 'too',
  },
} as const;

/** Single issues and comments are not searched for: they have a budget of their own, for a guest 60 questions an hour. */
const singly = (token: string | null) => ({
  of: 'single issues',
  pace: [{ requests: token ? 2000 : 30, perSeconds: 3600 }],
});

const Found = z.object({ items: z.array(z.unknown()), incomplete_results: z.boolean().nullish().catch(null) });
const Listed = z.array(z.unknown());
const Refusal = z.object({ message: z.string() });

/** Null searches all of GitHub. */
interface At {
  readonly repository: string | null;
}

export const github = defineSource({
  id: 'github',
  title: 'GitHub',
  kind: 'posts',
  suits: ['software'],
  home: 'https://github.com/issues',
  docs: 'https://docs.github.com/rest/search/search#search-issues-and-pull-requests',
  hears: 'issues and their comments',
  about:
    'Searches the issues of all public repositories on GitHub and the comments below those it finds, and reads everything in the repositories you name. It needs no account.',
  access: 'open',
  keeps: 'everything',
  order: 'newest-first',
  pace: [{ requests: 10, perSeconds: 60 }],
  cron: '*/15 * * * *',
  overlapMs: hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { repositories: ['blue-door/bookings'] },
  secrets,
  steps: [
    'On GitHub open Settings → Developer settings → Personal access tokens → Fine-grained tokens.',
    'Press “Generate new token”, choose “Public repositories” and no permissions; to answer from Earshot choose your repositories and “Issues: read and write”. Copy the token.',
    'Write it into the file earshot.env beside your config: `GITHUB_TOKEN=` and behind it what you copied.',
  ],

  looks: ({ repositories }) => [
    { key: 'search', scope: 'brand', at: { repository: null } as At },
    ...[...new Set(repositories)].map((repository) => ({
      key: repository,
      scope: 'brand' as const,
      certain: true as const,
      at: { repository } as At,
    })),
  ],

  collect({ at, terms, options, secrets, since, http, signal }) {
    const look: Asked = { ask: asking(http, options.baseUrl ?? home, secrets.token, at), since, signal };
    if (at.repository !== null) return ownRepository(look, at.repository);
    return search(look, terms, secrets.token ? readBelow.known : readBelow.guest);
  },

  async *recheck({ options, secrets: { token }, posts, http, signal }) {
    const base = options.baseUrl ?? home;
    const asked = { headers: headersFor(token), budget: singly(token) };
    const refused = (answer: RawAnswer) =>
      noLongerThere(answer, Refusal) ?? refusal(answer, { repository: null } satisfies At);
    for (const post of posts) {
      signal.throwIfAborted();
      const { place, number } = placeOf(post.url ?? '');
      const comment = /#issuecomment-(\d+)$/.exec(post.url ?? '')?.[1];
      if (number === '') continue;
      const path = comment === undefined ? `issues/${number}` : `issues/comments/${comment}`;
      const url = join(base, `repos/${place}/${path}`);
      yield await postAgain(post, async () =>
        comment === undefined
          ? issuePost((await http.json(url, Issue, { ...asked, refused })).body)
          : commentPost((await http.json(url, Entry, { ...asked, refused })).body, post.title),
      );
    }
  },

  reply: (request) => replyBelow(deskOf(request), request),
  replied: (request) => repliedBelow(deskOf(request), request),
  speaksAs: async (request) => `@${await speaker(deskOf(request), request)}`,
});

const deskOf = ({
  options,
  secrets: { token },
}: Pick<SpeakerRequest<z.infer<typeof Options>, typeof secrets>, 'options' | 'secrets'>) => ({
  base: options.baseUrl ?? home,
  headers: headersFor(token),
});

type Asking = <Body>(path: string, shape: z.ZodType<Body>, query: Record<string, string | number>) => Promise<Body>;

interface Asked {
  readonly ask: Asking;
  readonly since: number;
  readonly signal: AbortSignal;
}

const headersFor = (token: string | null) => ({
  accept: 'application/vnd.github+json',
  'x-github-api-version': '2022-11-28',
  ...(token ? { authorization: `Bearer ${token}` } : {}),
});

function asking(http: Http, base: string, token: string | null, at: At): Asking {
  const headers = headersFor(token);
  return async (path, shape, query) => {
    const refused = (answer: RawAnswer) => refusal(answer, at);
    return (await http.json(join(base, path), shape, { query: { ...query, per_page: pageSize }, headers, refused }))
      .body;
  };
}

/** What was written to since then, not only what was opened: a hit in a comment is told as its issue. */
async function* search({ ask, since, signal }: Asked, terms: Terms, most: number): AsyncGenerator<Page> {
  const seen = new Set<string>();
  const discussed: Issue[] = [];
  let unfinished = false;
  for (const word of searchWords(terms)) {
    const about = `"${word.replaceAll('"', ' ')}" in:title,body,comments`;
    const q = `${about} is:issue updated:>=${new Date(since).toISOString().slice(0, 19)}Z`;
    for (let page = 1; page <= lastPage; page += 1) {
      signal.throwIfAborted();
      const { items, incomplete_results } = await ask('search/issues', Found, {
        q,
        sort: 'updated',
        order: 'desc',
        page,
      });
      unfinished ||= incomplete_results ?? false;
      const read = readItems(items, 'items', Issue, (issue) => {
        const post = issuePost(issue);
        if (seen.has(post.externalId)) return null;
        seen.add(post.externalId);
        if (issue.comments) discussed.push(issue);
        return post;
      });
      const more = items.length >= pageSize && read.posts.length > 0;
      yield { ...read, capped: more && page === lastPage };
      if (!more) break;
    }
  }
  for (const issue of discussed.slice(0, most)) {
    signal.throwIfAborted();
    const { place, number } = placeOf(issue.html_url);
    const items = await ask(`repos/${place}/issues/${number}/comments`, Listed, {
      since: new Date(since).toISOString(),
    });
    yield readItems(items, 'comments', Entry, (comment) => commentPost(comment, issue.title));
  }
  if (discussed.length > most) yield { posts: [], note: commentsLeft(discussed.length - most) };
  if (unfinished)
    throw new Fault('unreachable', 'GitHub did not finish its search in time; Earshot asks again by itself.');
}

const commentsLeft = (issues: number) =>
  `The comments of ${issues} more issues were not read, to ask GitHub no more often than it likes. A free token helps: \`npx earshot sources github\`.`;

async function* ownRepository({ ask, since, signal }: Asked, repository: string): AsyncGenerator<Page> {
  const titles = new Map<string, string>();
  const lists = [
    (items: readonly unknown[]) =>
      readItems(items, 'issues', Issue, (issue) => {
        titles.set(threadOf(issue.html_url), issue.title);
        return issuePost(issue);
      }),
    (items: readonly unknown[]) =>
      readItems(items, 'comments', Entry, (comment) =>
        commentPost(comment, titles.get(threadOf(comment.html_url)) ?? null),
      ),
  ];
  for (const [index, read] of lists.entries()) {
    const path = `repos/${repository}/issues${index === 0 ? '' : '/comments'}`;
    const seen = new Set<string>();
    for (let page = 1; page <= lastPage; page += 1) {
      signal.throwIfAborted();
      const query = { since: new Date(since).toISOString(), sort: 'updated', direction: 'desc', state: 'all', page };
      const items = await ask(path, Listed, query);
      const { posts: all, unreadable } = read(items);
      const posts = all.filter((post) => !seen.has(post.externalId));
      for (const post of posts) seen.add(post.externalId);
      const more = items.length >= pageSize && posts.length > 0;
      yield { posts, unreadable, capped: more && page === lastPage };
      if (!more) break;
    }
  }
}

/** Errors are `{ message, documentation_url }`; both limits come as a 403 as often as as a 429. */
function refusal({ status, text }: RawAnswer, { repository }: At): Fault | undefined {
  if (status < 400 || status >= 500) return undefined;
  if (status === 401) {
    return new Fault(
      'not-allowed',
      `GitHub does not know the token in ${secrets.token.env}, or it has run out. Make a new one: \`npx earshot sources github\` says how. Without one Earshot asks as a guest.`,
    );
  }
  if (/rate limit|abuse detection/i.test(refusalIn(text, Refusal)?.message ?? '')) {
    return new Fault('slow-down', 'GitHub wants fewer questions; Earshot waits and goes on by itself.');
  }
  if (repository !== null && (status === 404 || status === 410)) {
    return new Fault(
      'gone',
      `GitHub has no repository ${repository} with issues that ${secrets.token.env} or a guest may read. Compare it with its address.`,
    );
  }
  return undefined;
}
