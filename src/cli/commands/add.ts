/** `earshot add`: what somebody said, put in by hand; a post like any other. */
import { createHash } from 'node:crypto';
import { readConfig } from '../../app.ts';
import { sayLeftOut } from '../../digest/left-out.ts';
import type { Edges } from '../../edges.ts';
import { mentionFace } from '../../jobs/mention-face.ts';
import { readLink } from '../../jobs/read-link.ts';
import { takeIn } from '../../jobs/take-in.ts';
import { barePost, type Post, type Rating } from '../../mention.ts';
import { readMentions } from '../../store/mention-rows.ts';
import { jsonText } from '../../text/json.ts';
import type { Asker } from '../asker.ts';
import { clean, readingWidth, steps, wrapped } from '../format.ts';
import { letterOf } from '../mention-line.ts';
import { moment } from '../moment.ts';
import { readAll } from '../read-all.ts';
import { mentionInFull, tellingOf } from '../tell-mention.ts';
import { momentGiven, oneBrand, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly text?: string;
  readonly where: string;
  readonly who?: string;
  readonly stars?: string;
  readonly when?: string;
  readonly link?: string;
  readonly title?: string;
  readonly brand?: string;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options): Promise<number> {
  if (options.text !== undefined || options.stars !== undefined) return addPost(edges, options);
  const piped = edges.stdinPiped ? (await readAll(edges)).trim() : '';
  if (piped !== '') return addPost(edges, { ...options, text: piped });
  const found = options.link === undefined ? null : await fromLink(edges, options, options.link);
  if (found) return addPost(edges, found);
  if (edges.stdinPiped) return addPost(edges, options);
  const { terminalAsker } = await import('../asker.ts');
  // Before the first question: without a config nobody shall answer six of them.
  const { timezone } = (await readConfig(edges, options.config)).config;
  const isMoment = (text: string) => moment(text, edges.clock.now(), timezone, 'back') !== null;
  return addPost(edges, await askFor(options, terminalAsker, isMoment));
}

interface Filled extends Options {
  readonly rating?: Rating;
}

/** What the page itself says; what was given by hand stays. Null where it has to be typed in, which is told. */
async function fromLink(edges: Edges, options: Options, link: string): Promise<Filled | null> {
  if (!isAddress(link)) return null;
  const read = await withTools(edges, options, (tools) => readLink(tools, link));
  const host = clean(new URL(link).hostname);
  const { terminal } = edges;
  const tell = (sentence: string) => terminal.err(`${wrapped(sentence, readingWidth(terminal))}\n`);
  if (read.post === null) {
    tell(`Nothing could be read from ${host}: ${read.why}. What it says is yours to type in.`);
    return null;
  }
  const { author, title, text, rating, publishedAt, place } = read.post;
  const filled = {
    ...(author.name && { who: author.name }),
    ...(publishedAt !== null && { when: new Date(publishedAt).toISOString() }),
    ...(title && { title }),
    ...(rating && { rating }),
  };
  const where = options.where === byHand ? (place ?? host) : options.where;
  tell(`Read from ${host}: what its page says of this review.`);
  return { ...filled, ...given(options), text, where };
}

const given = (options: Options) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as unknown as Options;

/** `--where`, where nobody says it. */
const byHand = 'by hand';

/** What the flags do not say. */
export async function askFor(options: Options, asker: Asker, isMoment: (text: string) => boolean): Promise<Options> {
  const ask = async (given: string | undefined, question: string, usual = '', wrong?: Wrong) =>
    given ?? ((await asker.text(question, usual, undefined, wrong)) || undefined);
  const [text, where] = [
    await ask(options.text, 'What was said? (Enter: only stars)'),
    await ask(undefined, 'Where?', options.where),
  ];
  const stars = await ask(
    options.stars,
    text === undefined ? 'How many stars of five?' : 'How many stars of five? (Enter: none)',
    '',
    (answer) => (answer === '' && text !== undefined ? null : starsTrouble(answer)),
  );
  const who = await ask(options.who, 'Who said it? (Enter: unknown)');
  const when = await ask(
    options.when,
    'When? (2026-11-01, yesterday, 2d for two days ago; Enter: now)',
    '',
    (answer) =>
      answer === '' || isMoment(answer) ? null : `${answer} is no date; write it as in 2026-11-01, yesterday or 2d.`,
  );
  const link = await ask(options.link, 'Where can it be read? (its web address; Enter: unknown)', '', (answer) =>
    answer === '' || isAddress(answer) ? null : `${answer} is no web address; it begins with https://`,
  );
  const said = { text, who, stars, when, link };
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return { ...options, ...given, where: where ?? options.where };
}

async function addPost(edges: Edges, options: Filled): Promise<number> {
  const text = options.text ?? '';
  const stars = options.stars === undefined ? null : starsGiven(options.stars);
  const rating = stars === null ? (options.rating ?? null) : { value: stars, scale: 5 };
  const trouble = options.stars === undefined ? null : starsTrouble(options.stars);
  if (trouble) throw new Misuse(`--stars ${trouble}`);
  if (text === '' && rating === null) throw new Misuse('What was said? Give it with --text "…", or on stdin.');
  if (options.link !== undefined && !isAddress(options.link))
    throw new Misuse(`--link ${options.link} is no web address; it begins with https://`);
  return withTools(edges, options, async (tools) => {
    const brandId = await oneBrand(tools, options.brand);
    if (brandId === null) throw new Misuse('Which of your brands is it about? Say so with --brand.');
    const when = options.when === undefined ? edges.clock.now() : momentGiven(edges, tools, options.when, '--when');
    const taken = await takeIn(tools, [post(options, text, rating, when)], { brandId, dryRun: false });
    const rows = await tools.store.read('one mention', (tx) => readMentions(tx, taken.mentionIds));
    const [row] = rows;
    if (!row) {
      const [why] = sayLeftOut(taken.setAside);
      edges.terminal.err(`It was not kept: ${why?.replace(/^1 post/, 'it') ?? 'nothing in it is about you.'}\n`);
      return 1;
    }
    const face = mentionFace(row);
    const { terminal } = edges;
    if (options.json) {
      terminal.out(`${jsonText(face, 2)}\n`);
      return 0;
    }
    const telling = tellingOf(edges, tools);
    terminal.out(`${mentionInFull(face, telling, row)}\n`);
    const letter = letterOf(face);
    const kept = taken.fresh > 0 ? 'Kept' : 'It was there already';
    const next = face.case
      ? ([`${telling.earshot} case answered ${letter}`, 'when you have answered'] as const)
      : ([`${telling.earshot} mark ${letter} complaint`, 'when it is a complaint after all'] as const);
    terminal.err(`\n${kept}, as ${face.case ? `case ${letter}` : letter}.\n${steps([next], terminal)}\n`);
    return 0;
  });
}

type Wrong = (answer: string) => string | null;

const starsTrouble = (text: string) => {
  const stars = starsGiven(text);
  return stars >= 0 && stars <= 5 ? null : `${text} is no number from 0 to 5.`;
};
const isAddress = (text: string) => /^https?:\/\/\S+$/i.test(text);

/** `4`, `4,5` or `★★★★`. */
const starsGiven = (text: string) =>
  /^★+☆*$/.test(text)
    ? text.replaceAll('☆', '').length
    : /^\d([.,]\d+)?$/.test(text)
      ? Number(text.replace(',', '.'))
      : Number.NaN;

function post(options: Options, text: string, rating: Rating | null, when: number): Post {
  const { who = null, link = null, title = null, where } = options;
  const day = new Date(when).toISOString().slice(0, 10);
  const id = createHash('sha256')
    .update(JSON.stringify([where, who, link, day, text]))
    .digest('hex')
    .slice(0, 32);
  return barePost(clean(where).toLowerCase().replaceAll(/\s+/g, '-') || 'by-hand', text, {
    // By its id a post put in by hand is known: where a watch reads that place, it was missed.
    externalId: `by-hand:${id}`,
    url: link,
    author: { handle: null, name: who, url: null, followers: null },
    title,
    publishedAt: when,
    rating,
    place: where,
  });
}
