/** All that judges are given of a post for a brand: read, named, searched for phrases and felt, once. */
import type { Brand } from '../brand.ts';
import type { Hit, Post } from '../mention.ts';
import { languageOf } from '../text/language.ts';
import { findCues } from './cues.ts';
import type { Features } from './judges/fast.ts';
import type { Knowledge } from './knowledge.ts';
import { type AnyRule, isRule } from './lexicon.ts';
import { nameThem } from './names.ts';
import type { Heard } from './phrases.ts';
import { type Reading, readPost } from './reading.ts';
import { type Feeling, feel } from './sentiment.ts';

export interface Gathered {
  readonly features: Features;
  readonly heard: readonly Heard<AnyRule>[];
  readonly feeling: Feeling;
}

/** `hits` are the matcher's; none means that the place speaks for the brand. */
export function gather(post: Post, brand: Brand | null, hits: readonly Hit[], knowledge: Knowledge): Gathered {
  const reading = readPost(post, nameThem(post, brand, hits));
  const { language } = languageOf(reading.written, post.text || (post.title ?? ''), post.language);
  const tongue = knowledge.tongue(language);
  const heard = tongue.phrases.find(reading.tokens);
  const cues = findCues(reading, heard.filter(isRule), tongue);
  const scored = language === 'en' || (language === null && /[a-z]/i.test(post.text));
  const feeling = feel(reading, cues, scored ? tongue.english : null, post.rating);
  const features = {
    reading,
    cues,
    language,
    spoken: feeling,
    rating: post.rating,
    addressed: isAddressed(reading, brand, hits),
    reply: post.parentId !== null,
    signs: knowledge.signs(reading, cues),
  };
  return { features, heard, feeling };
}

/** The brand is named, or the post speaks to an account, as one does to a company when no brand is given. */
function isAddressed(reading: Reading, brand: Brand | null, hits: readonly Hit[]): boolean {
  if (brand && hits.every(({ kind }) => kind === 'query')) return true;
  return reading.tokens.some(({ text }) => text === '<us>' || (!brand && text === '<account>'));
}
