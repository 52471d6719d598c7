/** Whether what stands on a platform is what was sent there: it sets words its own way, and never changes them. */

/** Without what platforms rewrite: addresses, `@names`, marks, blanks and capitals. */
function bare(text: string): string {
  return text
    .replaceAll(/https?:\/\/\S+/giu, '')
    .replaceAll(/@[\w.-]+(?:@[\w.-]+)?/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/** Words alone count; of two texts without any, the whole. */
export function isSameText(one: string, other: string): boolean {
  const [words, others] = [bare(one), bare(other)];
  return words === '' && others === '' ? one.trim() === other.trim() : words === others;
}
