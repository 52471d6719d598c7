/** Finds the addresses that stand in a text, and the host an address leads to. */

export interface Address {
  /** Lower case, without user, port and `www.`; may be an international name as written. */
  readonly host: string;
  /** What follows the host. */
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

const hostLetter = /[\p{L}\p{N}.-]/u;
const hostEdge = /[\p{L}\p{N}]/u;
const breaks = /[\s<>()[\]"'„“”«»,;|]/u;
const unbroken = /^[^\s<>()[\]"'„“”«»|]+/u;
const longestHost = 253;
const longestRun = 500;

/** Host and path of one address; null where it has no host. Never throws. */
export function readAddress(address: string): { readonly host: string; readonly path: string } | null {
  const begin = address.indexOf('://');
  const rest = begin >= 0 ? address.slice(begin + 3) : address.replace(/^\/\//, '');
  const cut = rest.search(/[/?#\\]/);
  const authority = cut >= 0 ? rest.slice(0, cut) : rest;
  const host = authority
    .slice(authority.lastIndexOf('@') + 1)
    .replace(/:\d*$/, '')
    .replace(/\.$/, '')
    .toLowerCase();
  if (host === '' || host.length > longestHost || !host.includes('.')) return null;
  return { host: host.replace(/^www\./, ''), path: cut >= 0 ? rest.slice(cut) : '' };
}

/** Addresses in running text, with or without `https://`, in order. An address inside another one's path is not found again. */
export function addressesIn(text: string): readonly Address[] {
  const found: Address[] = [];
  let from = 0;
  for (let dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', from)) {
    from = dot + 1;
    // The end of a sentence, as most are.
    if (!(text.charCodeAt(from) > 0x20)) continue;
    if (!hostEdge.test(text.charAt(dot - 1)) || !hostEdge.test(text.charAt(dot + 1))) continue;
    let start = dot;
    const earliest = Math.max(found.at(-1)?.end ?? 0, dot - longestHost);
    while (start > earliest && !breaks.test(text.charAt(start - 1))) start--;
    const run = unbroken.exec(text.slice(start, start + longestRun))?.[0] ?? '';
    const address = run.includes('://') ? schemed(run, start) : bare(text, dot);
    if (address) found.push(address);
    from = Math.max(from, address?.end ?? 0);
  }
  return found;
}

function schemed(run: string, start: number): Address | null {
  const scheme = run.indexOf('://');
  const trimmed = run.replace(/[.,;:!?…]+$/u, '');
  const read = readAddress(trimmed.slice(scheme));
  return read && { ...read, start, end: start + trimmed.length };
}

/** `bluedoor.example` or `ana@bluedoor.example`, but not what follows a slash or comes before an @. */
function bare(text: string, dot: number): Address | null {
  let start = dot;
  while (start > 0 && dot - start < longestHost && hostLetter.test(text.charAt(start - 1))) start--;
  let end = dot + 1;
  while (end < text.length && end - dot < longestHost && hostLetter.test(text.charAt(end))) end++;
  while (end > start && /[.-]/.test(text.charAt(end - 1))) end--;
  if (start === dot || end <= dot + 1 || text.charAt(end) === '@' || /[/=\\]/.test(text.charAt(start - 1))) return null;
  const path =
    /^[/?#][^\s<>()[\]"'„“”«»|]*/u.exec(text.slice(end, end + longestRun))?.[0].replace(/[.,;:!?…]+$/u, '') ?? '';
  const host = text
    .slice(start, end)
    .toLowerCase()
    .replace(/^www\./, '');
  return { host, path, start, end: end + path.length };
}

/** The host itself and the domains it belongs to, longest first: `a.b.example` → `a.b.example`, `b.example`. */
export function domainsOf(host: string): readonly string[] {
  const labels = host.split('.');
  return labels.slice(0, -1).map((_label, i) => labels.slice(i).join('.'));
}
