/** Where our name and our rivals' stand in a post. */
import type { Brand } from '../brand.ts';
import { listenFor, type NameAt } from '../match/names-in.ts';
import type { Field, Hit, Post } from '../mention.ts';
import { judgedLength, type Named } from './reading.ts';

/** Worked out once a brand. */
const rivals = new WeakMap<Brand, (text: string) => readonly NameAt[]>();

function rivalsOf(brand: Brand): (text: string) => readonly NameAt[] {
  const known = rivals.get(brand);
  if (known) return known;
  const made = listenFor(brand.rivals);
  rivals.set(brand, made);
  return made;
}

/** "switched from Red Door to" right before our name: where somebody came from is somebody else, listed among the rivals or not. */
const cameFrom =
  /(?:^|[^\p{L}])(?:[Ss]witch|[Mm]ov|[Cc]hang|[Ss]wapp?|[Ww]ent|[Cc]ame|[Cc]om(?:e|ing)|[Gg]one|[Ll]eft|[Cc]ambi|[Pp]ass[aéei]|[Mm]ud|[Tt]ro[cq]u?|[Oo]vergestap|[Vv]on|[Uu]mgestieg|[Gg]ewechsel)\p{Ll}*(?:\s\p{Ll}+){0,3}?(?:\s(?:from|von|vom|de|du|da|dal|van))?\s(?:the\s|der\s)?(\p{Lu}[\p{L}\p{N}&'’.-]*(?:\s[\p{Lu}\p{N}&][\p{L}\p{N}&'’.-]*){0,3})(?:\s(?:over|back))?$/u;
/** Its end, by itself: it stands before hardly any name. */
const to = /\s(?:to|zu|zum|zur|nach|a|à|al|chez|para|pro|pra|naar)\s(?:the\s|The\s|o\s|la\s|el\s)?$/u;
const cameReach = 120;

function left(text: string, named: readonly Named[]): readonly Named[] {
  for (const { as, field, start } of named) {
    if (as !== '<us>' || field !== 'text') continue;
    const before = text.slice(Math.max(0, start - cameReach), start);
    const name = cameFrom.exec(before.slice(0, to.exec(before)?.index ?? 0))?.[1];
    if (name === undefined) continue;
    const found: Named[] = [];
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length))
      if (!named.some((each) => each.field === 'text' && each.start < at + name.length && each.end > at))
        found.push({ as: '<them>', field: 'text', start: at, end: at + name.length });
    return found;
  }
  return [];
}

/** Our name from the hits, rivals' names as the matcher would find them. */
export function nameThem(post: Post, brand: Brand | null, hits: readonly Hit[]): readonly Named[] {
  const named: Named[] = [];
  for (const { kind, field, at } of hits) {
    // What a query asks for is seldom a name.
    if (kind !== 'query' && at && (field === 'text' || field === 'title'))
      named.push({ as: '<us>', field, start: at[0], end: at[1] });
  }
  if (!brand) return named;
  named.push(...left(post.text.slice(0, judgedLength), named));
  if (brand.rivals.length === 0) return named;
  const find = rivalsOf(brand);
  const putTheirs = (text: string, field: Field) => {
    for (const { start, end } of find(text.slice(0, judgedLength))) named.push({ as: '<them>', field, start, end });
  };
  if (post.title !== null) putTheirs(post.title, 'title');
  putTheirs(post.text, 'text');
  return named;
}
