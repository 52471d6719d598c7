/** Reads the things that HTML marks as schema.org items, by the names of their properties. */
import { type Element, elementsOf, elementsWhere, wordsOf } from './elements.ts';

/** A property's plain words, or the address where it is a link; of a property that comes twice the first counts. */
export type Microdata = ReadonlyMap<string, string>;

const most = 200;

/** Items of the type (`Article`) in order; items within them are read as words. */
export function microdata(html: string, type: string): readonly Microdata[] {
  if (!html.includes('itemtype')) return [];
  const isOne = ({ attributes }: Element) => attributes.get('itemtype')?.endsWith(`schema.org/${type}`) ?? false;
  return [...elementsWhere(elementsOf(html), isOne)].slice(0, most).map((item) => {
    const properties = new Map<string, string>();
    readInto(properties, item);
    return properties;
  });
}

function readInto(properties: Map<string, string>, { children }: Element): void {
  for (const child of children) {
    if (typeof child === 'string') continue;
    const { attributes } = child;
    const name = attributes.get('itemprop');
    if (name !== undefined && !properties.has(name))
      properties.set(name, attributes.get('href')?.trim() ?? wordsOf(child));
    if (!attributes.has('itemscope')) readInto(properties, child);
  }
}
