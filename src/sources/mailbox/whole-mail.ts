/** A mail taken whole: what it says, how many stars it tells of, and where that can be read. */
import type { Rating } from '../../mention.ts';
import type { Mail } from '../../net/mail.ts';
import { links } from '../../text/plain.ts';
import { webLinks } from '../web-links.ts';
import { mayOpen, type Sender } from './sender.ts';
import { starsIn } from './stars.ts';
import { wholeWordsOf, wordsOf } from './words.ts';

export interface WholeMail {
  readonly words: string;
  readonly rating: Rating | null;
  /** The first link that names a page; logos lead to front pages. */
  readonly url: string | null;
  readonly links: readonly string[];
}

/** Count to ten; from general knowledge, for the mails that give a bare number. */
const tenPoints = new Set(['agoda.com', 'booking.com', 'expedia.com', 'hostelworld.com', 'thefork.com']);

/** In the subject: the stars of several reviews are nobody's. */
const several =
  /(?<!\d)(?:[2-9]|[1-9]\d+) (?:\p{L}+ )?(?:reviews|bewertungen|rezensionen|avis|reseñas|opiniones|recensioni|beoordelingen|recensies|avaliações)/iu;

const mostLinks = 100;
const longestHtml = 300_000;

export function readWhole(mail: Mail, sender: Sender): WholeMail {
  const words = wordsOf(mail);
  const subject = mail.subject ?? '';
  const scale = tenPoints.has(sender.domain ?? '') ? 10 : 5;
  const told = [subject, words, wholeWordsOf(mail), pictureWords(mail.html ?? '')];
  const found = addressesIn(mail);
  const safe = found.filter((address) => mayOpen(address, sender));
  return {
    words,
    rating: several.test(subject) ? null : starsIn(told, scale),
    url: safe.find(namesAPage) ?? safe[0] ?? null,
    links: found,
  };
}

/** Stars are often pictures that say in words what they show. */
function pictureWords(html: string): string {
  const tags = html.slice(0, longestHtml).matchAll(/<img\b[^<>]{0,2000}?\balt\s{0,3}=\s{0,3}["']([^"'<>]{1,80})["']/gi);
  return [...tags].map(([, alt]) => alt).join('\n');
}

function addressesIn({ html, text }: Mail): readonly string[] {
  const inHtml = html === null ? [] : links(html.slice(0, longestHtml));
  const inText = (text ?? '').match(/https?:\/\/[^\s<>"'()[\]{}|\\^`]+/gi) ?? [];
  const bare = inText.map((address) => address.replace(/[.,;:!?…]+$/, ''));
  return webLinks([...(inHtml.length > 0 ? inHtml : bare)]).slice(0, mostLinks);
}

function namesAPage(address: string): boolean {
  const { pathname, search } = new URL(address);
  return (pathname !== '/' || search !== '') && !/unsubscribe|preferences|privacy/i.test(pathname);
}
