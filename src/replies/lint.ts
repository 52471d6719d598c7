/** The reply lint: what should not be said to a customer, each with its reason and what to say instead. */
import { plainWords } from '../text/fingerprint.ts';
import { type Draft, type Found, marksOf, overlaps, readDraft } from './draft.ts';
import { beyondLimit } from './limits.ts';
import { type Customer, personalData } from './personal-data.ts';
import { isWithin, type Span } from './quoted.ts';
import type { Rulebook, Severity } from './rules.ts';
import { isSaidBefore } from './said-before.ts';
import { invites } from './ways.ts';

export interface Finding {
  readonly rule: string;
  /** The words of the draft, and where they stand (UTF-16 units). */
  readonly evidence: string;
  readonly at: Span;
  readonly why: string;
  /** What to write instead, or how to go about it. */
  readonly rewrite: string;
  readonly severity: Severity;
}

/** What a person waved through for a brand: a rule, or only some words of it. */
export interface Allowed {
  readonly rule: string;
  readonly words: string | null;
}

/** The rule that stands where no rule was looked for; nothing lets it pass. */
export const notChecked = 'not-checked';

/** What is known around a draft. */
export interface Around {
  /** Its names and addresses on the web. */
  readonly brand: { readonly names: readonly string[]; readonly domains: readonly string[] } | null;
  readonly customer: Customer | null;
  /** The customer's, where it is known: the draft's own words say more. */
  readonly language: string | null;
  /** The source id of the place where it will stand. */
  readonly platform: string | null;
  /** What this brand answered before. */
  readonly earlier: readonly string[];
  readonly allowed: readonly Allowed[];
}

export const nothingAround: Around = {
  brand: null,
  customer: null,
  language: null,
  platform: null,
  earlier: [],
  allowed: [],
};

/** Findings in the order in which they stand. None is what "clean" means; a language nobody checked is a finding. */
export function lintReply(text: string, around: Around, book: Rulebook): readonly Finding[] {
  const draft = readDraft(text, around.language, book);
  const long = beyondLimit(text, around.platform);
  const whole: Span = [0, text.length];
  const found: Pointed[] = [
    ...wording(draft, around, book),
    ...personalData(draft, book, around.customer, around.brand?.domains ?? []).map((at) => ({
      rule: 'personal-data',
      at,
    })),
    ...(isSaidBefore(draft, around.earlier) ? [{ rule: 'said-before', at: whole }] : []),
    ...(long
      ? [
          {
            rule: 'too-long',
            at: [long.from, text.length] as const,
            why: `It is ${long.by} too long: ${long.most} are allowed there.`,
          },
        ]
      : []),
    ...draft.unread.map((at) => ({ rule: notChecked, at })),
  ];
  return found
    .map((one) => told(text, one, book))
    .filter((finding) => !around.allowed.some((allowed) => isAllowed(finding, allowed)))
    .toSorted((one, other) => one.at[0] - other.at[0] || one.at[1] - other.at[1]);
}

/** Where a rule was broken; what the rule itself does not say. */
interface Pointed {
  readonly rule: string;
  readonly at: Span;
  readonly rewrite?: string;
  readonly why?: string;
}

function wording(draft: Draft, around: Around, book: Rulebook): readonly Pointed[] {
  const strangers = new Set(plainWords([...(around.brand?.names ?? []), ...(around.customer?.names ?? [])].join(' ')));
  const fine = draft.found.filter(({ saying }) => saying.part === 'fine');
  const inviting = draft.found.filter(({ saying }) => saying.part === 'wrong' && saying.invites);
  const kept: (Pointed & { readonly sentence: number })[] = [];
  for (const { saying, at, sentence } of draft.found.toSorted((one, other) => length(other) - length(one))) {
    if (saying.part !== 'wrong' || isWithin(draft.quoted, at)) continue;
    const { rule, rewrite } = saying;
    if (fine.some((one) => isRule(one, rule) && overlaps(one.at, at))) continue;
    const invitation = inviting.some((one) => isRule(one, rule) && overlaps(one.at, at));
    if (invitation && invites(draft, book, strangers, at)) continue;
    if (rule === 'no-date' && isDated(draft, sentence)) continue;
    const twice = kept.some(
      (one) => one.rule === rule && (overlaps(one.at, at) || (rule === 'no-date' && one.sentence === sentence)),
    );
    if (!twice) kept.push({ rule, at, rewrite, sentence });
  }
  return kept;
}

const isRule = ({ saying }: Found, rule: string) => saying.part !== 'mark' && saying.rule === rule;

const length = ({ at }: Found) => at[1] - at[0];

/** A day stands in the sentence of the promise or the next one, or in the one before where that promises too. */
function isDated(draft: Draft, sentence: number): boolean {
  const days = new Set(marksOf(draft, 'day').map((day) => day.sentence));
  if (days.has(sentence) || days.has(sentence + 1)) return true;
  return days.has(sentence - 1) && draft.found.some((one) => one.sentence === sentence - 1 && isPromise(one));
}

/** Sentences that promise something by a day, each with the sentences in which that day may stand, the likeliest first. */
export function datedPromises(
  draft: Draft,
): readonly { readonly sentence: number; readonly days: readonly number[] }[] {
  const fine = draft.found.filter(({ saying }) => saying.part === 'fine' && saying.rule === 'no-date');
  const promises = draft.found.filter(
    (one) => isPromise(one) && !isWithin(draft.quoted, one.at) && !fine.some((other) => overlaps(other.at, one.at)),
  );
  const dated = new Set(marksOf(draft, 'day').map(({ sentence }) => sentence));
  return [...new Set(promises.map(({ sentence }) => sentence))].flatMap((sentence) => {
    const days = [sentence, sentence + 1].filter((one) => dated.has(one));
    return days.length > 0 ? [{ sentence, days }] : [];
  });
}

const isPromise = ({ saying }: Found) => saying.part === 'wrong' && saying.rule === 'no-date';

function told(text: string, { rule, at, rewrite, why }: Pointed, book: Rulebook): Finding {
  const known = book.rules.get(rule);
  if (!known) throw new Error(`no rule is called ${rule}`);
  return {
    rule,
    evidence: text.slice(...at),
    at,
    why: why ?? known.why,
    rewrite: rewrite ?? known.rewrite ?? '',
    severity: known.severity,
  };
}

/** Words are the same in whatever case, with whatever marks between them; addresses are what they are. */
function isAllowed({ rule, evidence }: Finding, allowed: Allowed): boolean {
  if (rule !== allowed.rule || rule === notChecked) return false;
  const sameWords = (text: string) => (text.includes('@') ? text.trim().toLowerCase() : plainWords(text).join(' '));
  return allowed.words === null || sameWords(allowed.words) === sameWords(evidence);
}
