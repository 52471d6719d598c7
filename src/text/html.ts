/** Markup that escapes by itself: whatever stands in `html\`…\`` is text unless it was made by `html` too. */

/** Finished markup; only `html` makes it. */
export class Markup {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

export type Inserted = string | number | Markup | null | readonly Inserted[];

/** Text is escaped for elements and for quoted attributes, lists are joined, null is nothing. */
export function html(parts: TemplateStringsArray, ...inserted: readonly Inserted[]): Markup {
  return new Markup(parts.reduce((all, part, index) => all + write(inserted[index - 1] ?? null) + part));
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // Backticks quote attributes in old Outlook engines.
  '`': '&#96;',
};

function write(value: Inserted): string {
  if (value === null) return '';
  if (value instanceof Markup) return value.source;
  if (typeof value === 'object') return value.map(write).join('');
  return String(value).replace(/[&<>"'`]/g, (character) => escapes[character] ?? '');
}
