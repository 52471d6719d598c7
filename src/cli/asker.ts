/** Asking a person at the terminal; tests answer by themselves. */
import { cancel, isCancel, password, select, selectKey, text } from '@clack/prompts';
import { Misuse } from './trouble.ts';

export interface Asker {
  /** Enter takes `usual`; `wrong` says what is wrong with an answer, and it is asked for again. */
  text(question: string, usual: string, hint?: string, wrong?: (answer: string) => string | null): Promise<string>;
  /** Without echo. */
  secret(question: string): Promise<string>;
  /** One key, without Enter. */
  key<Value extends string>(
    question: string,
    keys: readonly { readonly value: Value; readonly label: string }[],
  ): Promise<Value>;
  choose<Value extends string>(
    question: string,
    choices: readonly { readonly value: Value; readonly label: string }[],
    usual: Value,
  ): Promise<Value>;
}

/** Somebody pressed Ctrl-C at a question. */
export class Stopped extends Misuse {}

/** @throws Stopped */
export const terminalAsker: Asker = {
  text: async (question, usual, hint, wrong) => {
    // An example alone would look like an answer that Enter takes.
    const placeholder = usual || (hint ? `for example: ${hint}` : '');
    const validate = (answer: string | undefined) => wrong?.(answer?.trim() || usual) ?? undefined;
    return answered(await text({ message: question, placeholder, defaultValue: usual, validate })).trim();
  },
  secret: async (question) => answered(await password({ message: question })),
  key: async (question, keys) =>
    answered(
      await selectKey({
        message: question,
        options: keys.map(({ value, label }) => ({ value: value as string, label })),
      }),
    ) as (typeof keys)[number]['value'],
  choose: async (question, choices, usual) =>
    answered(
      await select<string>({
        message: question,
        options: choices.map(({ value, label }) => ({ value, label })),
        initialValue: usual,
      }),
    ) as (typeof choices)[number]['value'],
};

/** One line, unless the signal comes first: then it never settles, and the question goes away. @throws Stopped */
export async function askUntil(question: string, signal: AbortSignal): Promise<string> {
  const line = await text({ message: question, signal });
  return signal.aborted ? new Promise(() => undefined) : answered(line);
}

function answered(answer: string | symbol): string {
  if (isCancel(answer)) {
    cancel('Stopped.');
    throw new Stopped('Nothing was kept; the same command begins again.');
  }
  return String(answer);
}
