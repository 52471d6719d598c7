/** Pages of a few sentences: why a request was not followed, and what to do instead. */
import { asCalled } from '../../text/command.ts';
import { html, type Markup } from '../../text/html.ts';
import { frame } from './frame.ts';
import { typed } from './typed.ts';

export interface Sentences {
  readonly title: string;
  /** What is to be typed stands in backticks. */
  readonly says: readonly string[];
  /** The page is of no use to this reader. */
  readonly noWay?: boolean;
}

export const sentences = {
  locked: {
    title: 'This browser is not let in yet',
    says: [
      'This page shows what customers wrote, and other people may use this computer too. So Earshot opens it only for whoever runs it.',
      'Type `npx earshot inbox --open` in a terminal, once. This browser then remembers the way.',
    ],
    noWay: true,
  },
  'wrong-host': {
    title: 'This is not the address of this page',
    says: ['Earshot answers only to this computer itself, by the address that `npx earshot inbox` prints.'],
    noWay: true,
  },
  'wrong-origin': {
    title: 'That came from another page',
    says: ['Nothing was done. Buttons count only where they are pressed on Earshot’s own page.'],
  },
  old: {
    title: 'That page was an old one',
    says: ['Earshot has been started anew since that page was made, so nothing was done. Press the button once more.'],
  },
  garbled: {
    title: 'That could not be read',
    says: ['What came is not one of this page’s forms, so nothing was done.'],
  },
  unknown: { title: 'There is no such page', says: ['All that Earshot shows stands on one page.'] },
  wrongMethod: { title: 'That cannot be done here', says: ['Nothing was done.'] },
  trouble: { title: 'The database cannot be used just now', says: ['Nothing was done. Try it once more.'] },
  mistake: {
    title: 'This is a mistake of Earshot’s own',
    says: ['It could not be shown or done. Everything that was heard is kept; `npx earshot list` shows it too.'],
  },
  noWayBack: 'That can no longer be taken back here.',
} as const satisfies Readonly<Record<string, Sentences | string>>;

/** @param earshot how a command begins */
export function sentencePage({ title, says, noWay = false }: Sentences, earshot = 'npx earshot'): Markup {
  return frame(
    title,
    html`<main class="alone">
<p class="kicker">Earshot</p>
<h1>${title}</h1>
${says.map((sentence) => html`<p class="lead">${typed(asCalled(sentence, earshot))}</p>\n`)}${noWay ? null : html`<p class="lead"><a class="link" href="/">Back to what needs you</a></p>`}
</main>`,
  );
}
