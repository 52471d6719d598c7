/** The digest as HTML that every mail program shows: tables, inline styles, no image, nothing loaded from anywhere. */
import { capital } from '../text/capital.ts';
import { html, type Markup } from '../text/html.ts';
import type { CountLine, Digest, Item, NewsLine, PlaceLine, Section, Segment, Step, Tone } from './digest.ts';
import { head, ink, paper, style, toneInk, toneLabel } from './look.ts';

export function renderHtml(digest: Digest): string {
  return html`<!DOCTYPE html>
<html lang="en">
${head(digest.subject)}
<body class="page" style="${style.page}">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${digest.lead.join(' ')}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="page" style="background:${paper.page}"><tr><td align="center" style="padding:20px 12px 32px">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px"><tr><td style="text-align:left">
${opening(digest)}
${section(digest.needsYou)}
${step(digest.correction)}
${newsCard(digest)}
${section(digest.unsure)}
${section(digest.praise)}
${placesCard(digest)}
${countsCard(digest)}
${linesCard(digest.ratings)}
${linesCard(digest.leftOut)}
<div class="soft" style="${style.footer}">${inboxLine(digest)}${digest.footer.map((line) => html`<p style="margin:0 0 6px">${line}</p>`)}</div>
</td></tr></table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>
`.source;
}

function opening(digest: Digest): Markup {
  return html`<p class="soft" style="${style.kicker}">Earshot · ${digest.date}</p>
<h1 class="ink" style="${style.h1}">${digest.headline}</h1>
<p class="soft" style="${style.about}">${digest.about}</p>
${digest.lead.map((line) => html`<p class="ink" style="${style.lead}">${typed(line)}</p>`)}
${step(digest.connect)}`;
}

function section({ title, items, more }: Section): Markup | null {
  if (items.length === 0) return null;
  return html`${heading(title)}
${items.map(itemCard)}${step(more)}`;
}

function heading(title: string): Markup {
  return html`<h2 class="ink" style="${style.h2}">${title}</h2>`;
}

function itemCard(item: Item): Markup {
  const status = [toneLabel[item.tone], item.due].filter((part) => part !== null).join(': ');
  const about = [item.where, item.when, item.alike, item.rating, item.audience, item.regular, item.brand]
    .filter((part) => part !== null)
    .join(' · ');
  const { className, color } = toneInk[item.tone];
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="card ${className}-edge" style="${style.card};border-left:5px solid ${color}"><tr>
<td style="padding:14px 16px 16px">
${status === '' ? null : html`<p class="${className}" style="${style.status};color:${color}">${capital(status)}</p>`}
<h3 class="ink" style="${style.who}">${item.who}</h3>
<p class="soft" style="${style.small}">${about}</p>
${quote(item, item.title, style.title)}${quote(item, item.excerpt, style.quote)}
${item.wordless === null ? null : html`<p class="soft" style="${style.small}">${item.wordless}</p>`}
${item.because.length === 0 ? null : html`<p class="soft" style="${style.small}">Why now: ${item.because.join('; ')}</p>`}
${item.why.length === 0 ? null : html`<p class="soft" style="${style.small}">Why: ${item.why.join('; ')}</p>`}
${item.link === null ? null : opener(item.link, item.tone)}
${item.steps.map(step)}
</td></tr></table>
`;
}

/** Big where something must be done. */
function opener(link: string, tone: Tone): Markup {
  return tone === 'praise' || tone === 'unsure'
    ? html`<p style="margin:10px 0 0;font-size:16px"><a href="${link}" class="link" style="${style.link}">Open the post</a></p>`
    : html`<p style="margin:14px 0 0"><a href="${link}" class="button" style="${style.button}">Open the post</a></p>`;
}

function quote({ tone, language }: Item, said: readonly Segment[], look: string): Markup | null {
  if (said.length === 0) return null;
  const name = tone === 'praise' ? 'likes' : 'hurts';
  const inLanguage = language === null ? null : html` lang="${language}"`;
  return html`<p class="ink" dir="auto"${inLanguage} style="${look}">${segments(said, name)}</p>`;
}

function segments(all: readonly Segment[], name: 'likes' | 'hurts'): readonly Markup[] {
  return all.map(({ text, telling }) =>
    telling ? html`<strong class="${name}" style="${style[name]}">${text}</strong>` : html`${text}`,
  );
}

function step(one: Step | null): Markup | null {
  if (one === null) return null;
  return html`<p class="soft" style="${style.step}">${one.say}: <code class="code" style="${style.code}">${one.command}</code></p>`;
}

function newsCard({ news }: Digest): Markup | null {
  if (news.lines.length === 0) return null;
  return html`${heading(news.title)}${news.lines.map(({ say, posts }) => {
    return card(html`<p class="ink" style="${style.who}">${say}</p>${posts.map(newsPost)}`);
  })}${step(news.more)}`;
}

function newsPost({ letter, words, wordless, by, link }: NewsLine['posts'][number]): Markup {
  const said = words.length > 0 ? html`“${segments(words, 'hurts')}” ` : wordless === null ? null : html`${wordless} `;
  const opens = link === null ? null : html` · <a href="${link}" class="link" style="${style.link}">Open the post</a>`;
  return html`<p class="ink" dir="auto" style="${style.row};margin:10px 0 0">${said}<span class="soft" style="color:${ink.soft}">${by} · ${letter}${opens}</span></p>`;
}

function placesCard({ places }: Digest): Markup | null {
  if (places.lines.length === 0) return null;
  return html`${heading(places.title)}${card(html`${places.lines.map(placeRow)}${step(places.more)}`)}`;
}

const placeTones: Readonly<Record<PlaceLine['state'], Tone>> = {
  blind: 'overdue',
  'never-worked': 'overdue',
  limited: 'high',
  quiet: 'low',
  fresh: 'praise',
};

function placeRow({ title, state, unread, sentence }: PlaceLine): Markup {
  const { className, color } = toneInk[unread ? 'overdue' : placeTones[state]];
  return html`<p class="ink" style="${style.row}"><span class="${className}" style="color:${color}" aria-hidden="true">●</span> <strong>${title}</strong> <span class="soft" style="color:${ink.soft}">${typed(sentence)}</span></p>`;
}

/** What is to be typed stands in backticks. */
function typed(text: string): readonly Markup[] {
  return text
    .split(/`(npx earshot [^`]*)`/)
    .map((part, index) =>
      index % 2 === 1 ? html`<code class="code" style="${style.code}">${part}</code>` : html`${part}`,
    );
}

function countsCard({ counts }: Digest): Markup | null {
  if (counts.lines.length === 0) return null;
  const pairs = counts.lines.flatMap((_line, index) => (index % 2 === 0 ? [counts.lines.slice(index, index + 2)] : []));
  const rows = pairs.map((pair) => html`<tr>${pair.map(countCell)}</tr>`);
  return html`${heading(counts.title)}${card(
    html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${rows}</table>`,
  )}`;
}

function countCell({ label, value, change }: CountLine): Markup {
  return html`<td width="50%" valign="top" style="padding:4px 8px 8px 0">
<p class="ink" style="margin:0;font-size:16px"><strong style="font-size:24px">${value}</strong> ${label}</p>
${change === null ? null : html`<p class="soft" style="${style.small}">${change}</p>`}</td>`;
}

function linesCard({ title, lines }: Digest['leftOut']): Markup | null {
  if (lines.length === 0) return null;
  return html`${heading(title)}${card(
    html`${lines.map((line) => html`<p class="ink" style="${style.row}">${line}</p>`)}`,
  )}`;
}

function inboxLine({ inbox }: Digest): Markup | null {
  if (inbox === null) return null;
  return html`<p style="margin:0 0 6px">${inbox.say} <a href="${inbox.address}" class="link" style="${style.link}">${inbox.address}</a></p>`;
}

function card(content: Markup): Markup {
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="card" style="${style.card}"><tr><td style="padding:14px 16px">${content}</td></tr></table>
`;
}
