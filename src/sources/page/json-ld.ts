/** JSON-LD as sites really write it: comments, stray control characters, wrappers and commas too many are seen past. */
import { parseJson } from '../../net/parse-json.ts';
import { plainText } from '../../text/plain.ts';

/** Undefined where the block is damaged beyond that. */
export function parseJsonLd(block: string): unknown {
  for (const read of [(text: string) => text, unwrapped, mended]) {
    try {
      return parseJson(read(block));
    } catch (error) {
      if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
    }
  }
  return undefined;
}

/** Out of `<!-- … -->` or CDATA, and with its quotation marks where somebody escaped the whole for HTML. */
function unwrapped(block: string): string {
  const inner = block
    .trim()
    .replace(/^(?:\/\/|\/\*)?\s*(?:<!--|<!\[CDATA\[)(?:\s*\*\/)?/, '')
    .replace(/(?:\/\/|\/\*)?\s*(?:-->|\]\]>)(?:\s*\*\/)?\s*;?$/, '')
    .trim();
  return /^[[{]\s*&quot;/.test(inner) ? plainText(inner) : inner;
}

/** Strings are kept as they are; between them stand comments, which no JSON has. */
const stringOrComment = /("(?:[^"\\]|\\[\s\S])*")|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|<!--[\s\S]*?(?:-->|$)/g;
/** A comma with nothing behind it. */
const stringOrComma = /("(?:[^"\\]|\\[\s\S])*")|,(?=\s*[}\]])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\u0000-\u001f]/g;

function mended(block: string): string {
  return unwrapped(block)
    .replaceAll(stringOrComment, (_found, text: string | undefined) => text?.replaceAll(control, escaped) ?? ' ')
    .replaceAll(stringOrComma, (_found, text: string | undefined) => text ?? ' ');
}

const escaped = (sign: string) => JSON.stringify(sign).slice(1, -1);
