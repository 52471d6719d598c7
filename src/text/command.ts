/** Commands as people type them: quoted where a shell wants it, and with the config file that this Earshot was called with. */
import { onOneLine } from './clean.ts';

/** How a printed command begins. @param config as it was given with `--config` */
export function earshotWith(config: string | undefined): string {
  if (config === undefined) return 'npx earshot';
  return `npx earshot --config ${/^[\w./@+-]+$/.test(config) ? config : quoted(config)}`;
}

/** A sentence that names commands (`npx earshot status`), for somebody who calls Earshot by `earshot`. */
export function asCalled(sentence: string, earshot: string): string {
  return sentence.replaceAll(/\bnpx earshot(?= (?!--config))/g, () => earshot);
}

/** As a word for a shell: in double quotes where that is enough, else in single ones. */
export function quoted(text: string): string {
  const plain = onOneLine(text);
  return /["$`\\!]/.test(plain) ? `'${plain.replaceAll("'", "'\\''")}'` : `"${plain}"`;
}
