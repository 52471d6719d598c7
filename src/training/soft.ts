/** What the precise judge says of texts that the fast one learns from: asked once and kept, so that learning repeats bit for bit. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { PreciseInput } from '../findings/judges/precise-input.ts';
import { sha256 } from './fingerprint.ts';

const file = new URL('../../data/training/said-by-precise.txt', import.meta.url);
const rowsFile = new URL('../../data/training/said-of-rows.txt', import.meta.url);

/** Probabilities of a complaint by the hash of what was asked, and the judge who gave them. */
export interface SoftLabels {
  readonly judge: string;
  readonly said: ReadonlyMap<string, number>;
}

/** One text as it is asked for; 40 bits are enough to tell some ten thousand apart. */
export function keyOf({ brand, text }: PreciseInput): string {
  return sha256(`${brand}\n${text}`).slice(0, 10);
}

/** A first line with the judge, then a line each: its key, and hundredths. Nothing where nobody asked yet. */
export function readSoftLabels(): SoftLabels {
  return readSaid(file, ([complaint = 0]) => complaint);
}

/** In the order of the keys, so that the same answers are the same file. */
export function writeSoftLabels({ judge, said }: SoftLabels): void {
  writeSaid(file, judge, said, (complaint) => [complaint]);
}

/** What the precise judge says of a row of a public set. */
export interface SoftRow {
  /** Probability that somebody complains. */
  readonly complaint: number;
  /** From -1 to 1. */
  readonly feeling: number;
}

/** By the ids of the rows. */
export interface SoftRows {
  readonly judge: string;
  readonly said: ReadonlyMap<string, SoftRow>;
}

/** A first line with the judge, then a line each: the row's id, and hundredths of both. */
export function readSoftRows(): SoftRows {
  return readSaid(rowsFile, ([complaint = 0, feeling = 0]) => ({ complaint, feeling }));
}

/** In the order of the ids. */
export function writeSoftRows({ judge, said }: SoftRows): void {
  writeSaid(rowsFile, judge, said, ({ complaint, feeling }) => [complaint, feeling]);
}

function readSaid<Said>(from: URL, read: (numbers: readonly number[]) => Said) {
  if (!existsSync(from)) return { judge: '', said: new Map<string, Said>() };
  const [judge = '', ...lines] = readFileSync(from, 'utf8').trim().split('\n');
  const said = lines.map((line) => {
    const [key = '', ...hundredths] = line.split(' ');
    return [key, read(hundredths.map((each) => Number(each) / 100))] as const;
  });
  return { judge, said: new Map(said) };
}

function writeSaid<Said>(
  to: URL,
  judge: string,
  said: ReadonlyMap<string, Said>,
  numbersOf: (said: Said) => readonly number[],
): void {
  const lines = [...said].map(([key, each]) =>
    [key, ...numbersOf(each).map((number) => Math.round(number * 100))].join(' '),
  );
  writeFileSync(to, `${[judge, ...lines.sort()].join('\n')}\n`);
}
