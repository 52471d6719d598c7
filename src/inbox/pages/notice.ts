/** What the last button did, at the place where it stood, with the way back. */
import { html, type Markup } from '../../text/html.ts';
import type { Notice } from '../notices.ts';
import type { PageGiven } from './inbox.ts';
import { spotFields } from './pieces.ts';

export function noticeCard(notice: Notice, { inbox, token }: PageGiven): Markup {
  const { id, sentence, done, takeBack, list, at } = notice;
  const way = takeBack === null ? null : wordsFor[takeBack.how === 'mark' ? takeBack.kind : 'undo'];
  return html`<li><div id="notice" class="notice ${done ? 'done' : 'not-done'}" tabindex="-1" role="status">
<p>${sentence}</p>
${
  way === null
    ? null
    : html`<form method="post" action="/undo"><input type="hidden" name="token" value="${token}"><input type="hidden" name="notice" value="${id}">${spotFields({ inbox, list, at })}<button aria-label="${way}: ${sentence}">${way}</button></form>`
}
</div></li>
`;
}

const wordsFor = {
  undo: 'Undo',
  'no-complaint': 'No, not a complaint',
  'not-us': 'No, not about us',
} as const;
