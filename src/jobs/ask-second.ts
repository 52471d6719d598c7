/** One question to the server of the second opinion: as it is sent, and what its answer means. */
import { z } from 'zod';
import type { SecondOpinionSettings } from '../config/config.ts';
import type { Env } from '../edges.ts';
import {
  readSecondAnswer,
  type SecondInput,
  type SecondSaid,
  secondQuestion,
} from '../findings/judges/second-opinion.ts';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import type { Tools } from './tools.ts';

export const secondKey = 'EARSHOT_SECOND_OPINION_KEY';

/** All that leaves this computer with a question; the key is shown as dots where `shown`. */
export function secondRequest(
  settings: SecondOpinionSettings,
  input: SecondInput,
  env: Env,
  { plain, shown }: { readonly plain: boolean; readonly shown: boolean },
): { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: object } {
  const key = env[secondKey]?.trim();
  return {
    url: chatAddress(settings.url),
    headers: {
      'user-agent': 'Earshot/0.1',
      ...(key ? { authorization: `Bearer ${shown ? '…' : key}` } : {}),
    },
    body: secondQuestion(input, settings.model, plain),
  };
}

/** Null: it knows no schema, and should be asked without. @throws Fault */
export async function askOnce(
  tools: Tools,
  settings: SecondOpinionSettings,
  input: SecondInput,
  plain: boolean,
): Promise<SecondSaid | null> {
  const net = await tools.net();
  const { http } = net.visit({
    source: 'second-opinion',
    pace: [],
    account: null,
    validators: {},
    signal: tools.signal,
  });
  const { url, headers, body } = secondRequest(settings, input, tools.env, { plain, shown: false });
  const refused = (answer: RawAnswer) => refusal(answer, settings, plain);
  try {
    const answer = await http.json(url, z.unknown(), { method: 'POST', headers, json: body, once: true, refused });
    const said = readSecondAnswer(answer.body);
    if (said) return said;
  } catch (error) {
    if (error instanceof Fault && error.cause === knowsNone) return null;
    throw error;
  }
  throw new Fault('garbled', `${new URL(url).host} answered, but not as such servers do: look at ${inConfig}.`);
}

const inConfig = 'secondOpinion in your config';

/** Marks the refusal of a question with a schema. */
const knowsNone = Symbol('knows no schema');

function refusal({ status, url }: RawAnswer, { model }: SecondOpinionSettings, plain: boolean): Fault | undefined {
  const { host } = new URL(url);
  if ([400, 415, 422, 501].includes(status)) {
    const sentence = `${host} does not understand what Earshot asks, or has no model called ${model}: look at ${inConfig}.`;
    return new Fault('garbled', sentence, plain ? {} : { cause: knowsNone });
  }
  if (status === 401 || status === 403)
    return new Fault('not-allowed', `${host} wants a key, or no longer takes the one in ${secondKey}.`);
  if (status === 404)
    return new Fault('gone', `${host} has no model called ${model}, or nothing at that address: look at ${inConfig}.`);
  return undefined;
}

/** `http://127.0.0.1:11434`, with or without `/v1` or what follows it. */
function chatAddress(given: string): string {
  const url = new URL(given);
  const path = url.pathname.replace(/\/+$/, '') || '/v1';
  url.pathname = path.endsWith('/chat/completions') ? path : `${path}/chat/completions`;
  return url.href;
}
