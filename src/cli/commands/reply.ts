/** `earshot reply lint|allow`: what not to say to a customer, and what is let pass for a brand. */
import { existsSync } from 'node:fs';
import { type App, configPath } from '../../app.ts';
import type { Edges, Terminal } from '../../edges.ts';
import type { AllowedFinding, ReplyFinding } from '../../face/reply.ts';
import { lintAlone, lintDraft } from '../../jobs/lint-reply.ts';
import { limitedPlaces } from '../../replies/limits.ts';
import { type Finding, notChecked } from '../../replies/lint.ts';
import { loadRulebook } from '../../replies/rules.ts';
import { allowedFor, allowFinding, forbidAgain } from '../../store/allowed-findings.ts';
import { earshotWith, quoted } from '../../text/command.ts';
import { jsonText } from '../../text/json.ts';
import { clean, coloursOf, count, readingWidth, steps, wrapped } from '../format.ts';
import { readAll } from '../read-all.ts';
import { meantAmong } from '../right-word.ts';
import { mentionGiven, oneBrand, withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface LintOptions {
  readonly config?: string;
  readonly case?: string;
  readonly platform?: string;
  readonly brand?: string;
  readonly json?: boolean;
}

/** Without `--case` and `--brand` a config is helpful, but need not be there. */
export async function command(edges: Edges, options: LintOptions): Promise<number> {
  if (!edges.stdinPiped)
    throw new Misuse('Where is the draft? It is read from a file or a pipe: npx earshot reply lint < answer.txt');
  const text = await readAll(edges);
  if (text.trim() === '') throw new Misuse('The draft is empty.');
  const platform = options.platform?.toLowerCase() ?? null;
  const named = options.case !== undefined || options.brand !== undefined;
  if (!named && !existsSync(configPath(edges, options.config)))
    return tell(edges, options, { earshot: earshotWith(options.config), found: lintAlone(text, platform), platform });
  return withTools(edges, options, async (tools) => {
    const to = options.case === undefined ? null : await mentionGiven(tools, caseWord(options.case));
    const brandId = await oneBrand(tools, options.brand);
    const found = await lintDraft(tools, { text, to, brandId, platform });
    return tell(edges, options, { earshot: tools.earshot, found, platform });
  });
}

/** A bare number is a case. */
const caseWord = (word: string) => (/^\d+$/.test(word.trim()) ? `c${word.trim()}` : word);

interface Told {
  readonly earshot: string;
  readonly found: readonly Finding[];
  readonly platform: string | null;
}

function tell({ terminal }: Edges, { json }: LintOptions, { earshot, found, platform }: Told): number {
  if (platform !== null && !limitedPlaces.includes(platform))
    terminal.err(`How long an answer may be on ${clean(platform)} is not known here; its length was not checked.\n`);
  if (json) {
    terminal.out(`${jsonText(found.map(findingFace), 2)}\n`);
    return found.length === 0 ? 0 : 1;
  }
  if (found.length === 0) {
    terminal.out('Nothing in it that a customer should not read.\n');
    return 0;
  }
  terminal.out(`${findingsTold(terminal, found)}\n`);
  const first = found.find(({ rule }) => rule !== notChecked);
  if (first)
    terminal.err(
      `\n${steps([[`${earshot} reply allow ${first.rule}`, 'where it is right for you: it passes from now on']], terminal)}\n`,
    );
  return 1;
}

/** What was found, with why and what instead. */
export function findingsTold(terminal: Terminal, found: readonly Finding[]): string {
  const colours = coloursOf(terminal);
  const width = readingWidth(terminal);
  const told = found.map(({ rule, evidence, why, rewrite, severity }) => {
    const head = `${colours.bold(quote(evidence))}  ${colours.dim(severity === 'never' ? rule : `${rule}, with care`)}`;
    return [head, wrapped(why, width, '  '), wrapped(`Instead: ${rewrite}`, width, '  ')].join('\n');
  });
  const sure = found.filter(({ rule }) => rule !== notChecked).length;
  const sentence = sure === 0 ? 'Not checked.' : `${count(sure, 'thing')} to say differently.`;
  return [sentence, ...told].join('\n\n');
}

/** As JSON has them. */
export const findingFace = ({ at, ...rest }: Finding): ReplyFinding => ({ ...rest, at: [at[0], at[1]] });

const longestQuote = 60;

function quote(evidence: string): string {
  const words = clean(evidence);
  return words.length > longestQuote ? `“${words.slice(0, longestQuote - 1).trimEnd()}…”` : `“${words}”`;
}

interface AllowOptions {
  readonly config?: string;
  readonly why?: string;
  readonly undo?: boolean;
  readonly brand?: string;
  readonly as?: string;
  readonly json?: boolean;
}

/** Its second half: with a rule it lets it pass, without one it shows what does. */
export const allowing = {
  command: async (
    edges: Edges,
    options: AllowOptions,
    rule?: string,
    words: readonly string[] = [],
  ): Promise<number> => {
    if (rule !== undefined) known(rule);
    return withTools(edges, options, async (tools) => {
      const brandId = await oneBrand(tools, options.brand);
      if (brandId === null) throw new Misuse('Which of your brands is it about? Say so with --brand.');
      const said = words.join(' ').trim();
      const wish = rule === undefined ? null : { rule, words: said === '' ? null : said };
      if (wish && !(await decide(edges, tools, options, { brandId, ...wish }))) return 1;
      const rows = await tools.store.read('what may be said', (tx) => allowedFor(tx, brandId));
      const brand = tools.brands.get(brandId)?.name ?? brandId;
      const faces = rows.map(({ at, ...row }): AllowedFinding => ({ brand, ...row, at: new Date(at).toISOString() }));
      edges.terminal.out(options.json ? `${jsonText(faces, 2)}\n` : listed(brand, faces));
      return 0;
    });
  },
};

interface Wish {
  readonly brandId: string;
  readonly rule: string;
  readonly words: string | null;
}

/** False where there was nothing to take back. */
async function decide(edges: Edges, tools: App, { why, undo, as }: AllowOptions, wish: Wish): Promise<boolean> {
  const { brandId, rule, words } = wish;
  const { terminal, clock } = edges;
  if (undo) {
    const was = await tools.store.write('what may be said', (tx) => forbidAgain(tx, brandId, { rule, words }));
    if (!was) terminal.err(`${clean(sayWish(wish))} was not let pass. ${tools.earshot} reply allow shows what is.\n`);
    return was;
  }
  const by = as ?? edges.person;
  const row = { rule, words, by, at: clock.now(), why: why ?? null };
  await tools.store.write('what may be said', (tx) => allowFinding(tx, brandId, row));
  const back = ['reply allow', rule, ...(words === null ? [] : [quoted(words)]), '--undo'].join(' ');
  terminal.err(`${steps([[`${tools.earshot} ${back}`, 'to take that back']], terminal)}\n`);
  return true;
}

function listed(brand: string, faces: readonly AllowedFinding[]): string {
  if (faces.length === 0) return `Nothing is let pass for ${clean(brand)}: every finding is shown.\n`;
  const lines = faces.map((face) => {
    const why = face.why === null ? '' : `: ${face.why}`;
    return `  ${clean(`${sayWish(face)}, says ${face.by}${why}`)}`;
  });
  return `Let pass for ${clean(brand)}:\n${lines.join('\n')}\n`;
}

const sayWish = ({ rule, words }: Pick<Wish, 'rule' | 'words'>) => (words === null ? rule : `${rule} “${words}”`);

/** @throws Misuse where no rule is called so */
function known(rule: string): void {
  const names = [...loadRulebook().rules.keys()];
  if (rule === notChecked) throw new Misuse('What nobody checked cannot be let pass: somebody has to read it.');
  if (names.includes(rule)) return;
  throw new Misuse(`No rule is called ${rule}. ${meantAmong(rule, names, 'Rules are')}`);
}
