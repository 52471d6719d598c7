/** Templates of answers: what stands in braces is filled in from the case; what is not known is told, never left standing. */

/** What a template may name, and what it is. */
export const templateFields = {
  name: 'the customer’s name',
  brand: 'your business',
  place: 'where it was said',
  post: 'what they said',
  signature: 'who signs',
} as const;
export type TemplateField = keyof typeof templateFields;

export interface Template {
  readonly name: string;
  readonly text: string;
  /** ISO 639-1; null where it does for any. */
  readonly language: string | null;
}

const field = /\{\s*([^{}\n]*?)\s*\}/gu;

const isKnown = (name: string): name is TemplateField => Object.hasOwn(templateFields, name);

/** What stands in braces and is no field, each once; null where nothing does. */
export function unknownFields(text: string): string | null {
  const named = [...text.matchAll(field)].map(([, name = '']) => name);
  const wrong = [...new Set(named.filter((name) => !isKnown(name)))].map((name) => `{${name}}`);
  if (wrong.length === 0) return null;
  const known = Object.keys(templateFields).map((name) => `{${name}}`);
  return `${wrong.join(' and ')} cannot be filled in; there are ${known.join(', ')}`;
}

/** The text with its fields filled in; `missing` are those that nobody knows, and then it is not to be used. */
export function filledIn(
  text: string,
  values: Readonly<Record<TemplateField, string | null>>,
): { readonly text: string; readonly missing: readonly TemplateField[] } {
  const missing = new Set<TemplateField>();
  const filled = text.replaceAll(field, (whole, name: string) => {
    if (!isKnown(name)) return whole;
    const value = values[name]?.trim();
    if (value) return value;
    missing.add(name);
    return whole;
  });
  return { text: filled.trim(), missing: [...missing] };
}
