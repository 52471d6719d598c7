/** A brand that no config names: asked about once, by `try` and `assess`. */
import type { Brand } from '../brand.ts';
import { slug } from '../config/slug.ts';

export function passingBrand(
  name: string,
  more: { readonly aliases?: readonly string[]; readonly about?: string | null } = {},
): Brand {
  return {
    id: slug(name),
    name,
    aliases: more.aliases ?? [],
    about: more.about ?? null,
    handles: [],
    domains: [],
    exclude: [],
    query: null,
    require: [],
    caseSensitive: false,
    rivals: [],
  };
}
