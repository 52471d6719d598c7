/** Recognises an article where news searches list it under addresses of their own. */
import { createHash } from 'node:crypto';
import { dayMs } from '../clock.ts';

/** Shorter headlines (“News in brief”) stand over many articles. */
const fewestLetters = 20;

/**
 * The same for one paper's headline of one day, however it is spaced; null where too little is known. Hashed, since words
 * of a post stand in no other place than in the post.
 * @param site host of the paper, with or without `www.`
 */
export function headlineOrigin(site: string | null, headline: string, at: number | null): string | null {
  const letters = headline
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  if (!site || at === null || letters.length < fewestLetters) return null;
  const told = [site.toLowerCase().replace(/^www\./, ''), letters, Math.floor(at / dayMs)].join(' ');
  return `news:${createHash('sha256').update(told).digest('hex').slice(0, 24)}`;
}
