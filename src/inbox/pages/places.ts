/** Where Earshot listened, in plain words, the numbers of the last days, the stars, and what was left out. */
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
${
  places.lines.length === 0
    ? html`<p class="empty">${typed('No place to listen is set up yet: `npx earshot sources` lists them.')}</p>`
    : html`<ul class="card places">${together(places.lines).map(row)}</ul>`
}
</section>`;
}

type Alike = readonly [PlaceLine, ...PlaceLine[]];

/** Places of one platform as one line: those that are heard, and those that have the same trouble. */
function together(lines: readonly PlaceLine[]): readonly Alike[] {
  const alike = Map.groupBy(lines, (line) =>
    JSON.stringify([line.platform, isHeard(line) ? 'heard' : [line.state, line.unread, line.sentence]]),
  );
  return [...alike.values()].flatMap(([first, ...more]) => (first === undefined ? [] : [[first, ...more] as const]));
}

function isHeard({ state, unread }: PlaceLine): boolean {
  return state === 'fresh' && !unread;
}

function row(alike: Alike): Markup {
  const [first, ...more] = alike;
  const { title, state, unread, sentence } = first;
  const platform = first.platform || title;
  const dot = html`<span class="dot ${unread ? 'red' : tones[state]}" aria-hidden="true">●</span>`;
  const names = alike.flatMap((one) => one.places.map((name) => ({ name, sentence: one.sentence })));
  if (names.length === 1)
    return html`<li>${dot}<strong>${title}</strong> <span class="soft">${typed(sentence)}</span></li>`;
  const said = more.every((one) => one.sentence === sentence);
  const places = names.map(
    (one) => html`<li><strong>${one.name}</strong>${said ? null : html` ${typed(one.sentence)}`}</li>`,
  );
  return html`<li>${dot}<strong>${platform}</strong> <span class="soft">${said ? typed(sentence) : 'heard in all of them'}</span>
<details><summary>${names.length} places</summary><ul>${places}</ul></details></li>`;
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

/** A card of plain lines; nothing where there are none. */
export function linesCard(id: string, { title, lines }: Digest['leftOut']): Markup | null {
  if (lines.length === 0) return null;
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
<ul class="card lines">${lines.map((line) => html`<li>${line}</li>`)}</ul>
</section>`;
}
