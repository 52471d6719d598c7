/** What goes into the log: a line a look, mails, trouble and mistakes; never what people wrote, never a secret. */
import { ConfigTrouble } from '../config/config.ts';
import type { Delivery } from '../digest/deliver.ts';
import type { RunFace } from '../face/run.ts';
import type { Log } from '../jobs/tools.ts';
import { StoreTrouble } from '../store/trouble.ts';
import { onOneLine } from '../text/clean.ts';

/** A log that knows these facts by itself. */
export function withFacts(log: Log, facts: object): Log {
  return {
    info: (more, message) => log.info({ ...facts, ...more }, message),
    warn: (more, message) => log.warn({ ...facts, ...more }, message),
    error: (more, message) => log.error({ ...facts, ...more }, message),
  };
}

export function tellRun(log: Log, run: RunFace, tookMs: number): void {
  const { watch, brands, outcome, seen, fresh, flagged, setAside, fault } = run;
  const facts = { watch, brands, outcome, seen, fresh, flagged, setAside, tookMs };
  const numbers = `${seen} read, ${fresh} new, ${flagged} flagged`;
  if (outcome === 'complete') return log.info(facts, `heard ${watch}: ${numbers}`);
  if (!fault) return log.info(facts, `stopped while listening to ${watch}: ${numbers}; it goes on from there`);
  const begin = outcome === 'failed' ? `could not look at ${watch}` : `could not read ${watch} to the end: ${numbers}`;
  log.warn({ ...facts, fault: fault.kind }, `${begin}: ${fault.message}`);
}

export function tellDelivery(log: Log, { recipient, kind, forDay, trouble, retryAt, bug }: Delivery): void {
  const facts = { recipient, mail: kind, forDay };
  if (trouble === null) return log.info(facts, `sent the mail of ${forDay} to ${recipient}`);
  const next = retryAt === null ? 'it is given up' : 'it is tried again';
  log.warn(facts, `the mail of ${forDay} to ${recipient} was not sent, ${next}: ${trouble}`);
  if (bug !== null) tellBug(log, `the mail to ${recipient}`, bug);
}

/** Trouble that has a sentence is told by it; everything else is a mistake of ours, told with where it happened. */
export function tellBug(log: Log, what: string, error: unknown): void {
  if (error instanceof StoreTrouble || error instanceof ConfigTrouble) {
    log.error({ trouble: error.name }, `${what}: ${error.message}`);
    return;
  }
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  // What stands in quotes may be what somebody wrote.
  const said = message.replaceAll(/"[^"]*"?|'[^']*'?|`[^`]*`?/gu, '"…"').slice(0, 300);
  const at = stack?.split('\n').find((line) => /^\s+at /.test(line)) ?? '';
  const where = /(?:src|dist|node_modules)[/\\].*?:\d+/.exec(at)?.[0] ?? null;
  log.error({ bug: name, where }, `a mistake of Earshot’s own; it goes on (${what}): ${said}`);
}

/** Text for a log line: on one line, without control characters, and without the parts of addresses that let people in. */
export function loggable(text: string): string {
  return onOneLine(text)
    .replaceAll(/\/\/[^/@\s]*@/gu, '//')
    .replaceAll(/(https?:\/\/[^\s?]*)\?[^\s]*/gu, '$1?…');
}
