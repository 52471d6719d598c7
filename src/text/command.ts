/** Commands as people type them: quoted where a shell wants it, and with the config file that this Earshot was called with. */
import { onOneLine } from './clean.ts';

/** How a printed command begins. @param config as it was given with `--config` */
export function earshotWith(config: string | undefined): string {
  if (config === undefined) return 'npx earshot';
  return `npx earshot --config ${shellWord(config)}`;
}

/** A sentence that names commands (`npx earshot status`), for somebody who calls Earshot by `earshot`. */
export function asCalled(sentence: string, earshot: string): string {
  return sentence.replaceAll(/\bnpx earshot(?= (?!--config))/g, () => earshot);
}

/** A sentence that names a step on one thing (`case reopen`, `praise ask`): with the whole command for that one. */
export function stepsOn(sentence: string, earshot: string, word: string): string {
  return sentence.replaceAll(/`((?:case|praise) [a-z]+)`/g, (_whole, step: string) => `\`${earshot} ${step} ${word}\``);
}

/** As one word to type, in quotation marks only where a shell wants them. */
export function shellWord(text: string): string {
  return /^[\w.,:/@+-]+$/.test(text) ? text : quoted(text);
}

/** In quotation marks, as a shell reads them: double ones where that is enough, else single ones. */
export function quoted(text: string): string {
  const plain = onOneLine(text);
  return /["$`\\!]/.test(plain) ? `'${plain.replaceAll("'", "'\\''")}'` : `"${plain}"`;
}
