/** The number that a page is looked up by, equal for all spellings of its address. */
import { canonicalUrl } from '../text/canonical-url.ts';
import { hash53 } from '../text/fingerprint.ts';

/** Null where it is no address of a page. */
export function addressHash(url: string | null): number | null {
  const address = url === null ? null : canonicalUrl(url);
  return address === null ? null : hash53(address);
}
