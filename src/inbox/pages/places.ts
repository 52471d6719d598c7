/** Where Earshot listened, in plain words, and the numbers of the last days. */
import type { Digest, PlaceLine } from '../../digest/digest.ts';
import { html, type Markup } from '../../text/html.ts';
import { typed } from './typed.ts';

const tones: Readonly<Record<PlaceLine['state'], string>> = {
  blind: 'red',
  'never-worked': 'red',
  limited: 'amber',
  quiet: 'grey',
  fresh: 'green',
};

export function placesCard({ places }: Digest): Markup {
  return html`<section aria-labelledby="places">
<h2 id="places" tabindex="-1">${places.title}</h2>
${places.lines.length === 0 ? html`<p class="empty">${typed('No place to listen is set up yet: `npx earshot sources` lists them.')}</p>` : html`<ul class="card places">${places.lines.map(row)}</ul>`}
</section>`;
}

function row({ title, state, unread, sentence }: PlaceLine): Markup {
  const tone = unread ? 'red' : tones[state];
  return html`<li><span class="dot ${tone}" aria-hidden="true">●</span> <strong>${title}</strong> <span class="soft">${typed(sentence)}</span></li>`;
}

export function countsCard({ counts }: Digest): Markup | null {
  if (counts.lines.length === 0) return null;
  const cells = counts.lines.map(
    ({ label, value, change }) =>
      html`<li><strong>${value}</strong> ${label}${change === null ? null : html`<span class="soft">${change}</span>`}</li>`,
  );
  return html`<section aria-labelledby="counts">
<h2 id="counts">${counts.title}</h2>
<ul class="card counts">${cells}</ul>
</section>`;
}
