/** `earshot rules explain`: why a post is heard for each brand, or is not. */
import type { Edges } from '../../edges.ts';
import type { RuleExplanations } from '../../face/rules.ts';
import { type Explained, explainMention } from '../../jobs/rule-explain.ts';
import type { StoredPost } from '../../store/stored-posts.ts';
import { jsonText } from '../../text/json.ts';
import { clean, readingWidth, steps, wrapped } from '../format.ts';
import { tellingOf } from '../tell-mention.ts';
import { ruleLine } from '../tell-rule.ts';
import { lookingOn, mentionGiven } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options, word: string): Promise<number> {
  return lookingOn(edges, options, async (tools) => {
    const { id, post } = await mentionGiven(tools, word);
    if (post.words !== 'kept')
      throw new Misuse(`The words of ${word} are not here any more, so nobody can say which of them counted.`);
    const explained = await explainMention(tools, id);
    const { terminal } = edges;
    if (options.json) {
      terminal.out(`${jsonText(faceOf(id, explained), 2)}\n`);
      return 0;
    }
    const telling = tellingOf(edges, tools);
    const width = readingWidth(terminal);
    terminal.out(
      `${ruleLine(
        post,
        `m${id}`,
        explained.flatMap(({ hits }) => hits),
        telling,
      )}\n`,
    );
    for (const one of explained) {
      const head = `${telling.paint.bold(clean(one.brand.name))}: ${one.verdict === 'mention' ? 'heard' : 'not heard'}, since `;
      terminal.out(`${wrapped(`${head}${clean(why(one, post))}.`, width)}\n`);
    }
    const next = [`${telling.earshot} rules diff`, 'what a change in the config would add and hide'] as const;
    terminal.err(`\n${steps([next], terminal)}\n`);
    return 0;
  });
}

function why({ brand, verdict, certain, hits, because, whyNot }: Explained, post: StoredPost): string {
  const missing = whyNot.join(', and ');
  switch (verdict) {
    case 'mention':
      if (certain) return 'everything that stands in this place is about you';
      if (brand.query === null) return `it says ${quoted(hits, post)}`;
      return because.length > 0 ? `your query holds: ${quoted(because, post)}` : 'your query holds';
    case 'own-post':
      return 'it was written by an account of yours';
    case 'excluded':
      return `one of your “exclude” phrases stands at ${quoted(hits, post)}: ${brand.exclude.join(', ')}`;
    case 'required-missing':
      return `none of your “require” words stands near ${quoted(hits, post)}: ${brand.require.join(', ')}`;
    case 'query-missed':
      return `it says ${quoted(hits, post)}, but your query does not hold: ${missing}`;
    default:
      return brand.query === null ? 'none of your names stands in it' : `your query does not hold: ${missing}`;
  }
}

const mostQuoted = 5;

/** “Blue-Door” and “cold” in the title; what is not words by its term. */
function quoted(found: Explained['because'], { text, title }: StoredPost): string {
  const said = found.map(({ term, field, at }) => {
    if (at === null) return field === 'url' || field === 'link' ? `${term} in an address` : term;
    if (field === 'title') return `“${(title ?? '').slice(...at)}” in the title`;
    return field === 'text' ? `“${text.slice(...at)}”` : term;
  });
  const each = [...new Set(said)];
  return (
    each.slice(0, mostQuoted).join(', ') + (each.length > mostQuoted ? ` and ${each.length - mostQuoted} more` : '')
  );
}

function faceOf(mention: number, explained: readonly Explained[]): RuleExplanations {
  const pair = (at: readonly [number, number] | null): [number, number] | null => (at === null ? null : [at[0], at[1]]);
  return {
    mention,
    brands: explained.map(({ brand, verdict, certain, hits, because, whyNot }) => ({
      brand: brand.name,
      verdict,
      certain,
      found: hits.map(({ term, field, at }) => ({ term, in: field, at: pair(at) })),
      query:
        brand.query === null
          ? null
          : {
              matches: whyNot.length === 0,
              because: because.map(({ term, field, at }) => ({ term, at: field === 'text' ? pair(at) : null })),
              whyNot: [...whyNot],
            },
    })),
  };
}
