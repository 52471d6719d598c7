/** What doing something to a case came to: how it stands now and what is next, or why nothing was done. */
import type { App } from '../app.ts';
import { causeOf } from '../cases/cause.ts';
import type { Edges } from '../edges.ts';
import { caseRowFace } from '../jobs/case-face.ts';
import { readCaseRows } from '../jobs/case-rows.ts';
import type { Case } from '../store/cases.ts';
import { causesOf } from '../store/causes.ts';
import { quoted, stepsOn } from '../text/command.ts';
import { jsonText } from '../text/json.ts';
import { clean, steps } from './format.ts';
import { caseHead, nextForCase } from './tell-case.ts';
import { tellingOf } from './tell-mention.ts';
import { brandNames } from './tools.ts';
import { Misuse } from './trouble.ts';

export interface Doing {
  readonly edges: Edges;
  readonly tools: App;
  readonly json: boolean | undefined;
  /** The command, and the word that names the case. */
  readonly name: string;
  readonly word: string;
}

/** @returns the exit code. @throws Misuse where there is no such case */
export async function told({ edges, tools, json, name, word }: Doing, after: Case | string | null): Promise<number> {
  if (after === null) throw new Misuse(`There is no case ${word}. \`npx earshot case list\` shows them.`);
  const { terminal } = edges;
  if (typeof after === 'string') {
    terminal.err(`${word} cannot be ${past[name] ?? name}: ${stepsOn(after, tools.earshot, word)}\n`);
    return 1;
  }
  if (json) {
    const brand = (await brandNames(tools)).get(after.brandId) ?? after.brandId;
    const [row] = await tools.store.read('a case', (tx) => readCaseRows(tools, tx, [after.id]));
    if (row) terminal.out(`${jsonText(caseRowFace(row, brand, edges.clock.now()), 2)}\n`);
    return 0;
  }
  const telling = tellingOf(edges, tools);
  terminal.out(`${caseHead(after, telling)}\n`);
  const next = nextForCase(after, telling.now)
    .slice(0, 2)
    .concat(name === 'fix' ? await causeStep(tools, after) : [])
    .map(([words, why]) => [`${telling.earshot} ${words}`, why] as const);
  terminal.err(`${steps(next, terminal)}\n`);
  return 0;
}

const mostCauses = 3;

/** Asks what was behind it, where nobody has said so, with the causes that were named before. */
async function causeStep({ store }: App, { id, brandId, events }: Case): Promise<(readonly [string, string])[]> {
  if (causeOf(events) !== null) return [];
  const { causes, without } = await store.read('causes', (tx) => causesOf(tx, brandId));
  const [first] = causes;
  const known = causes.slice(0, mostCauses).map(({ cause, cases }) => `${clean(cause)} (${cases})`);
  const told = known.length === 0 ? '' : `; so far: ${known.join(', ')}, without one (${without})`;
  return [[`case fix c${id} --cause ${quoted(first?.cause ?? 'cold food')}`, `to say what was behind it${told}`]];
}

/** What a case cannot be. */
export const past: Readonly<Record<string, string>> = {
  take: 'taken',
  assign: 'given to somebody',
  undo: 'undone',
  note: 'noted on',
  snooze: 'snoozed',
  fix: 'fixed',
  happy: 'happy',
  dismiss: 'dismissed',
  reopen: 'reopened',
  join: 'joined',
  split: 'split',
  promise: 'given a promise',
  kept: 'told as kept',
  silent: 'called silent',
};
