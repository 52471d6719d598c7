/** What is left of a complaint where no customer seems to speak. */
import type { Reason } from '../mention.ts';
import type { Apart } from './judges/apart.ts';
import { round } from './reasons.ts';

/** From here on our judges are sure of a complaint. */
const sureFrom = 0.85;
/** Of the line below which nobody looks. */
const apartShare = 0.8;

/** Who is heard against a complaint of that probability; nobody where the judges are surer, or sure of something grave. */
export function whoSpeaks(apart: Apart | null, said: number, rises: boolean): Apart | null {
  return said < sureFrom || (apart?.sure && !rises) ? apart : null;
}

/** Where surely no customer speaks it is no complaint; where one of us is sure and the other is not, a person decides. */
export function withoutCustomer(
  said: number,
  { sure }: Apart,
  { complaint, unsure }: { readonly complaint: number; readonly unsure: number },
): number {
  return Math.min(said, sure && said < sureFrom ? apartShare * unsure : (complaint + unsure) / 2);
}

/** Why it is no customer's. */
export function apartReason({ rule, over }: Apart): Reason {
  return { of: 'complaint', rule, field: 'text', at: null, weight: -round(over) };
}
