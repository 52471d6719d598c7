/** `earshot rules test`: what the rules of the config, or one query, match among the stored posts or those on stdin. */
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { Edges } from '../../edges.ts';
import type { RuleAnswer, RuleTests } from '../../face/rules.ts';
import { type MatchedTerm, type Rule, type Tested, testRules } from '../../jobs/rule-test.ts';
import { compileBrands } from '../../match/match.ts';
import { compileQueries } from '../../match/query/queries.ts';
import { parseImport } from '../../sources/import-lines.ts';
import type { StoredPost } from '../../store/stored-posts.ts';
import { jsonText } from '../../text/json.ts';
import { clean, count, readingWidth, steps, wrapped } from '../format.ts';
import { brandsGiven, doubtsOf, queryGiven } from '../rules-given.ts';
import { tellingOf } from '../tell-mention.ts';
import { ruleLine } from '../tell-rule.ts';
import { lookingOn } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly query?: string;
  readonly brand?: string;
  readonly json?: boolean;
}

const shown = 10;
const given = 100;

export async function command(edges: Edges, options: Options): Promise<number> {
  if (options.query !== undefined && options.json) return answerLines(edges, ruleOf(options.query));
  return lookingOn(edges, options, async (tools) => {
    const rules: { readonly name: string; readonly rule: Rule }[] =
      options.query === undefined
        ? brandsGiven(tools, options.brand).map((brand) => {
            const matcher = compileBrands([brand]);
            return { name: brand.name, rule: (post) => mentioned(matcher.find(post)) };
          })
        : [{ name: 'This query', rule: ruleOf(options.query) }];
    const tested = await testRules(
      tools,
      rules.map(({ rule }) => rule),
      options.json ? given : shown,
    );
    const named = rules.flatMap(({ name }, place) => {
      const one = tested[place];
      return one ? [{ name, ...one }] : [];
    });
    if (options.json) edges.terminal.out(`${jsonText(facesOf(named), 2)}\n`);
    else {
      const telling = tellingOf(edges, tools);
      const { terminal, paint, earshot } = telling;
      for (const one of named) {
        const head = `${clean(one.name)} matches ${one.matched} of ${count(one.seen, 'stored post')}.`;
        const more = one.matched > one.newest.length ? ` The newest ${one.newest.length}:` : '';
        const lines = one.newest.map(({ post, because }) => `${ruleLine(post, '', because, telling)}\n`);
        terminal.out(`${wrapped(paint.bold(head) + more, readingWidth(terminal))}\n${lines.join('')}`);
      }
      for (const doubt of options.query === undefined ? [] : doubted(options.query))
        terminal.err(`\nThe query ${clean(doubt)}\n`);
      const next =
        options.query === undefined
          ? ([`${earshot} rules diff`, 'what a change in the config would add and hide'] as const)
          : ([`${earshot} rules diff --query …`, 'what it would add and hide, as a brand’s query'] as const);
      terminal.err(`\n${steps([next], terminal)}\n`);
    }
    return 0;
  });
}

/** @throws Misuse where the query cannot be read */
function ruleOf(text: string): Rule {
  const queries = compileQueries([queryGiven(text)]);
  return (post) => queries.find(post).get(0) ?? null;
}

function doubted(text: string): readonly string[] {
  const { trouble, doubts } = doubtsOf(text, null);
  return trouble === null ? doubts : [trouble];
}

type Matches = ReturnType<ReturnType<typeof compileBrands>['find']>;

const mentioned = ([match]: Matches): readonly MatchedTerm[] | null =>
  match?.verdict === 'mention' ? match.hits : null;

/** A line is answered before the next one is read, so that another program may ask and wait. */
async function answerLines(edges: Edges, rule: Rule): Promise<number> {
  if (!edges.stdinPiped)
    throw new Misuse(
      'Pipe posts in, one JSON object a line: {"id": "1", "text": "…"}. Without --json the stored ones are looked at.',
    );
  const lines = createInterface({ input: Readable.from(edges.stdin), crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  let code = 0;
  for await (const line of lines) {
    edges.signal.throwIfAborted();
    number += 1;
    if (line.trim() === '') continue;
    const { posts, problems } = parseImport(withId(line), 'json-lines');
    const [post] = posts;
    if (!post) code = 1;
    const told = post
      ? answerTo(rule(post))
      : { error: `line ${number}: ${problems[0]?.sentence ?? 'is not a post.'}` };
    edges.terminal.out(`${jsonText(told)}\n`);
  }
  return code;
}

/** Nothing is kept here, so a post needs no id. */
function withId(line: string): string {
  try {
    const value: unknown = JSON.parse(line);
    return value !== null && typeof value === 'object' && !('id' in value)
      ? JSON.stringify({ ...value, id: '-' })
      : line;
  } catch {
    return line;
  }
}

const answerTo = (because: readonly MatchedTerm[] | null): RuleAnswer => ({
  matches: because !== null,
  because: becauseOf(because ?? []),
});

const becauseOf = (terms: readonly MatchedTerm[]) =>
  terms.map(({ term, field, at }) => ({
    term,
    at: field === 'text' && at !== null ? ([at[0], at[1]] as [number, number]) : null,
  }));

const facesOf = (tested: readonly (Tested & { readonly name: string })[]): RuleTests =>
  tested.map(({ name, seen, matched, newest }) => ({
    brand: name,
    posts: seen,
    matches: matched,
    newest: newest.map(({ post, because }) => ({ ...postFace(post), because: becauseOf(because) })),
  }));

/** What a script is told of a stored post. */
export function postFace({ source, externalId, url, title, text, publishedAt }: StoredPost) {
  const at = publishedAt === null ? null : new Date(publishedAt).toISOString();
  return { source, externalId, url, title, text, publishedAt: at };
}
