/** What the daemon writes down: a line a look, mails, trouble and mistakes; never what people wrote. */
import { ConfigTrouble } from '../config/config.ts';
import type { Delivery } from '../digest/deliver.ts';
import { watchName } from '../digest/place-name.ts';
import type { collect } from '../jobs/collect.ts';
import { type Learned, whatMoved } from '../jobs/learn-brands.ts';
import { sayLeftBehind } from '../jobs/left-behind.ts';
import type { Log, Tools } from '../jobs/tools.ts';
import { StoreTrouble } from '../store/trouble.ts';
import { count } from '../text/count.ts';

type Run = Awaited<ReturnType<typeof collect>>[number];

/** A log that knows these facts by itself. */
export function withFacts(log: Log, facts: object): Log {
  return {
    info: (more, message) => log.info({ ...facts, ...more }, message),
    warn: (more, message) => log.warn({ ...facts, ...more }, message),
    error: (more, message) => log.error({ ...facts, ...more }, message),
  };
}

export function tellRun(log: Log, run: Run, tookMs: number): void {
  const { watch, brands, outcome, seen, fresh, flagged, setAside, fault, notAsked } = run;
  const place = nameOf(watch);
  if (notAsked) {
    log.info({ watch, brands, ...notAsked }, `did not ask ${place}: its maker wants it left alone for now`);
    return;
  }
  const facts = { watch, brands, outcome, seen, fresh, flagged, setAside, tookMs };
  const numbers = `${seen} read, ${fresh} new, ${count(flagged, 'complaint')}`;
  if (outcome === 'complete') {
    log.info(facts, `heard ${place}: ${numbers}`);
  } else if (!fault) {
    log.info(facts, `stopped while listening to ${place}: ${numbers}; it is taken up again`);
  } else {
    const begin =
      outcome === 'failed' ? `could not look at ${place}` : `could not read ${place} to its end: ${numbers}`;
    log.warn({ ...facts, fault: fault.kind }, `${begin}: ${fault.message}`);
  }
}

/** `bluesky search` → `Bluesky`. */
function nameOf(watch: string): string {
  const [source = '', ...key] = watch.split(' ');
  return watchName({ source, key: key.join(' ') });
}

export function tellDelivery(log: Log, { recipient, kind, forDay, trouble, retryAt, bug }: Delivery): void {
  const facts = { recipient, mail: kind, forDay };
  const mail = `the mail ${kind === 'escalation' ? `about ${forDay.split('-')[0]}` : `of ${forDay}`} to ${recipient}`;
  if (trouble === null) log.info(facts, `sent ${mail}`);
  else log.warn(facts, `${mail} was not sent, and is ${retryAt === null ? 'given up' : 'tried again'}: ${trouble}`);
  if (bug !== null) tellTrouble(log, mail, bug);
}

/** What a changed config did to the stored mentions. */
export function tellLearned(tools: Tools, learned: Learned): void {
  const { log } = tools;
  for (const { from, to } of learned.changes.renamed) log.info({}, `${from} is now called ${to}`);
  const moved = whatMoved(tools, learned);
  if (moved !== null) log.info({ ...learned.rejudged }, `what you listen for has changed ${moved}`);
  const left = sayLeftBehind(learned.leftBehind, tools.config.brands);
  if (left !== null) log.warn({}, left);
}

/** Trouble that has a sentence is told by it; everything else is a mistake of ours, told with where it happened. */
export function tellTrouble(log: Log, what: string, error: unknown): void {
  if (error instanceof StoreTrouble || error instanceof ConfigTrouble) {
    log.error({ trouble: error.name }, `${what}: ${error.message}`);
    return;
  }
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  // What stands in quotes may be what somebody wrote.
  const said = message.replaceAll(/"[^"]*"?|'[^']*'?|`[^`]*`?/gu, '"…"').slice(0, 300);
  const frame = stack?.split('\n').find((line) => /^\s+at /.test(line)) ?? '';
  const where = /(?:src|dist|node_modules)[/\\].*?:\d+/.exec(frame)?.[0] ?? null;
  log.error({ bug: name, where }, `a mistake of Earshot’s own, and it goes on (${what}): ${said}`);
}
