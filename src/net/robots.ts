/** What a site's robots.txt says to us: pages are read only where their owner does not mind programs. */
import { createRequire } from 'node:module';
import { Fault } from './fault.ts';
import type { Http } from './http.ts';

/** How site owners name us in their robots.txt. */
const agent = 'Earshot';
/** RFC 9309 §2.5: so much of it counts. */
const mostCharacters = 500 * 1024;

/** The module itself is the function that its types call `default`. */
type Robots = typeof import('robots-parser')['default'];
const load = createRequire(import.meta.url);

/**
 * Whether programs may read the page, by the rules of RFC 9309: a site that has no robots.txt, or shows it to nobody, minds
 * nothing. @throws Fault where the site cannot say it now: then the page has to wait.
 */
export async function mayRead(http: Http, page: string): Promise<boolean> {
  const address = new URL('/robots.txt', page).href;
  const rules = (await rulesAt(http, address)).slice(0, mostCharacters);
  const robots: Robots = load('robots-parser');
  return robots(address, rules).isAllowed(page, agent) ?? true;
}

async function rulesAt(http: Http, address: string): Promise<string> {
  try {
    return (await http.text(address)).body;
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.kind === 'unreachable' || fault.kind === 'slow-down') throw fault;
    return '';
  }
}
