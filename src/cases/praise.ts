/** What a customer allowed to be done with their praise: one pure ledger of what was asked, answered and used. */

export const praiseKinds = ['ask', 'yes', 'no', 'used', 'thank', 'undo'] as const;
export type PraiseKind = (typeof praiseKinds)[number];

export interface PraiseDetails {
  /** Where they were asked, where they answered, or where it was used. */
  readonly where?: string;
  readonly why?: string;
  /** Of `ask`: leave to quote them, or a review somewhere. */
  readonly for?: 'words' | 'review';
  /** Of `yes`: where in the post the allowed words stand, and what makes them known again. Only posts hold words. */
  readonly at?: readonly [start: number, end: number];
  readonly print?: string;
  /** Of `yes`: words that they gave beside the post; of `thank`: what was written. */
  readonly words?: string;
  /** Of `yes`: the name that may stand below; without one, none may. */
  readonly named?: string;
  /** Of `yes`: the post may be linked. */
  readonly linked?: boolean;
}

/** Never rewritten; times are milliseconds UTC. */
export interface PraiseEvent {
  readonly kind: PraiseKind;
  readonly at: number;
  readonly by: string;
  readonly details: PraiseDetails;
}

export type Answer = 'not-asked' | 'asked' | 'yes' | 'no';

/** What the events add up to. */
export interface Ledger {
  readonly answer: Answer;
  /** The yes that stands; null where none does. */
  readonly allowed: PraiseEvent | null;
  readonly asked: PraiseEvent | null;
  /** Uses under a yes, also one that was taken back since. */
  readonly used: readonly PraiseEvent[];
  readonly thanked: PraiseEvent | null;
}

/** What was not taken back, in order. */
function standingPraise(events: readonly PraiseEvent[]): readonly PraiseEvent[] {
  const standing: PraiseEvent[] = [];
  for (const event of events) {
    if (event.kind === 'undo') standing.pop();
    else standing.push(event);
  }
  return standing;
}

/** The last word of the customer holds: a no takes every yes before it back, and the other way round. */
export function ledgerOf(events: readonly PraiseEvent[]): Ledger {
  const standing = standingPraise(events);
  const last = (kind: PraiseKind) => standing.findLast((event) => event.kind === kind) ?? null;
  const word = standing.findLast(({ kind }) => kind === 'yes' || kind === 'no');
  const asked = last('ask');
  return {
    answer: word?.kind === 'yes' ? 'yes' : word ? 'no' : asked ? 'asked' : 'not-asked',
    allowed: word?.kind === 'yes' ? word : null,
    asked,
    used: standing.filter(({ kind }) => kind === 'used'),
    thanked: last('thank'),
  };
}

/** Why something cannot be written down now, as a sentence with the next step; null where it can. */
export function praiseRefusal(
  events: readonly PraiseEvent[],
  kind: PraiseKind,
  { where }: PraiseDetails,
): string | null {
  const { answer } = ledgerOf(events);
  switch (kind) {
    case 'ask':
      if (answer === 'no')
        return 'they said no. Leave it at that; should they change their mind, write down `praise yes`.';
      return answer === 'yes' ? 'they said yes already: nothing to ask.' : null;
    case 'used':
      if (answer !== 'yes') return 'nobody has said yes to it. Ask first: `praise ask`.';
      return where?.trim() ? null : 'say where it stands now, as in `--where "our website"`.';
    case 'undo':
      return standingPraise(events).length === 0 ? 'there is nothing to take back.' : null;
    default:
      return null;
  }
}

/** What is known of one kind post. */
export interface Kind {
  /** 0 to 1. */
  readonly score: number;
  readonly length: number;
  readonly topics: number;
  readonly followers: number | null;
  /** Full stars; false also where there are none. */
  readonly fullStars: boolean;
  /** How often the same customer praised us. */
  readonly praised: number;
}

/**
 * How telling praise is to somebody who does not know us: warm, says of what, neither a shout nor an essay, from somebody
 * who came back or whom many hear. Each counts about alike; chosen by reason, not measured.
 */
export function telling({ score, length, topics, followers, fullStars, praised }: Kind): number {
  const fits = length >= 60 && length <= 500 ? 1 : 0;
  const heard = followers === null ? 0 : Math.min(1, Math.log10(1 + followers) / 5);
  return 2 * score + fits + (topics > 0 ? 1 : 0) + (fullStars ? 1 : 0) + (praised > 1 ? 1 : 0) + heard;
}
