/** Reads, parses, normalises and checks the config text; tells every problem at once, each with its place and what to do. */
import { createRequire } from 'node:module';
import { basename, dirname, extname, isAbsolute, resolve } from 'node:path';
import { closest, distance } from 'fastest-levenshtein';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { sourceIds } from '../sources/index.ts';
import type { Source } from '../sources/source.ts';
import type { BrandConfig, Config, Problem, SourceSetting } from './config.ts';
import { durationMs } from './duration.ts';
import { checkPeople } from './people-check.ts';
import { type ConfigOutput, ConfigShape, industryValue, SourceSettings } from './schema.ts';

type Path = readonly (string | number)[];
type Tell = (path: Path, sentence: string, level?: Problem['level']) => void;

export interface ParseContext {
  /** Where the text came from; relative paths in it mean its folder, or the one above when that is called `config`. */
  readonly path: string;
  /** At least those that the text names. */
  readonly sources: readonly Source[];
  /** The computer's own time zone. */
  readonly timezone: string;
  /** What is wrong with a cron expression, as what follows its path; null where it will do. */
  readonly cronTrouble: (expression: string) => string | null;
}

export interface ParsedConfig {
  /** Null exactly where a problem is an error. */
  readonly config: Config | null;
  /** What can be read in spite of the errors, so that one look finds what else is wrong; null where nothing can. */
  readonly rest: Config | null;
  /** In the order of the file's lines. */
  readonly problems: Problem[];
}

export function parseConfig(text: string, context: ParseContext): ParsedConfig {
  const problems: Problem[] = [];
  const lineOf = lineFinder(text);
  const tell: Tell = (path, sentence, level = 'error') => {
    problems.push({ path: pathText(path), line: lineOf(path), sentence, level });
  };

  const raw = plainValue(text, (sentence, line = null) => {
    problems.push({ path: '', line, sentence, level: 'error' });
  });
  if (raw === undefined) return { config: null, rest: null, problems };
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) {
    tell([], 'is empty or no list of settings. `npx earshot init` writes one that works.');
    return { config: null, rest: null, problems };
  }

  const shaped = ConfigShape.safeParse(raw);
  if (!shaped.success) {
    for (const issue of shaped.error.issues) tellIssue(issue, raw, ConfigShape, tell);
  }
  const given = shaped.data ?? salvage(raw, shaped.error.issues);
  if (!given) return { config: null, rest: null, problems };
  const rest = normalise(given, context, tell);
  if (shaped.success) {
    checkBrands(rest, problems, tell);
    checkPeople(rest.people, (path, sentence) => tell(path, sentence, 'warning'), nearest);
  }
  problems.sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
  return { config: problems.some((problem) => problem.level === 'error') ? null : rest, rest, problems };
}

/** Cutting out what is wrong may leave something else without a part that it needs. */
const mostCuts = 3;

/** What is left when every part with an issue is cut out; null where that does not make a whole. */
function salvage(raw: object, issues: readonly z.core.$ZodIssue[]): ConfigOutput | null {
  const left: unknown = structuredClone(raw);
  let wrong = issues;
  for (let cuts = 0; cuts < mostCuts; cuts += 1) {
    for (const issue of wrong) {
      const keys = issue.code === 'unrecognized_keys' ? issue.keys : [null];
      for (const key of keys) cut(left, key === null ? issuePath(issue) : [...issuePath(issue), key]);
    }
    const again = ConfigShape.safeParse(left);
    if (again.success) return again.data;
    wrong = again.error.issues;
  }
  return null;
}

/** A brand is never cut out, since the paths of all behind it would change: it is called by its number. */
function cut(from: unknown, path: Path): void {
  const [first, index, field] = path;
  let at = from as Record<string | number, unknown>;
  for (const part of path.slice(0, -1)) {
    const next = at[part];
    if (next === null || typeof next !== 'object') return;
    at = next as Record<string | number, unknown>;
  }
  const last = path.at(-1);
  if (last === undefined) return;
  if (first === 'brands' && index === undefined) at[last] = [{ name: 'brand 1' }];
  else if (first === 'brands' && field === undefined) at[last] = { name: `brand ${Number(index) + 1}` };
  else if (first === 'brands' && field === 'name') at[last] = `brand ${Number(index) + 1}`;
  else if (last in at) delete at[last];
  // What must be there is not: then the group that wants it goes.
  else cut(from, path.slice(0, -1));
}

/** Settings go six deep. */
const deepest = 50;
const tooDeep =
  'one setting stands within the other, deeper than any setting does. Indentation and a bracket that is opened too often are the usual causes.';

/** The parser calls itself once a level, and says so in words of the machine when it can go no deeper. */
const isTooDeep = (error: unknown) => error instanceof Error && /call stack|stack overflow/i.test(error.message);

/**
 * Undefined, and told, where it is no YAML, where `*aliases` lead nowhere or multiply without end, and where it is too deep
 * for whoever reads it. What the parser made of it is let go of with the last line: it is ten times the text.
 */
function plainValue(text: string, tell: (sentence: string, line?: number | null) => void): unknown {
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.some(isTooDeep)) return void tell(tooDeep);
  for (const { message, linePos } of document.errors) tell(yamlSentence(message), linePos?.[0].line);
  if (document.errors.length > 0) return undefined;
  try {
    const value: unknown = document.toJS({ maxAliasCount: 50 }) ?? null;
    if (!goesDeeper(value, deepest)) return value;
    tell(tooDeep);
  } catch (error) {
    tell(isTooDeep(error) ? tooDeep : yamlSentence(error instanceof Error ? error.message : String(error)));
  }
  return undefined;
}

function goesDeeper(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  return levels === 0 || Object.values(value).some((part) => goesDeeper(part, levels - 1));
}

function normalise(given: ConfigOutput, context: ParseContext, tell: Tell): Config {
  const base = baseFolder(context.path);
  const timezone = given.timezone ?? context.timezone;
  return {
    path: context.path,
    base,
    store: storePath(given.store, base, tell),
    timezone,
    firstLookMs: ms(given.firstLook),
    contact: given.contact ?? null,
    proxy: given.proxy ?? null,
    brands: given.brands.map((brand, index) => normaliseBrand(brand, index, given, context, tell)),
    people: given.people,
    templates: given.templates.map(({ name, text, language = null }) => ({ name, text, language })),
    closeSilentAfterMs: Number(given.closeSilentAfter) === 0 ? 0 : ms(`${given.closeSilentAfter}`),
    industry: given.industry.map(({ value, ...one }) => ({ ...one, value: industryValue(one.figure, value) ?? 0 })),
    digestTo: given.digest.to.map((one) => ({
      address: one.address,
      at: one.at.padStart(5, '0'),
      timezone: one.timezone ?? timezone,
    })),
    mail: given.mail
      ? {
          host: given.mail.host,
          port: given.mail.port,
          security: given.mail.security ?? (given.mail.port === 465 ? 'tls' : 'starttls'),
          from: given.mail.from,
        }
      : null,
    inbox: given.inbox,
    secondOpinion: given.secondOpinion
      ? { ...given.secondOpinion, moneyPerMonth: given.secondOpinion.moneyPerMonth ?? null }
      : null,
    namedHosts: [...namedHosts(given), ...given.brands.flatMap((brand) => mailHosts(brand.sources.mailbox))],
  };
}

function normaliseBrand(
  brand: ConfigOutput['brands'][number],
  index: number,
  given: ConfigOutput,
  context: ParseContext,
  tell: Tell,
): BrandConfig {
  const path = ['brands', index];
  const sources = new Map<string, SourceSetting>();
  for (const [id, settings] of Object.entries(brand.sources)) {
    const at = [...path, 'sources', id];
    const source = context.sources.find((one) => one.id === id);
    if (source) {
      const setting = sourceSetting(source, settings ?? {}, at, context, tell);
      if (setting) sources.set(id, setting);
    } else tell(at, `no source is called ${id}.${nearest(id, sourceIds)}`);
  }
  const hours = brand.hours ?? given.hours ?? null;
  const { aliases, handles, domains, exclude, require, rivals, caseSensitive } = brand;
  return {
    id: brand.id ?? slug(brand.name),
    name: brand.name,
    about: brand.about ?? null,
    trade: brand.trade ?? null,
    query: queryOf(brand, [...path, 'query'], tell),
    ...{ aliases, handles, domains, exclude, require, rivals, caseSensitive, sources, hours },
    answerWithin: brand.answerWithin ?? given.answerWithin,
    solveWithin: brand.solveWithin ?? given.solveWithin,
  };
}

/** Loaded with the first query: every command reads the config, and few configs hold one. */
const load = createRequire(import.meta.url);

function queryOf(
  { name, aliases, domains, handles, query }: ConfigOutput['brands'][number],
  path: Path,
  tell: Tell,
): string | null {
  if (query === undefined) return null;
  const names = [name, ...aliases, ...handles, ...domains];
  const { checkQuery } = load(`./query-check${extname(import.meta.url)}`) as typeof import('./query-check.ts');
  const { trouble, doubts } = checkQuery(query, names, sourceIds);
  for (const doubt of doubts) tell(path, doubt, 'warning');
  if (trouble === null) return query;
  tell(path, trouble);
  return null;
}

function sourceSetting(
  source: Source,
  settings: object,
  path: Path,
  context: ParseContext,
  tell: Tell,
): SourceSetting | null {
  const own = SourceSettings.safeParse(settings);
  if (!own.success) {
    for (const issue of own.error.issues) tell([...path, ...issuePath(issue)], issueSentence(issue));
    return null;
  }
  const { cron, off, quietAfter, account, ...rest } = own.data;
  const trouble = cron === undefined ? null : context.cronTrouble(cron);
  if (trouble !== null) tell([...path, 'cron'], trouble);
  const options = source.options.safeParse(
    'path' in rest ? { ...rest, path: absolute(String(rest.path), baseFolder(context.path)) } : rest,
  );
  if (!options.success) {
    for (const issue of options.error.issues)
      tellIssue(issue, rest, source.options, (at, text) => tell([...path, ...at], text));
    return null;
  }
  if (off ?? source.offByDefault !== undefined) return null;
  return {
    options: options.data,
    cron: cron ?? source.cron,
    quietAfterMs: quietAfter ? ms(quietAfter) : source.quietAfterMs,
    account: account ?? null,
  };
}

function checkBrands(config: Config, problems: readonly Problem[], tell: Tell): void {
  const seen = new Map<string, number>();
  for (const [index, { name }] of config.templates.entries()) {
    const before = config.templates.findIndex((one) => one.name.toLowerCase() === name.toLowerCase());
    if (before < index)
      tell(['templates', index, 'name'], `is called as templates[${before}] is; give it another name.`);
  }
  for (const [index, brand] of config.brands.entries()) {
    const before = seen.get(brand.id);
    if (brand.id === '')
      tell(['brands', index, 'name'], 'has no letter or digit to make an id from; give the brand an `id`.');
    else if (before !== undefined)
      tell(
        ['brands', index, 'name'],
        `has the same id (${brand.id}) as brands[${before}]; give one of them another \`id\`.`,
      );
    seen.set(brand.id, index);
    const told = problems.some(({ path }) => path.startsWith(`brands[${index}].sources`));
    if (brand.sources.size === 0 && !told)
      tell(['brands', index, 'sources'], 'names no place to listen. `npx earshot sources` lists them.', 'warning');
  }
}

function tellIssue(issue: z.core.$ZodIssue, raw: unknown, shape: z.ZodType, tell: Tell): void {
  const path = issuePath(issue);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(shape, path);
    for (const key of issue.keys) tell([...path, key], `is not a setting here.${nearest(key, known)}`);
  } else if (issue.code === 'invalid_union' && issue.errors[0]?.[0]) {
    for (const inner of issue.errors[0])
      tellIssue({ ...inner, path: [...issue.path, ...inner.path] }, raw, shape, tell);
  } else tell(path, issueSentence(issue));
}

const issuePath = (issue: z.core.$ZodIssue): Path =>
  issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));

function issueSentence(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined && /undefined/.test(issue.message)
      ? 'is missing.'
      : `should be ${typeWord(issue.expected)}.`;
  }
  if (issue.code === 'invalid_value') return `should be one of: ${issue.values.map(String).join(', ')}.`;
  if (issue.code === 'too_small' && issue.origin === 'string') return 'is empty.';
  return `${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`.replace(/\.?$/, '.');
}

function typeWord(expected: string): string {
  const plain: Record<string, string> = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list, as in [one, two]',
    object: 'a group of settings',
    record: 'a group of settings',
  };
  return plain[expected] ?? expected;
}

/** The keys that the shape knows at a path; list positions and open records are walked through. */
function knownKeys(shape: z.ZodType, path: Path): string[] {
  let at: unknown = shape;
  for (const part of [...path, null]) {
    for (let inner = unwrap(at); inner !== at; inner = unwrap(at)) at = inner;
    if (part === null) break;
    const def = (at as z.core.$ZodType)._zod.def as unknown as Record<string, unknown>;
    at =
      typeof part === 'number'
        ? def.element
        : ((def.shape as Record<string, unknown> | undefined)?.[part] ?? def.valueType);
    if (!at) return [];
  }
  const def = (at as z.core.$ZodType)._zod.def as unknown as { shape?: object };
  return Object.keys(def.shape ?? {});
}

function unwrap(type: unknown): unknown {
  const def = (type as z.core.$ZodType)._zod.def as unknown as { innerType?: unknown };
  return def.innerType ?? type;
}

function nearest(word: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const best = closest(word, [...known]);
  return distance(word, best) <= Math.max(2, word.length / 3)
    ? ` Did you mean ${best}?`
    : ` Known here: ${known.join(', ')}.`;
}

function yamlSentence(message: string): string {
  const first = message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;
  const plain = first.replace(/^Missing closing ["']quote/, 'a quote is opened and never closed');
  return `this is not YAML: ${plain.charAt(0).toLowerCase()}${plain.slice(1)}. Indentation and a missing quote or colon are the usual causes.`;
}

/** On which line a setting stands, or else what it is part of. Read once more for it, where something is wrong. */
function lineFinder(text: string): (path: Path) => number | null {
  let read: { readonly document: Document; readonly lines: LineCounter } | null = null;
  return (path) => {
    if (path.length === 0) return null;
    if (read === null) {
      const lines = new LineCounter();
      read = { document: parseDocument(text, { lineCounter: lines }), lines };
    }
    for (let length = path.length; length > 0; length -= 1) {
      const node = read.document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
      if (node?.range) return read.lines.linePos(node.range[0]).line;
    }
    return null;
  };
}

const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${part}` : part),
    '',
  );

function baseFolder(configPath: string): string {
  const folder = dirname(configPath);
  return basename(folder) === 'config' ? dirname(folder) : folder;
}

const absolute = (path: string, base: string): string =>
  isAbsolute(path) || path === '-' ? path : resolve(base, path);

function storePath(store: string, base: string, tell: Tell): string {
  if (/^postgres(ql)?:/.test(store))
    tell(['store'], 'PostgreSQL is not spoken yet; name a file, as in data/earshot.db.');
  return absolute(store, base);
}

function ms(text: string): number {
  const found = durationMs(text);
  if (found === null) throw new RangeError(`no length of time: ${text}`);
  return found;
}

/** `Blue Door Café` → `blue-door-cafe`. Letters outside a–z stay as they are, so that no name is left without an id. */
export function slug(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}

function namedHosts(value: unknown): string[] {
  const hosts = new Set<string>();
  const walk = (part: unknown): void => {
    if (typeof part === 'string' && /^https?:\/\//i.test(part) && URL.canParse(part)) hosts.add(new URL(part).host);
    else if (part !== null && typeof part === 'object') for (const inner of Object.values(part)) walk(inner);
  };
  walk(value);
  return [...hosts].filter(isNearby);
}

/** Written-out addresses and names of one's own network: a public name never opens the way to a private address. */
function isNearby(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return /^\[|^[\d.]+$/.test(name) || !name.includes('.') || /\.(local|lan|internal|home\.arpa|localhost)$/.test(name);
}

/** A mailbox names a host and a port in place of an address; its own ports where it names none (RFC 8314 §7). */
function mailHosts(mailbox: unknown): string[] {
  const { host, port } = z.looseObject({ host: z.string(), port: z.int() }).partial().safeParse(mailbox).data ?? {};
  if (host === undefined) return [];
  return (port === undefined ? [993, 143] : [port]).map((one) => `${host.toLowerCase()}:${one}`);
}
