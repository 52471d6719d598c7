/** `earshot praise export`: testimonials, word by word as their customers allowed, as HTML to put into a page or as JSON. */
import { resolve } from 'node:path';
import type { Edges } from '../../edges.ts';
import type { TestimonialFace } from '../../face/praise.ts';
import { testimonials } from '../../jobs/testimonials.ts';
import { html, type Markup } from '../../text/html.ts';
import { jsonText } from '../../text/json.ts';
import { clean, count } from '../format.ts';
import { brandsMeant, withTools } from '../tools.ts';
import { asSaid, toFile, toTerminal } from '../written-out.ts';

interface Options {
  readonly config?: string;
  readonly brand?: string;
  readonly format: 'html' | 'json';
  readonly out?: string;
}

export async function command(edges: Edges, options: Options): Promise<number> {
  return withTools(edges, options, async (tools) => {
    const { terminal } = edges;
    const ids = await brandsMeant(tools, options.brand);
    const { shown, leftOut } = await testimonials(tools, ids);
    const text = options.format === 'json' ? `${jsonText(shown, 2)}\n` : page(shown).source;
    const target = options.out === undefined ? toTerminal(edges) : toFile(resolve(edges.cwd, options.out));
    try {
      await target.write(text);
      await target.end();
    } catch (error) {
      await target.giveUp();
      throw asSaid(error, options.out ?? '');
    }
    const where = options.out === undefined ? '' : ` written to ${options.out}`;
    terminal.err(`${count(shown.length, 'testimonial')}${where}.\n`);
    for (const { mention, why } of leftOut) terminal.err(`Left out, though allowed: m${mention}: ${clean(why)}.\n`);
    if (shown.length === 0)
      terminal.err(`Nothing is shown before a customer's yes: ${tools.earshot} praise list says whom to ask.\n`);
    return 0;
  });
}

/** To be put into a page of one's own: no script, no style, nothing loaded from anywhere. */
function page(shown: readonly TestimonialFace[]): Markup {
  return html`<section class="testimonials">
${shown.map(figure)}</section>
`;
}

function figure({ words, language, name, url, place, saidAt }: TestimonialFace): Markup {
  const lang = language !== null && /^[a-z]{2,3}$/.test(language) ? html` lang="${language}"` : null;
  const lines = words.split(/\n+/).map((line) => html`<p>${line}</p>`);
  const day = html`<time datetime="${saidAt.slice(0, 10)}">${saidAt.slice(0, 10)}</time>`;
  const where = place === null ? null : html`, ${webLink(url, place)}`;
  return html`<figure>
<blockquote dir="auto"${lang}>${lines}</blockquote>
<figcaption>${name ?? 'A customer'}${where}, ${day}</figcaption>
</figure>
`;
}

/** Only what a click may safely open. */
function webLink(url: string | null, place: string): Markup {
  const parsed = url === null ? null : URL.parse(url);
  return parsed !== null && ['http:', 'https:'].includes(parsed.protocol)
    ? html`<a href="${parsed.href}" rel="nofollow noopener">${place}</a>`
    : html`${place}`;
}
