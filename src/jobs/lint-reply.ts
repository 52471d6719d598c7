/** Checks the draft of an answer with all that is known around it: the customer, the place, and what the brand said before. */
import { type Around, type Finding, lintReply, nothingAround } from '../replies/lint.ts';
import { loadRulebook } from '../replies/rules.ts';
import { allowedFor } from '../store/allowed-findings.ts';
import { earlierAnswers } from '../store/answers.ts';
import type { MentionRow } from '../store/mention-rows.ts';
import type { Tools } from './tools.ts';

export interface DraftWish {
  readonly text: string;
  /** What it answers; null where nobody said. */
  readonly to: MentionRow | null;
  /** Whose answer it is; null where nobody said. */
  readonly brandId: string | null;
  /** Where it will stand; null is where the mention stands. */
  readonly platform: string | null;
}

export async function lintDraft(tools: Tools, wish: DraftWish): Promise<readonly Finding[]> {
  return lintReply(wish.text, await aroundOf(tools, wish), loadRulebook());
}

/** The same where nothing is known but the words and perhaps the place. */
export function lintAlone(text: string, platform: string | null): readonly Finding[] {
  return lintReply(text, { ...nothingAround, platform }, loadRulebook());
}

async function aroundOf(tools: Tools, { to, brandId, platform }: DraftWish): Promise<Around> {
  const own = to?.brand.id ?? brandId;
  const brand = own === null ? undefined : tools.brands.get(own);
  const { allowed, earlier } = await tools.store.read('what was answered', async (tx) => ({
    allowed: own === null ? [] : await allowedFor(tx, own),
    earlier: own === null ? [] : await earlierAnswers(tx, own),
  }));
  return {
    brand: brand ? { names: [brand.name, ...brand.aliases], domains: brand.domains.map(bareDomain) } : null,
    customer: to && customerOf(to),
    language: to?.findings.language ?? null,
    platform: platform ?? to?.post.source ?? null,
    earlier,
    allowed,
  };
}

function customerOf({ post }: MentionRow): Around['customer'] {
  const { handle, name } = post.author;
  return {
    names: [handle, name].filter((one) => one !== null),
    said: [post.title, post.text].filter((one) => one !== null),
  };
}

const bareDomain = (domain: string) => domain.toLowerCase().replace(/^www\./, '');
