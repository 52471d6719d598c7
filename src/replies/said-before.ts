/** Whether nearly the same was answered before; the same thanks may be said as often as there is praise. */
import { plainWords, sharedPart } from '../text/fingerprint.ts';
import { type Draft, marksOf } from './draft.ts';

/** So much of the pairs of words of both: another name or dish in it makes no other answer. */
const same = 0.7;

export function isSaidBefore(draft: Draft, earlier: readonly string[]): boolean {
  if (earlier.length === 0 || isThanks(draft)) return false;
  const words = plainWords(draft.text);
  return earlier.some((text) => {
    const others = plainWords(text);
    if (words.length === 0 || others.length === 0) return false;
    return others.join(' ') === words.join(' ') || sharedPart(words, others) >= same;
  });
}

/** Thanks, and no word that one writes to somebody who complained. */
function isThanks(draft: Draft): boolean {
  return marksOf(draft, 'thanks').length > 0 && marksOf(draft, 'amends').length === 0;
}
