/** What to look for: the names, accounts, domains and phrases of all brands, ready to be looked up. */
import type { Brand } from '../brand.ts';
import { capitalsOf, formsOf } from './forms.ts';
import { handleKey, handleKeys } from './handles.ts';
import { growTree, type Tree } from './tree.ts';

export interface Term {
  /** Place in the list of brands. */
  readonly brand: number;
  /** As the owner wrote it. */
  readonly term: string;
  readonly role: 'name' | 'alias' | 'exclude' | 'require' | 'rival';
  /** The letters with their capitals, where capitals count. */
  readonly capitals: string | null;
  /** The parts must begin with capitals in the text. */
  readonly initials: boolean;
  /** Several words, or one of some length: enough to mean the brand in an address's path. */
  readonly telling: boolean;
}

export interface Known {
  readonly brand: number;
  readonly term: string;
}

export interface Terms {
  readonly tree: Tree<Term>;
  readonly handles: ReadonlyMap<string, readonly Known[]>;
  readonly domains: ReadonlyMap<string, readonly Known[]>;
  /** Own accounts as the owner wrote them: one with a server is only that one, one without is theirs on any server. */
  readonly owners: ReadonlyMap<string, Known[]>;
  /** By brand: whether its own domains are known, so that another with its name is not its own. */
  readonly hasDomains: readonly boolean[];
}

export function termsOf(brands: readonly Brand[]): Terms {
  const tree = growTree<Term>();
  const handles = new Map<string, Known[]>();
  const owners = new Map<string, Known[]>();
  const domains = new Map<string, Known[]>();
  for (const [place, brand] of brands.entries()) {
    const put = (term: string, role: Term['role']) => plant(tree, term, role, place, brand.caseSensitive);
    put(brand.name, 'name');
    for (const alias of brand.aliases) put(alias, 'alias');
    for (const phrase of brand.exclude) put(phrase, 'exclude');
    for (const word of brand.require) put(word, 'require');
    for (const rival of brand.rivals) put(rival, 'rival');
    for (const handle of brand.handles) for (const key of handleKeys(handle)) note(handles, key, place, handle);
    for (const handle of brand.handles) note(owners, handleKey(handle), place, handle);
    for (const domain of brand.domains) note(domains, domainKey(domain), place, domain);
  }
  return { tree, handles, owners, domains, hasDomains: brands.map((brand) => brand.domains.length > 0) };
}

function plant(tree: Tree<Term>, term: string, role: Term['role'], brand: number, caseSensitive: boolean): void {
  const counts = caseSensitive && (role === 'name' || role === 'alias');
  for (const form of formsOf(term)) {
    tree.add(form.key, {
      brand,
      term,
      role,
      capitals: counts ? capitalsOf(term) : null,
      initials: form.initials,
      telling: /[ .&]/.test(formsOf(term)[0]?.key ?? ''),
    });
  }
}

function note(map: Map<string, Known[]>, key: string, brand: number, term: string): void {
  if (key === '') return;
  const known = map.get(key) ?? [];
  if (!known.some((each) => each.brand === brand)) map.set(key, [...known, { brand, term }]);
}

/** A domain as hosts are compared, whatever way the owner wrote it (`https://www.bluedoor.example/`). */
function domainKey(domain: string): string {
  return domain
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^(?:www|\*)\./, '')
    .replace(/[/:?#].*$/, '');
}
