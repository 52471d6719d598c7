/** Reads and checks the config text; tells every problem at once, each with its place and what to do. */
import type { Config, Problem } from './config.ts';
import { type Path, type Tell, tellIssue, withoutIdle } from './issues.ts';
import { normalise, type ParseContext } from './normalise.ts';
import { checkPeople } from './people-check.ts';
import { lineFinder, plainValue } from './read-yaml.ts';
import { salvage } from './salvage.ts';
import { ConfigShape } from './schema.ts';

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

  // It is read once: what zod would compile for it takes longer than reading.
  const shaped = ConfigShape.safeParse(raw, { jitless: true });
  if (!shaped.success) {
    for (const issue of withoutIdle(shaped.error.issues)) tellIssue(issue, ConfigShape, tell);
  }
  const given = shaped.data ?? salvage(raw, shaped.error.issues);
  if (!given) return { config: null, rest: null, problems };
  const rest = normalise(given, context, tell);
  if (shaped.success) {
    checkBrands(rest, problems, tell);
    checkPeople(rest.people, tell);
  }
  problems.sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
  return { config: problems.some((problem) => problem.level === 'error') ? null : rest, rest, problems };
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

const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${part}` : part),
    '',
  );
