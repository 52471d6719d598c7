/** `earshot try "Business Name"`: every open place asked at once about a name; needs no config, keeps nothing. */
import { dayMs } from '../../clock.ts';
import { slug } from '../../config/slug.ts';
import { excerpt } from '../../digest/excerpt.ts';
import { sayMoment } from '../../digest/local-time.ts';
import type { Edges } from '../../edges.ts';
import { loadKnowledge } from '../../findings/knowledge.ts';
import { type Ended, isLost, isOffline } from '../../insight/offline.ts';
import { passingBrand } from '../../jobs/passing-brand.ts';
import { askable, askableAbout, type Find, type Tried, type TryOut, tryOut } from '../../jobs/try-out.ts';
import type { Post } from '../../mention.ts';
import type { Lookup } from '../../net/connect.ts';
import { createNet } from '../../net/net.ts';
import { everySource, sourceTitles } from '../../sources/index.ts';
import { quoted } from '../../text/command.ts';
import type { SetAside } from '../../watch.ts';
import { clean, coloursOf, count, link, readingWidth, toWidth, twoColumns, wrapped } from '../format.ts';
import { progressLine } from '../progress.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly about?: string;
}

/** An owner waits no longer than this for a first look. */
const patienceMs = 30_000;
const lookBackMs = 30 * dayMs;
/** So many of each kind are shown. */
const shown = 5;

export async function command(edges: Edges, options: Options, name: string): Promise<number> {
  return tryName(edges, options, name, { ...askable(await everySource()), allowed: [] });
}

/** What is asked; `allowed` names hosts that may be on this computer, `lookup` is the Internet's own where it is not given. */
export type Asked = ReturnType<typeof askable> & { readonly allowed: readonly string[]; readonly lookup?: Lookup };

export async function tryName(edges: Edges, options: Options, given: string, asked: Asked): Promise<number> {
  const { terminal, clock } = edges;
  const name = given.trim();
  const brand = passingBrand(name, { about: options.about ?? null });
  const { places, others } = askableAbout(brand, asked);
  const width = readingWidth(terminal);
  if (slug(name) === '')
    throw new Misuse('A name needs at least one letter or digit: npx earshot try "Blue Door Coffee"');
  const timer = new AbortController();
  const over = new AbortController();
  void clock.sleep(patienceMs, timer.signal).then(() => timer.signal.aborted || over.abort(new Error('time is over')));
  const net = createNet({
    clock,
    userAgent: 'Earshot/0.1 (a business looking for its own name, once)',
    allowed: asked.allowed,
    ...(asked.lookup && { lookup: asked.lookup }),
  });
  const progress = progressLine(terminal);
  const paint = coloursOf(terminal);
  const asking = `Asking ${count(places.length, 'place')} about “${clean(name)}”; Ctrl-C shows what has come so far.`;
  terminal.out(`${wrapped(asking, width)}\n`);
  let done = 0;
  const tell = (tried: Tried) => progress.line(placeLine(tried, edges));
  /** Places that nobody could reach wait: when that is all of them, it is said once. */
  const lost: Tried[] = [];
  const result = await tryOut({
    brand,
    places,
    net,
    knowledge: loadKnowledge(),
    clock,
    signal: AbortSignal.any([over.signal, edges.signal]),
    lookBackMs,
    onPlace: (tried) => {
      done += 1;
      if (isLost(endedWith(tried))) lost.push(tried);
      else tell(tried);
      if (done < places.length) progress.say(`${done} of ${places.length} have answered …`);
    },
  });
  timer.abort();
  progress.end();
  if (!isOffline(result.tried.map(endedWith))) lost.forEach(tell);
  await net.close();
  terminal.out(`\n${told(edges, name, options, result)}\n`);
  terminal.out(`\n${paint.bold('Not asked')}\n`);
  for (const [why, alike] of Map.groupBy(others, (one) => one.why)) {
    const named = alike.slice(0, mostNamed).map(({ source }) => source.title);
    const more = alike.length > mostNamed ? ` and ${alike.length - mostNamed} more` : '';
    terminal.out(`${wrapped(`${why}: ${named.join(', ')}${more}.`, width, '  ')}\n`);
  }
  terminal.out(
    `${wrapped('`npx earshot sources` says how, and what to do where no program may look on its own (Facebook, Instagram and others).', width, '  ')}\n`,
  );
  return result.found.length === 0 && result.tried.every((one) => one.trouble !== null) ? 1 : 0;
}

/** Of the places that were not asked for one reason. */
const mostNamed = 6;

const endedWith = ({ source, trouble, kind }: Tried): Ended => ({
  source: source.id,
  trouble: trouble === null || kind === null ? null : { kind, message: trouble },
});

function placeLine({ source, seen, trouble }: Tried, { terminal }: Edges): string {
  const paint = coloursOf(terminal);
  const right =
    trouble === null ? heard(seen) : `could not be asked${seen > 0 ? ' to the end' : ''}: ${clean(trouble)}`;
  const sign = trouble === null ? paint.green('✓') : paint.red('✗');
  return twoColumns([{ sign, left: source.title, right }], terminal, 18);
}

const heard = (seen: number) => (seen === 0 ? 'nothing in the last 30 days' : count(seen, 'post'));

/** Never a bare zero: complaints, else the newest mentions, else the unsure, else the nearest that was set aside and why. */
function told(edges: Edges, name: string, options: Options, { found, setAside, tried }: TryOut): string {
  const { bold } = coloursOf(edges.terminal);
  const width = readingWidth(edges.terminal);
  const strong = (sentence: string) => bold(wrapped(sentence, width));
  const ours = found.filter((one) => one.findings.relevance.verdict !== 'other');
  const complaints = ours
    .filter((one) => one.findings.complaint.verdict === 'complaint')
    .sort((a, b) => b.findings.severity - a.findings.severity);
  const unsure = ours.filter((one) => one.findings.complaint.verdict === 'unsure');
  const next = nextStep(name, options);
  if (complaints.length > 0) {
    const head = `${count(complaints.length, 'complaint')} in the last 30 days, of ${count(ours.length, 'mention')}.`;
    return [strong(head), ...lines(edges, complaints), '', next].join('\n');
  }
  if (ours.length > 0) {
    const head = `No complaint in the last 30 days, but ${count(ours.length, 'mention')}. The newest:`;
    const perhaps = unsure.length > 0 ? ['', strong('Perhaps complaints:'), ...lines(edges, unsure)] : [];
    return [strong(head), ...lines(edges, newest(ours)), ...perhaps, '', next].join('\n');
  }
  if (tried.every((one) => one.trouble !== null)) {
    const asked = tried.map(({ source }) => source.title).join(', ');
    const why = isOffline(tried.map(endedWith))
      ? `This computer seems to be offline: none of the ${tried.length} places could be reached (${asked}).`
      : 'No place could be asked; each said why above.';
    return `${strong(why)}\nThe same again: npx earshot try ${quoted(name)}`;
  }
  const others = [
    ...found.map((one) => ({ post: one.post, why: 'about somebody else' })),
    ...setAside.map((one) => ({ post: one.post, why: reasons[one.reason] })),
  ];
  if (others.length > 0) {
    const head =
      found.length > 0
        ? `“${clean(name)}” was said in the last 30 days, but most likely not of you:`
        : `Nobody named “${clean(name)}” in the last 30 days. The nearest that came, and why it is not shown as yours:`;
    const near = others.slice(0, shown).map(({ post, why }) => `${postLine(edges, post, null)}\n      ${why}`);
    return [strong(head), ...near, '', next].join('\n');
  }
  const silent = `Nobody has written about “${clean(name)}” in the last 30 days in the places that answered.`;
  return [
    strong(silent),
    wrapped('Most small businesses are talked about where no program may look on its own: see below.', width),
    '',
    next,
  ].join('\n');
}

const reasons: Readonly<Record<SetAside, string>> = {
  'no-match': 'your name does not stand in it',
  'own-post': 'it is an account of yours',
  excluded: 'it says something that you leave out',
  'required-missing': 'the words that must stand near do not',
  'query-missed': 'it is not what your query asks for',
  'too-old': 'it is too old',
  unreadable: 'it could not be read',
  erased: 'it was erased',
};

const nextStep = (name: string, options: Options) =>
  `Keep listening: npx earshot init --name ${quoted(name)}${options.about ? ` --about ${quoted(options.about)}` : ''}`;

const newest = (found: readonly Find[]) =>
  [...found].sort((a, b) => (b.post.publishedAt ?? 0) - (a.post.publishedAt ?? 0));

const lines = (edges: Edges, found: readonly Find[]) => [
  ...found.slice(0, shown).map((one) => postLine(edges, one.post, one)),
  ...(found.length > shown ? [`  … and ${found.length - shown} more`] : []),
];

function postLine({ terminal, clock, timezone }: Edges, post: Post, found: Find | null): string {
  const paint = coloursOf(terminal);
  const when = post.publishedAt === null ? 'no date' : sayMoment(post.publishedAt, clock.now(), timezone);
  const title = sourceTitles.get(post.source) ?? post.source;
  const room = Math.max(30, Math.min(terminal.columns, 120) - 36);
  const spans = (found?.findings.reasons ?? []).flatMap((reason) =>
    reason.of === 'complaint' && reason.field === 'text' && reason.at && reason.weight > 0 ? [reason.at] : [],
  );
  const words = excerpt(post.text || post.title || '(no words)', post.text ? spans : [], room)
    .map((piece) => clean(piece.text))
    .join(' ');
  return `  ${link(toWidth(title, 15), post.url, terminal)} ${paint.dim(toWidth(when, 16))} ${toWidth(words, room).trimEnd()}`;
}
