/** HTML as a tree that is safe to walk, however deep, long or broken the page is. */
import { createRequire } from 'node:module';

export interface Element {
  readonly name: string;
  /** Names are lower case; entities are decoded. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Elements, and the text between them with its entities decoded. */
  readonly children: readonly (Element | string)[];
}

/** What stands deeper is hung up here, so that nobody's recursion runs out of stack. */
const deepest = 200;
/** No page that people wrote is nested like this; the parser takes time with the square of it. */
const absurd = 5000;

interface Open extends Element {
  readonly children: (Element | string)[];
}

const load = createRequire(import.meta.url);

/** The page's root, called '' and without attributes. */
export function elementsOf(html: string): Element {
  const { Parser } = load('htmlparser2') as typeof import('htmlparser2');
  const root: Open = { name: '', attributes: new Map(), children: [] };
  const open: Open[] = [root];
  let depth = 0;
  let over = false;
  const within = () => open.at(-1) ?? root;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        depth += 1;
        over ||= depth > absurd;
        const element: Open = { name, attributes: new Map(Object.entries(attributes)), children: [] };
        within().children.push(element);
        if (depth < deepest) open.push(element);
      },
      ontext: (text) => within().children.push(text),
      onclosetag: () => {
        if (depth < deepest) open.pop();
        depth -= 1;
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  for (let at = 0; at < html.length && !over; at += pieceLength) parser.write(html.slice(at, at + pieceLength));
  if (!over) parser.end();
  return root;
}

/** Between two pieces it is looked whether the page is absurd. */
const pieceLength = 20_000;

type Is = (element: Element) => boolean;

/** Elements in the order of the page, those within others too, of which it is true. @param enter false: what stands within stays out */
export function* elementsWhere(root: Element, is: Is, enter: Is = () => true): Iterable<Element> {
  for (const child of root.children) {
    if (typeof child === 'string') continue;
    if (is(child)) yield child;
    if (enter(child)) yield* elementsWhere(child, is, enter);
  }
}

/** @param name one of the words of its `class` */
export function hasClass({ attributes }: Element, name: string): boolean {
  return (attributes.get('class') ?? '').split(/\s+/u).includes(name);
}

const silent = new Set(['script', 'style', 'template', 'noscript']);

/** Its words, as a browser would show them without any style; `<br>` is a line break. */
export function wordsOf(element: Element): string {
  const words = (one: Element): string =>
    one.children
      .map((child) => {
        if (typeof child === 'string') return child.replaceAll(/\s+/gu, ' ');
        if (child.name === 'br') return '\n';
        return silent.has(child.name) ? '' : words(child);
      })
      .join('');
  return words(element)
    .replaceAll(/ *\n */gu, '\n')
    .trim();
}
