/** Reads the things that HTML marks as schema.org items, by the names of their properties. */
import { createRequire } from 'node:module';
import type { DomNode } from 'html-to-text';

/** A property's plain words, or the address where it is a link; of a property that comes twice the first counts. */
export type Microdata = ReadonlyMap<string, string>;

const load = createRequire(import.meta.url);
const longest = 1_000_000;
const deepest = 60;
const most = 200;

/** Items of the type (`Article`) in order; items within them are read as words. */
export function microdata(html: string, type: string): readonly Microdata[] {
  if (!html.includes('itemtype')) return [];
  const found: Microdata[] = [];
  const { convert } = load('html-to-text') as typeof import('html-to-text');
  convert(html, {
    limits: { maxInputLength: longest, maxDepth: deepest, maxBaseElements: most },
    baseElements: { selectors: [`[itemtype$="schema.org/${type}"]`], returnDomByDefault: false },
    selectors: [{ selector: `[itemtype$="schema.org/${type}"]`, format: 'keep' }],
    formatters: {
      keep: (element) => {
        const properties = new Map<string, string>();
        readInto(properties, element.children ?? [], 0);
        found.push(properties);
      },
    },
  });
  return found;
}

function readInto(properties: Map<string, string>, nodes: readonly DomNode[], depth: number): void {
  for (const node of nodes) {
    const name: unknown = node.attribs?.itemprop;
    const address: unknown = node.attribs?.href;
    const within = node.attribs?.itemscope === undefined;
    if (typeof name === 'string' && !properties.has(name)) {
      properties.set(name, typeof address === 'string' ? address.trim() : wordsOf(node, 0).trim());
    }
    if (within && depth < deepest) readInto(properties, node.children ?? [], depth + 1);
  }
}

/** Entities are decoded by the parser already. */
function wordsOf(node: DomNode, depth: number): string {
  if (node.type === 'text') return (node.data ?? '').replaceAll(/\s+/gu, ' ');
  if (node.name === 'br') return '\n';
  if (depth >= deepest || node.type === 'script' || node.type === 'style' || node.type === 'comment') return '';
  return (node.children ?? []).map((child) => wordsOf(child, depth + 1)).join('');
}
