/** The one page: what needs you, then what Earshot leaves to you, kind words, and where it listened. */
import type { Digest } from '../../digest/digest.ts';
import { sayMoment } from '../../digest/local-time.ts';
import type { Inbox, List } from '../../jobs/read-inbox.ts';
import { html, type Markup } from '../../text/html.ts';
import type { Notice } from '../notices.ts';
import { frame } from './frame.ts';
import { itemCard } from './item.ts';
import { noticeCard } from './notice.ts';
import { piecesNav } from './pieces.ts';
import { countsCard, linesCard, placesCard } from './places.ts';
import { typed } from './typed.ts';

export interface PageGiven {
  readonly inbox: Inbox;
  /** What the last button did. */
  readonly notice: Notice | null;
  /** For the forms. */
  readonly token: string;
  readonly timezone: string;
}

export function inboxPage(given: PageGiven): Markup {
  const { digest } = given.inbox;
  return frame(
    digest.headline,
    html`<a class="skip" href="#needsYou">Skip to what needs you</a>
<header>
<p class="kicker">Earshot · ${digest.date}</p>
<h1>${digest.headline}</h1>
<p class="about">${digest.about}</p>
${digest.lead.map((line) => html`<p class="lead">${typed(line)}</p>`)}
${digest.connect === null ? null : html`<p class="soft">${typed(`${digest.connect.say}: \`${digest.connect.command}\``)}</p>`}
${onThisPage(digest)}
</header>
<div class="columns">
<main>
${section(given, 'needsYou')}
${section(given, 'unsure')}
${section(given, 'praise')}
</main>
<aside aria-label="Where Earshot listened, and the numbers">
${linesCard('news', { title: digest.news.title, lines: digest.news.lines.map(({ say }) => say) })}
${placesCard(digest)}
${countsCard(digest)}
${linesCard('stars', digest.ratings)}
${linesCard('leftOut', digest.leftOut)}
${footer(given)}
</aside>
</div>`,
  );
}

function onThisPage({ needsYou, unsure, praise, places }: Digest): Markup {
  const parts = [
    ['needsYou', needsYou.title, needsYou.total],
    ['unsure', 'Not sure', unsure.total],
    ['praise', praise.title, praise.total],
    ['places', places.title, places.lines.length],
  ] as const;
  const links = parts.flatMap(([id, title, total]) =>
    total === 0 ? [] : [html`<li><a href="#${id}">${title}</a> <span class="count">${total}</span></li>`],
  );
  return html`<nav aria-label="On this page"><ul>${links}</ul></nav>`;
}

const nothing: Readonly<Record<List, string | null>> = {
  needsYou: 'No complaint waits for you.',
  unsure: null,
  praise: null,
};

function section(given: PageGiven, list: List): Markup | null {
  const { inbox, notice } = given;
  const { title, items, total } = inbox.digest[list];
  const here = notice?.list === list ? notice : null;
  const word = nothing[list];
  if (total === 0 && here === null && word === null) return null;
  const cards = items.map((item, at) => itemCard(item, { ...given, list, at }));
  // Where the button stood that was pressed last, so that nobody loses their place.
  if (here) cards.splice(Math.min(here.at, cards.length), 0, noticeCard(here, given));
  return html`<section aria-labelledby="${list}">
<h2 id="${list}" tabindex="-1">${title}${total === 0 ? null : html` <span class="count">${total}</span>`}</h2>
${cards.length === 0 ? null : html`<ol class="cards">${cards}</ol>`}
${total === 0 && word !== null ? html`<p class="empty">${word}</p>` : null}
${piecesNav(inbox, list)}
</section>`;
}

function footer({ inbox: { putOff, now }, timezone }: PageGiven): Markup {
  const say = (at: number) => sayMoment(at, now, timezone);
  const later =
    putOff === null
      ? null
      : putOff.count === 1
        ? `One is put off and comes back ${say(putOff.nextAt)}.`
        : `${putOff.count} are put off; the next one comes back ${say(putOff.nextAt)}.`;
  return html`<footer>
${later === null ? null : html`<p>${later}</p>`}
<p>As it stood ${say(now)}; load the page again for what is new. Times are those of ${timezone}.</p>
<p>This page is shown to this computer only.</p>
</footer>`;
}
