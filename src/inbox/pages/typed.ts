/** Sentences that name something to be typed, which stands in backticks. */
import { html, type Markup } from '../../text/html.ts';

export function typed(text: string): readonly Markup[] {
  return text
    .split(/`(npx earshot[^`]*|inbox: [^`]*)`/)
    .map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}
