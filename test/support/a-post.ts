/** A post and a brand to start from: tests name only what matters to them. */
import type { Brand } from '../../src/brand.ts';
import { barePost, type Post } from '../../src/mention.ts';

export function aPost(text: string, rest: Partial<Post> = {}): Post {
  return barePost('forum', text, { externalId: '1', ...rest });
}

export function aBrand(name: string, rest: Partial<Brand> = {}): Brand {
  return {
    id: name.toLowerCase().replaceAll(' ', '-'),
    name,
    aliases: [],
    about: null,
    handles: [],
    domains: [],
    exclude: [],
    query: null,
    require: [],
    caseSensitive: false,
    rivals: [],
    ...rest,
  };
}
