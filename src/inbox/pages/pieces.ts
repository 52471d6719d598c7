/** The way through a list that is too long for one page. */
import { type Inbox, type List, lists, pieceOf } from '../../jobs/read-inbox.ts';
import { html, type Markup } from '../../text/html.ts';
import { addressOf } from '../wish.ts';

const names: Readonly<Record<List, string>> = {
  needsYou: 'What needs you',
  unsure: 'What Earshot is not sure about',
  praise: 'Kind words',
};

export function piecesNav({ digest, pieces }: Inbox, list: List): Markup | null {
  const { total } = digest[list];
  const [piece, most] = [pieces[list], pieceOf[list]];
  if (total <= most) return null;
  const from = (piece - 1) * most + 1;
  const to = Math.min(total, piece * most);
  const link = (other: number, says: string) =>
    html`<a class="button" href="${addressOf({ ...pieces, [list]: other })}#${list}">${says}</a>`;
  return html`<nav class="pieces" aria-label="${names[list]}, page by page">
${piece > 1 ? link(piece - 1, `Back to ${from - most}–${from - 1}`) : null}<span>${from}–${to} of ${total}</span>${to < total ? link(piece + 1, `Next ${Math.min(most, total - to)}`) : null}
</nav>`;
}

/** Where on the page a form stands, so that its answer comes back to the same place. */
export function spotFields({
  inbox,
  list,
  at,
}: {
  readonly inbox: Pick<Inbox, 'pieces'>;
  readonly list: List;
  readonly at: number;
}): Markup {
  const field = (name: string, value: string | number) => html`<input type="hidden" name="${name}" value="${value}">`;
  const turned = lists.filter((one) => inbox.pieces[one] > 1);
  return html`${field('list', list)}${field('at', at)}${turned.map((one) => field(one, inbox.pieces[one]))}`;
}
