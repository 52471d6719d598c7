/** Names of accounts: as the owner writes them in the config, as people call them in text. */

export interface Called {
  /** Ways to know the account, the fullest first: `bluedoor@mastodon.example`, `bluedoor`. */
  readonly keys: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** How an account is compared: lower case, without @, u/ and the address of its profile. Empty where nothing is left. */
export function handleKey(written: string): string {
  const last = /:\/\//.test(written)
    ? (written
        .replace(/[/?#]+$/, '')
        .split('/')
        .at(-1) ?? '')
    : written;
  return last
    .trim()
    .toLowerCase()
    .replace(/^\/?u\//, '')
    .replace(/^@+/, '');
}

/** The keys by which an account may stand in a config: with its server, and without. */
export function handleKeys(written: string): readonly string[] {
  const key = handleKey(written);
  const [local = ''] = key.split('@');
  return [...new Set([key, local])].filter((each) => each !== '');
}

const called = /(?:@|u\/)([\p{L}\p{N}_][\p{L}\p{N}_.-]{0,253}(?:@[\p{L}\p{N}][\p{L}\p{N}.-]{0,253})?)/gu;
const inside = /[\p{L}\p{N}_.@-]/u;

/** Accounts called by name in running text (`@bluedoor.coffee`, `u/bluedoor`). */
export function handlesIn(text: string): readonly Called[] {
  if (!text.includes('@') && !text.includes('u/')) return [];
  const found: Called[] = [];
  for (const match of text.matchAll(called)) {
    const start = match.index - (text.startsWith('/u/', match.index - 1) ? 1 : 0);
    if (start > 0 && inside.test(text.charAt(start - 1))) continue;
    const written = match[1] ?? '';
    const name = written.replace(/[.-]+$/, '');
    found.push({ keys: handleKeys(name), start, end: match.index + match[0].length - (written.length - name.length) });
  }
  return found;
}
