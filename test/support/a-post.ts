/** A post and a brand to start from: tests name only what matters to them. */
import type { Brand } from '../../src/brand.ts';
import type { Post } from '../../src/mention.ts';

export function aPost(text: string, rest: Partial<Post> = {}): Post {
  return {
    source: 'forum',
    externalId: '1',
    url: null,
    author: { handle: null, name: null, url: null, followers: null },
    title: null,
    text,
    language: null,
    publishedAt: null,
    editedAt: null,
    rating: null,
    engagement: { likes: null, reposts: null, replies: null, views: null },
    links: [],
    origin: null,
    parentId: null,
    threadId: null,
    place: null,
    ...rest,
  };
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
    require: [],
    caseSensitive: false,
    rivals: [],
    ...rest,
  };
}
