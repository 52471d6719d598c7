/** The forms in which people write a name: "Blue Door", "Blue-Door", "bluedoor", "The Blue Door". */
import { fold } from './fold.ts';

export interface Form {
  /** Folded; a space stands for any space, hyphen or underscore. */
  readonly key: string;
  /** A one-word name that people write as two ("BlueDoor"): the parts must then begin with capitals. */
  readonly initials: boolean;
}

const shortestCompact = 4;
const mostJoints = 4;
/** Words that stand for "&" in the languages we read. */
const ands = ['and', 'y', 'e', 'et', 'und', 'en'];

/** All forms of a name or phrase; none where nothing of it can be searched for (only punctuation). */
export function formsOf(name: string): readonly Form[] {
  const forms = new Map<string, Form>();
  const put = (key: string, initials = false) => {
    if (key !== '' && !forms.has(key)) forms.set(key, { key, initials });
  };
  for (const spelling of spellingsOf(name)) {
    const parts = partsOf(spelling);
    for (const key of joined(parts)) put(key);
    if (parts[0] === 'the' && parts.length > 2) for (const key of joined(parts.slice(1))) put(key);
    const humps = spelling.trim().match(/^[A-Z][a-z]{2,}(?:[A-Z][a-z]{2,})+$/) ? spelling.match(/[A-Z][a-z]+/g) : null;
    if (humps) put(humps.join(' ').toLowerCase(), true);
    for (const key of withSigns(spelling)) put(key);
  }
  return [...forms.values()];
}

/** The same without the liberties that names are written with: no words run together, none left out. For phrases of a query. */
export function phraseForms(phrase: string): readonly string[] {
  const keys = spellingsOf(phrase).flatMap((spelling) => [partsOf(spelling).join(' '), ...withSigns(spelling)]);
  return [...new Set(keys)].filter((key) => key !== '');
}

function spellingsOf(name: string): readonly string[] {
  const composed = name.normalize('NFC');
  const german = /[äöü]/iu.test(composed) ? [composed.replace(/[äöü]/giu, (letter) => `${fold(letter).text}e`)] : [];
  const spelled = /\s&\s|[^\s]&[^\s]/u.test(composed)
    ? ands.map((and) => composed.replaceAll(/\s*&\s*/gu, ` ${and} `))
    : [];
  return [composed, ...german, ...spelled];
}

/** Words of a name as they are compared; `&`, `+`, `#` and a dot inside a word belong to it. */
function partsOf(name: string): readonly string[] {
  return fold(name)
    .text.replaceAll("'", '')
    .replaceAll(/\s*&\s*/gu, '&')
    .replaceAll(/^[^\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}+#]+$/gu, '')
    .split(/[^\p{L}\p{N}\p{M}&+#.]+/u)
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
}

/** A sign within a name that no gap is: a slash, a quotation mark, an emoji. */
const sign = /[^\p{L}\p{N}\p{M}\s&+#.]/u;

/** The name with its own signs, as those write it who copy it from its door; none where it has none. */
function withSigns(name: string): readonly string[] {
  const key = fold(name)
    .text.replaceAll("'", '')
    .replaceAll(/[\s_-]+/gu, ' ')
    .replaceAll(/\s*&\s*/gu, '&')
    .replaceAll(/[“”„«»]/gu, '"')
    .replaceAll(/^[^\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}+#]+$/gu, '');
  if (!sign.test(key)) return [];
  // Telephones turn straight quotation marks into round ones by themselves.
  return [key, key.replaceAll(/(?<![^ ])"/gu, '“').replaceAll('"', '”')];
}

function joined(parts: readonly string[]): readonly string[] {
  if (parts.length === 0) return [];
  const compact = parts.join('');
  const keys = [parts.join(' ')];
  if (parts.length > 1 && compact.length >= shortestCompact) {
    const joints = parts.length - 1;
    for (let pattern = 0; joints <= mostJoints && pattern < 2 ** joints - 1; pattern++) {
      keys.push(parts.map((part, i) => (i > 0 && (pattern >> (i - 1)) & 1 ? ` ${part}` : part)).join(''));
    }
    keys.push(compact);
  }
  const dotted = keys.filter((key) => key.includes('.'));
  for (const key of dotted) {
    if (key.replaceAll('.', '').length >= shortestCompact) keys.push(key.replaceAll('.', ''));
    if (key.split('.').every((piece) => piece.length >= 3)) keys.push(key.replaceAll('.', ' '));
  }
  return keys;
}

/** Letters and digits alone, capitals kept: what must be equal where capitals count. */
export function capitalsOf(written: string): string {
  return written
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .normalize('NFC');
}
