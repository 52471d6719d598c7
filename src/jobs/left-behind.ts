/** What to say of open cases under a name that the config does not know any more: nothing else shows them. */
import type { LeftBehind } from '../store/brands.ts';
import { shellWord } from '../text/command.ts';
import { count } from '../text/count.ts';

/** With what to do; null where there are none. @param brands what the config names */
export function sayLeftBehind(
  left: readonly LeftBehind[],
  brands: readonly { readonly name: string }[],
): string | null {
  const [first] = left;
  if (!first) return null;
  if (left.length > 1) {
    const total = left.reduce((sum, { openCases }) => sum + openCases, 0);
    return `${count(total, 'open case')} of ${left.length} brands that the config does not name any more: no list shows them. \`npx earshot check\` says what to do.`;
  }
  return sayOneLeft(first, brands);
}

/** The same of one brand, with its id. */
export function sayOneLeft({ id, name, openCases }: LeftBehind, brands: readonly { readonly name: string }[]): string {
  const stand = `${openCases === 1 ? '1 open case stands' : `${openCases} open cases stand`} under ${name}`;
  const shown = `\`npx earshot list --brand ${shellWord(id)}\` shows ${openCases === 1 ? 'it' : 'them'}.`;
  // A brand that was given its old id back leaves what it heard under the new one.
  if (brands.some((brand) => brand.name === name))
    return `${stand} as it was known before (id ${id}), and no other list shows ${openCases === 1 ? 'it' : 'them'}: ${shown}`;
  const along = openCases === 1 ? 'it comes' : 'they come';
  return `${stand}, which the config does not name any more, so no list shows ${openCases === 1 ? 'it' : 'them'}. If ${name} has a new name there, write \`id: ${id}\` under it and keep ${name} among its \`aliases\`, and ${along} along. ${shown}`;
}
