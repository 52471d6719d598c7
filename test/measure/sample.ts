/** How the demo's posts are judged against what a person makes of them: `node test/measure/sample.ts` prints it. */
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Brand } from '../../src/brand.ts';
import { demoConfig } from '../../src/demo/config.ts';
import { readSample, type SamplePost } from '../../src/demo/sample.ts';
import { assess } from '../../src/findings/assess.ts';
import { preciseJudge } from '../../src/findings/judges/precise.ts';
import { preciseInput } from '../../src/findings/judges/precise-input.ts';
import { loadKnowledge } from '../../src/findings/knowledge.ts';
import { compileBrands } from '../../src/match/match.ts';
import type { Findings, Post } from '../../src/mention.ts';
import { aBrand, aPost } from '../support/a-post.ts';

/** One post of the sample for one brand; `verdict` is `set aside` where it makes no mention. */
export interface Judged {
  readonly said: SamplePost;
  readonly post: Post;
  readonly findings: Findings | null;
  readonly verdict: 'flagged' | 'unsure' | 'none' | 'other' | 'set aside';
}

const Config = z.object({
  brands: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      aliases: z.array(z.string()).optional(),
      about: z.string(),
      handles: z.array(z.string()),
      domains: z.array(z.string()).optional(),
      exclude: z.array(z.string()).optional(),
      rivals: z.array(z.string()),
    }),
  ),
});

/** The demo's three businesses, as its config has them. */
export function demoBrandsJudged(): readonly Brand[] {
  const { brands } = Config.parse(parse(demoConfig(() => 'http://127.0.0.1/alerts', '/')));
  return brands.map(({ name, id, about, handles, rivals, aliases = [], domains = [], exclude = [] }) =>
    aBrand(name, { id, about, handles, rivals, aliases, domains, exclude }),
  );
}

/** Each post as its platform gives it (a reply carries the title of its thread), by the fast judge or with the precise one's word. */
export async function judgeSample(by: 'fast' | 'precise'): Promise<readonly Judged[]> {
  const sample = readSample(fileURLToPath(new URL('../../data/sample', import.meta.url)));
  const titles = new Map(sample.map((said) => [`${said.platform} ${said.id}`, said.title ?? null]));
  const brands = demoBrandsJudged();
  const matcher = compileBrands(brands);
  const knowledge = loadKnowledge();
  const slow = by === 'precise' ? preciseJudge() : null;
  const judged: Judged[] = [];
  for (const said of sample) {
    const post = toPost(said, titles.get(`${said.platform} ${said.replyTo}`) ?? null);
    const certain = said.platform === 'app-store' ? ['tallyo'] : [];
    const mentions = matcher.find(post, { certain }).filter(({ verdict }) => verdict === 'mention');
    if (mentions.length === 0) judged.push({ said, post, findings: null, verdict: 'set aside' });
    for (const { brandId, hits } of mentions) {
      const brand = brands.find(({ id }) => id === brandId) ?? null;
      const opinions = slow ? await slow.judge([preciseInput(post, brand)]) : [];
      const findings = assess(post, brand, hits, knowledge, opinions);
      judged.push({ said, post, findings, verdict: verdictOf(findings) });
    }
  }
  await slow?.close();
  return judged;
}

function verdictOf({ relevance, complaint }: Findings): Judged['verdict'] {
  if (relevance.verdict === 'other') return 'other';
  return complaint.verdict === 'complaint' ? 'flagged' : complaint.verdict;
}

function toPost(said: SamplePost, threadTitle: string | null): Post {
  return aPost(said.text, {
    source: said.platform === 'alerts' ? 'feed' : said.platform,
    externalId: said.id,
    author: {
      handle: said.author.handle ?? null,
      name: said.author.name ?? null,
      url: null,
      followers: said.author.followers ?? null,
    },
    title: said.title ?? threadTitle,
    language: said.language,
    rating: said.rating === undefined ? null : { value: said.rating, scale: 5 },
    links: said.link ? [said.link] : [],
    parentId: said.replyTo ?? null,
    place: said.place ?? null,
  });
}

function tell({ said, post, findings }: Judged): string {
  const words = (of: string) =>
    (findings?.reasons ?? [])
      .filter((reason) => reason.of === of)
      .map(({ rule, field, at, weight }) => {
        const whole = field === 'title' ? (post.title ?? '') : post.text;
        return `${rule} [${at ? whole.slice(...at) : ''}] ${weight}`;
      })
      .join(' · ');
  const head = `${said.kind} ${said.severity ?? ''} ${said.brand ?? '-'} ${said.platform} ${said.rating ?? ''}`;
  const judged = findings
    ? `${findings.complaint.verdict} ${findings.complaint.probability} ${findings.urgency} ${findings.severity} ${findings.relevance.verdict}`
    : '';
  return `${head} → ${judged}\n   ${post.title ?? ''} | ${post.text}\n   ${words('complaint')} || ${words('severity')}\n`;
}

function print(judged: readonly Judged[]): void {
  const verdicts = ['flagged', 'unsure', 'none', 'other', 'set aside'] as const;
  const say = (line: string) => process.stdout.write(`${line}\n`);
  say(['kind'.padEnd(10), ...verdicts].join('\t'));
  for (const kind of [...new Set(judged.map(({ said }) => said.kind))].sort()) {
    const of = judged.filter(({ said }) => said.kind === kind);
    say(
      [kind.padEnd(10), ...verdicts.map((verdict) => of.filter((each) => each.verdict === verdict).length)].join('\t'),
    );
  }
  say('\nNot as a person would:');
  const right = (each: Judged) => (each.said.kind === 'complaint') === (each.verdict === 'flagged');
  for (const each of judged) if (!right(each)) say(tell(each));
  for (const each of judged) if (right(each) && each.verdict === 'unsure') say(tell(each));
  say('\nThe worst:');
  const order = judged.filter(({ verdict }) => verdict === 'flagged');
  const severity = (each: Judged) => each.findings?.severity ?? 0;
  for (const each of order.sort((a, b) => severity(b) - severity(a))) say(tell(each));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) print(await judgeSample('precise'));
