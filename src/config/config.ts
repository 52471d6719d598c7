/** The config as the program uses it: defaults in place, lengths in milliseconds, paths absolute. */
import type { Brand } from '../brand.ts';
import type { Urgency } from '../mention.ts';
import type { Trade } from '../sources/source.ts';
import type { Hours } from './schema.ts';
import type { Template } from './templates.ts';

export interface SourceSetting {
  /** The source's own options, parsed by its schema. */
  readonly options: unknown;
  readonly cron: string;
  readonly quietAfterMs: number;
  readonly account: string | null;
}

export interface BrandConfig extends Brand {
  /** By source id; those switched off are not here. */
  readonly sources: ReadonlyMap<string, SourceSetting>;
  /** Null where nobody said. */
  readonly trade: Trade | null;
  readonly hours: Hours | null;
  readonly answerWithin: Readonly<Record<Urgency, string>>;
  readonly solveWithin: Readonly<Record<Urgency, string>>;
}

export interface DigestRecipient {
  readonly address: string;
  /** Local time of day, `08:00`. */
  readonly at: string;
  readonly timezone: string;
}

export interface MailSettings {
  readonly host: string;
  readonly port: number;
  readonly security: 'starttls' | 'tls' | 'none';
  readonly from: string;
}

export interface InboxSettings {
  readonly port: number;
  /** `earshot start` does not serve it. */
  readonly off: boolean;
}

/** A language model's server that is asked about what is still unsure. */
export interface SecondOpinionSettings {
  readonly url: string;
  readonly model: string;
  readonly callsPerDay: number;
  /** In a calendar month; null: no limit. */
  readonly moneyPerMonth: {
    readonly most: number;
    readonly currency: string;
    readonly perMillionTokensIn: number;
    readonly perMillionTokensOut: number;
  } | null;
  /** Nothing is sent: only shown what would be. */
  readonly off: boolean;
}

/** A figure of the whole trade, as the user keeps it. */
export interface IndustryFigure {
  readonly figure: 'complaint-share' | 'kind-share' | 'stars' | 'answer-time' | 'in-time' | 'happy-again';
  /** Shares from 0 to 1, times in milliseconds. */
  readonly value: number;
  readonly source: string;
  /** `2026-11-01`. */
  readonly date: string;
}

export interface Config {
  readonly path: string;
  /** What relative paths in the file mean. */
  readonly base: string;
  readonly store: string;
  readonly timezone: string;
  readonly firstLookMs: number;
  readonly contact: string | null;
  readonly proxy: string | null;
  readonly brands: readonly BrandConfig[];
  readonly people: readonly {
    readonly name: string;
    readonly mail?: string | undefined;
    readonly escalateTo?: string | undefined;
  }[];
  readonly templates: readonly Template[];
  /** 0: never. */
  readonly closeSilentAfterMs: number;
  readonly industry: readonly IndustryFigure[];
  readonly digestTo: readonly DigestRecipient[];
  readonly mail: MailSettings | null;
  readonly inbox: InboxSettings;
  /** Null: nobody is asked. */
  readonly secondOpinion: SecondOpinionSettings | null;
  /** host:port of every address that the file itself names: only these may be on this computer or a private network. */
  readonly namedHosts: readonly string[];
}

/** Something in the config that must be mended, or should be. */
export interface Problem {
  /** Where: `brands[0].sources.bluesky`. */
  readonly path: string;
  readonly line: number | null;
  readonly sentence: string;
  /** `error`: nothing works until it is mended. `warning`: the rest goes on. */
  readonly level: 'error' | 'warning';
}

/** Thrown where a config that works is needed and this one does not; carries all problems at once. */
export class ConfigTrouble extends Error {
  override readonly name = 'ConfigTrouble';
  readonly path: string;
  readonly problems: readonly Problem[];

  constructor(path: string, problems: readonly Problem[]) {
    super(problems.map((problem) => problemLine(problem)).join('\n'));
    this.path = path;
    this.problems = problems;
  }
}

/** `line 12, brands[0].name: …` */
export function problemLine(problem: Problem): string {
  const where = [problem.line === null ? '' : `line ${problem.line}`, problem.path].filter(Boolean).join(', ');
  return where ? `${where}: ${problem.sentence}` : problem.sentence;
}
