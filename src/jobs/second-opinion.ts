/** Asks for a second opinion: what it said before is kept, what is new is asked within its means, and no trouble of its server is ours. */
import { hourMs, minuteMs } from '../clock.ts';
import type { SecondOpinionSettings } from '../config/config.ts';
import {
  type SecondInput,
  type SecondNumbers,
  secondInput,
  secondQuestion,
  secondTokens,
  secondVersion,
} from '../findings/judges/second-opinion.ts';
import { type Findings, ownPlace } from '../mention.ts';
import { isThisMachine } from '../net/address.ts';
import { Fault } from '../net/fault.ts';
import { type OpinionKey, opinionsOn, saveOpinions } from '../store/opinions.ts';
import { askOnce } from './ask-second.ts';
import { type Asked, keyOf, nameOf, noOpinions, type Opinions, type Patience } from './opinions.ts';
import {
  holdSecond,
  knowsNoSchema,
  maySecond,
  rememberNoSchema,
  reserveSecond,
  type SecondTime,
  settleSecond,
} from './second-means.ts';
import type { Tools } from './tools.ts';

/** Our own judges leave it open: only then somebody else is asked, and only then heard. */
export const isOpen = ({ complaint, relevance }: Pick<Findings, 'complaint' | 'relevance'>): boolean =>
  complaint.verdict === 'unsure' && relevance.verdict !== 'other';

/** Both, of what a second opinion was given on; nothing of all else. */
export const withSecond =
  (own: Opinions, second: Opinions): Opinions =>
  (asked) => {
    const said = second(asked);
    return said.length > 0 ? [...own(asked), ...said] : [];
  };

/** Null where it is not wished for. */
function secondSettings(tools: Pick<Tools, 'config'>): SecondOpinionSettings | null {
  const { secondOpinion } = tools.config;
  return secondOpinion?.off === false ? secondOpinion : null;
}

/**
 * What the second opinion is of posts that our own judges leave open, in this order. With no patience left nobody is asked, and
 * what was said before is read. A server that is slow, away or talks nonsense gives no opinion, and is left alone for a while.
 */
export async function askSecond(tools: Tools, open: readonly Asked[], patience: Patience): Promise<Opinions> {
  const settings = secondSettings(tools);
  if (settings === null || open.length === 0) return noOpinions;
  const questions = open.flatMap((asked) => questionOf(tools, settings, asked) ?? []);
  const known = await keptAnswers(tools, questions);
  const fresh = new Map(questions.filter(({ key }) => !known.has(nameOf(key))).map((each) => [nameOf(each.key), each]));
  let nonsense = 0;
  for (const [name, question] of fresh) {
    if (!hasPatience(tools, patience)) break;
    patience.left -= 1;
    const said = await askWithinMeans(tools, settings, question);
    if (said === 'stop') patience.left = 0;
    else {
      known.set(name, said);
      nonsense = said === null ? nonsense + 1 : 0;
      if (nonsense >= mostNonsense) {
        patience.left = 0;
        await leaveAlone(tools, settings, `${settings.model} gives no answers that Earshot can use.`, null);
      }
    }
  }
  // Kept answers on the same words for other brands were read, too: those are not open.
  const asked = new Set(questions.map(({ key }) => nameOf(key)));
  return (one) => {
    const key = questionOf(tools, settings, one)?.key;
    const numbers = key && asked.has(nameOf(key)) ? known.get(nameOf(key)) : null;
    return key && numbers ? [{ judge: key.judge, version: key.version, ...numbers }] : [];
  };
}

/** Those that nobody was asked about yet, in this order. */
export async function notAskedYet<One extends Asked>(tools: Tools, open: readonly One[]): Promise<readonly One[]> {
  const settings = secondSettings(tools);
  if (settings === null) return [];
  const keyed = open.flatMap((one) => {
    const question = questionOf(tools, settings, one);
    return question ? [{ one, question }] : [];
  });
  const known = await keptAnswers(
    tools,
    keyed.map(({ question }) => question),
  );
  return keyed.filter(({ question }) => !known.has(nameOf(question.key))).map(({ one }) => one);
}

/** Whether a short question would be let through now. */
export async function mayAsk(tools: Tools): Promise<boolean> {
  const settings = secondSettings(tools);
  if (settings === null) return false;
  return tools.store.read('a second opinion', (tx) => maySecond(tx, settings, { in: 0, out: 0 }, timeOf(tools)));
}

/** So many answers in a row that make no sense, and it is the model, not the post. */
const mostNonsense = 3;
/** A server that gave no answer is not asked again for so long. */
const restMs = 30 * minuteMs;
/** Whatever it says, it is tried again after a day. */
const mostRestMs = 24 * hourMs;

/** Anybody may still be asked. */
export const hasPatience = ({ clock, signal }: Tools, { left, until = Number.POSITIVE_INFINITY }: Patience) =>
  left > 0 && clock.now() < until && !signal.aborted;

const timeOf = ({ clock, config }: Tools): SecondTime => ({ now: clock.now(), timezone: config.timezone });

interface Question {
  readonly input: SecondInput;
  readonly key: OpinionKey;
}

/** Null where there is nothing to ask, or it is not for others to see. */
function questionOf(tools: Tools, settings: SecondOpinionSettings, { post, brandId }: Asked): Question | null {
  const brand = tools.brands.get(brandId);
  // What was said to the business alone was not said in public.
  const confided = post.place?.startsWith(ownPlace) && !isThisMachine(new URL(settings.url).hostname);
  const input = brand && !confided ? secondInput(post, brand) : null;
  if (input === null) return null;
  const { business, post: text } = input;
  return { input, key: keyOf({ brand: JSON.stringify(business), text }, 'second', secondVersion(settings.model)) };
}

/** Null: it was asked, and made no sense. */
async function keptAnswers(tools: Tools, questions: readonly Question[]): Promise<Map<string, SecondNumbers | null>> {
  const texts = [...new Set(questions.map(({ key }) => key.text))];
  const kept = await tools.store.read('opinions', (tx) => opinionsOn(tx, texts));
  return new Map(
    kept.map((each) => {
      const { complaint = null, relevance = null, severity = null } = each.numbers;
      const whole = complaint !== null && relevance !== null && severity !== null;
      return [nameOf(each), whole ? { complaint, relevance, severity } : null];
    }),
  );
}

/** `stop`: it may not be asked any more, or gave no answer at all; null: an answer that made no sense. */
async function askWithinMeans(
  tools: Tools,
  settings: SecondOpinionSettings,
  { input, key }: Question,
): Promise<SecondNumbers | null | 'stop'> {
  const { store } = tools;
  const known = await store.read('a second opinion', (tx) => knowsNoSchema(tx, settings));
  try {
    for (const plain of known ? [true] : [false, true]) {
      const reserved = secondTokens(secondQuestion(input, settings.model, plain));
      const may = await store.write('a call', (tx) => reserveSecond(tx, settings, reserved, timeOf(tools)));
      if (!may) return 'stop';
      const said = await askOnce(tools, settings, input, plain);
      await store.write('a second opinion', async (tx) => {
        const used = said === null ? { in: 0, out: 0 } : (said.tokens ?? reserved);
        await settleSecond(tx, settings, { reserved, used }, timeOf(tools));
        if (said === null) return;
        if (plain && !known) await rememberNoSchema(tx, settings);
        await saveOpinions(tx, [{ ...key, numbers: { ...(said.numbers ?? noNumbers) } }], tools.clock.now());
      });
      if (said) return said.numbers;
    }
  } catch (error) {
    if (tools.signal.aborted) return 'stop';
    if (!(error instanceof Fault)) throw error;
    await leaveAlone(tools, settings, error.message, error.retryAt);
  }
  return 'stop';
}

const noNumbers = { complaint: null, relevance: null, severity: null };

/** Told once in the log, and in `status` for as long as it lasts. */
async function leaveAlone(
  tools: Tools,
  settings: SecondOpinionSettings,
  sentence: string,
  retryAt: number | null,
): Promise<void> {
  const now = tools.clock.now();
  const until = Math.min(Math.max(now + restMs, retryAt ?? 0), now + mostRestMs);
  await tools.store.write('a wait', (tx) => holdSecond(tx, settings, { sentence, until }, now));
  tools.log.warn({ trouble: sentence }, 'no second opinion for now; what our own judges say stands');
}
