/** What a page tells programs about itself in the words of schema.org: its JSON-LD as text, its microdata as nested items. */
import { type Element, elementsOf, elementsWhere, wordsOf } from './elements.ts';

/** As JSON-LD would have it: `{ '@type': ['Review'], author: [{ '@type': ['Person'], name: ['Ana'] }] }`. */
export type MarkedItem = Readonly<Record<string, readonly unknown[] | string>>;

export interface Marked {
  /** The text of each JSON-LD block, in order. */
  readonly blocks: readonly string[];
  /** Items that are no property of another one. */
  readonly items: readonly MarkedItem[];
}

export function markedIn(html: string): Marked {
  if (!/ld\+json|itemscope/i.test(html)) return { blocks: [], items: [] };
  const page = elementsOf(html);
  return {
    blocks: [...elementsWhere(page, isJsonLd)].map(({ children }) => children.join('')),
    items: [...elementsWhere(page, (element) => isItem(element) && namesOf(element).length === 0)].map(itemOf),
  };
}

const isJsonLd = ({ name, attributes }: Element) =>
  name === 'script' && /^\s*application\/ld\+json\b/i.test(attributes.get('type') ?? '');
const isItem = ({ attributes }: Element) => attributes.has('itemscope');
const namesOf = ({ attributes }: Element) => partsOf(attributes.get('itemprop'));
const partsOf = (list: string | undefined) => (list ?? '').split(/\s+/u).filter((part) => part !== '');

function itemOf(element: Element): MarkedItem {
  const properties = new Map<string, unknown[]>();
  const read = ({ children }: Element): void => {
    for (const child of children) {
      if (typeof child === 'string') continue;
      const names = namesOf(child);
      const value = names.length === 0 ? null : isItem(child) ? itemOf(child) : givenIn(child);
      for (const name of names) properties.set(name, [...(properties.get(name) ?? []), value]);
      if (!isItem(child)) read(child);
    }
  };
  read(element);
  const id = element.attributes.get('itemid');
  return {
    ...Object.fromEntries(properties),
    '@type': partsOf(element.attributes.get('itemtype')),
    ...(id === undefined ? {} : { '@id': id }),
  };
}

/** What a page gives for programs goes before what it shows. */
function givenIn(element: Element): string {
  const given = ['content', 'datetime', 'href', 'src', 'value'].map((name) => element.attributes.get(name));
  return (given.find((value) => value !== undefined) ?? wordsOf(element)).trim();
}
