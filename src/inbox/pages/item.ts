/** One mention as a card: what was said with the words that hurt marked, why it is here, and the buttons for it. */
import type { Asks, Item, Segment } from '../../digest/digest.ts';
import { toneInk, toneLabel } from '../../digest/look.ts';
import type { List } from '../../jobs/read-inbox.ts';
import { capital } from '../../text/capital.ts';
import { html, type Markup } from '../../text/html.ts';
import type { Deed } from '../wish.ts';
import type { PageGiven } from './inbox.ts';
import { spotFields } from './pieces.ts';

/** Where on the page it stands. */
export interface Spot extends PageGiven {
  readonly list: List;
  readonly at: number;
}

export function itemCard(item: Item, spot: Spot): Markup {
  const { className } = toneInk[item.tone];
  const status = [toneLabel[item.tone], item.due].filter((part) => part !== null).join(': ');
  const about = [item.where, item.when, item.alike, item.rating, item.audience, item.regular, item.brand, item.letter]
    .filter((part) => part !== null)
    .join(' · ');
  const id = `${item.letter}-${spot.list}`;
  return html`<li><article class="card ${className}-edge" aria-labelledby="${id}">
${status === '' ? null : html`<p class="status ${className}">${capital(status)}</p>`}
<h3 id="${id}">${item.who}</h3>
<p class="small">${about}</p>
${quote(item)}
${item.wordless === null ? null : html`<p class="small">${item.wordless}</p>`}
${item.resolved ? html`<p class="small">The customer says that it was put right. If so, close it.</p>` : null}
${item.because.length === 0 ? null : html`<p class="small">Why now: ${item.because.join('; ')}</p>`}
${item.why.length === 0 ? null : html`<p class="small">Why: ${item.why.join('; ')}</p>`}
${item.answered === null ? null : html`<p class="small">You have ${item.answered}</p>`}
<div class="actions">${item.link === null ? null : opener(item, item.link)}${buttons(item, spot)}</div>
</article></li>
`;
}

function quote(item: Item): Markup | null {
  if (item.title.length === 0 && item.excerpt.length === 0) return null;
  const name = item.tone === 'praise' ? 'likes' : 'hurts';
  const words = (segments: readonly Segment[]) =>
    segments.map(({ text, telling }) => (telling ? html`<mark class="${name}">${text}</mark>` : html`${text}`));
  const inLanguage = item.language === null ? null : html` lang="${item.language}"`;
  return html`<blockquote dir="auto"${inLanguage}>
${item.title.length === 0 ? null : html`<p class="title">${words(item.title)}</p>`}
${item.excerpt.length === 0 ? null : html`<p>${words(item.excerpt)}</p>`}
</blockquote>`;
}

function opener({ who, where, tone }: Item, link: string): Markup {
  const isQuiet = tone === 'praise' || tone === 'unsure';
  return html`<a class="${isQuiet ? 'link' : 'button strong'}" href="${link}" target="_blank" rel="noopener noreferrer nofollow" aria-label="Open the post of ${who}, ${where}, in a new tab">Open the post</a>`;
}

type Button = readonly [deed: Deed, says: string];

/** As the digest’s own steps, and what else a person may find. */
const choices: Readonly<Record<Asks, readonly Button[]>> = {
  answer: [
    ['answered', 'I answered'],
    ['no-complaint', 'Not a complaint'],
    ['not-us', 'Not about us'],
    ['later', 'Later'],
  ],
  'check-back': [
    ['happy', 'They are happy now'],
    ['answered', 'I answered again'],
    ['no-complaint', 'Not a complaint'],
    ['later', 'Later'],
  ],
  us: [
    ['us', 'It is about us'],
    ['answered', 'I answered'],
    ['no-complaint', 'Not a complaint'],
    ['not-us', 'Not about us'],
  ],
  complaint: [
    ['complaint', 'A complaint'],
    ['no-complaint', 'Not a complaint'],
    ['not-us', 'Not about us'],
  ],
};

const close: Button = ['happy', 'Close it'];

/** On the unsure pile there is one question at a time. */
const questions: Readonly<Partial<Record<Asks, { readonly asks: string; readonly buttons: readonly Button[] }>>> = {
  us: {
    asks: 'Is this about you?',
    buttons: [
      ['us', 'Yes'],
      ['not-us', 'No'],
    ],
  },
  complaint: {
    asks: 'Is this a complaint?',
    buttons: [
      ['complaint', 'Yes'],
      ['no-complaint', 'No'],
    ],
  },
};

function buttons(item: Item, spot: Spot): Markup | null {
  if (item.asks === null) return null;
  const question = item.tone === 'unsure' ? questions[item.asks] : undefined;
  const offered =
    question?.buttons ?? (item.resolved && item.asks === 'answer' ? [close, ...choices.answer] : choices[item.asks]);
  const about = `${item.who}, ${item.where}, ${item.letter}`;
  const pressed = offered.map(([deed, says]) => {
    const label = question === undefined ? `${says}: ${about}` : `${says}: ${question.asks} ${about}`;
    return html`<button class="${deed}" name="do" value="${deed}" aria-label="${label}">${says}</button>`;
  });
  return html`<form method="post" action="/act">
<input type="hidden" name="token" value="${spot.token}"><input type="hidden" name="mention" value="${item.mentionId}"><input type="hidden" name="case" value="${item.caseId ?? ''}"><input type="hidden" name="seen" value="${seen(item, spot)}">${spotFields(spot)}
${question === undefined ? null : html`<p class="asks">${question.asks}</p>`}${pressed}</form>`;
}

function seen({ caseId }: Item, { inbox }: Spot): number {
  return caseId === null ? 0 : (inbox.events.get(caseId) ?? 0);
}
