/** The config as the program uses it: defaults filled in, lengths of time in milliseconds, paths made whole, each source's own options read. */
import { createRequire } from 'node:module';
import { basename, dirname, extname, isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import type { OwnTopic } from '../brand.ts';
import { sourceIds } from '../sources/index.ts';
import type { Source } from '../sources/source.ts';
import type { BrandConfig, Config, SourceSetting } from './config.ts';
import { durationMs } from './duration.ts';
import { issuePath, issueSentence, nearest, type Path, type Tell, tellIssue } from './issues.ts';
import { type ConfigOutput, industryValue, SourceSettings } from './schema.ts';
import { slug } from './slug.ts';

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

/** @param tell told of what only a source, a query or the computer knows to be wrong; the rest is made all the same */
export function normalise(given: ConfigOutput, context: ParseContext, tell: Tell): Config {
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
    ...topicsOf(brand.topics, [...path, 'topics'], tell),
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
  const names = [name, ...aliases, ...handles, ...domains];
  return query !== undefined && isUsable(query, names, path, tell) ? query : null;
}

/** Without the field where there is none, so that brands without topics of their own stay as they were. */
function topicsOf(given: Readonly<Record<string, string>>, path: Path, tell: Tell): { topics?: readonly OwnTopic[] } {
  const topics = Object.entries(given).map(([name, query]) => ({ name, query }));
  const usable = topics.filter(({ name, query }) => isUsable(query, null, [...path, name], tell));
  return usable.length > 0 ? { topics: usable } : {};
}

function isUsable(query: string, names: readonly string[] | null, path: Path, tell: Tell): boolean {
  const { checkQuery } = load(`./query-check${extname(import.meta.url)}`) as typeof import('./query-check.ts');
  const { trouble, doubts } = checkQuery(query, names, sourceIds);
  for (const doubt of doubts) tell(path, doubt, 'warning');
  if (trouble !== null) tell(path, trouble);
  return trouble === null;
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
      tellIssue(issue, source.options, (at, text) => tell([...path, ...at], text));
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
