/** What the precise judge says of texts that the fast one learns from: asked once and kept, so that learning repeats bit for bit. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { PreciseInput } from '../findings/judges/precise-input.ts';

const file = new URL('../../data/training/said-by-precise.txt', import.meta.url);
const rowsFile = new URL('../../data/training/said-of-rows.txt', import.meta.url);

/** Probabilities of a complaint by the hash of what was asked, and the judge who gave them. */
export interface SoftLabels {
  readonly judge: string;
  readonly said: ReadonlyMap<string, number>;
}

/** One text as it is asked for; 40 bits are enough to tell some ten thousand apart. */
export function keyOf({ brand, text }: PreciseInput): string {
  return createHash('sha256').update(`${brand}\n${text}`).digest('hex').slice(0, 10);
}

/** A first line with the judge, then a line each: its key, and hundredths. Nothing where nobody asked yet. */
export function readSoftLabels(): SoftLabels {
  if (!existsSync(file)) return { judge: '', said: new Map() };
  const [judge = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const said = lines.map((line) => line.split(' '));
  return { judge, said: new Map(said.map(([key = '', hundredths]) => [key, Number(hundredths) / 100])) };
}

/** In the order of the keys, so that the same answers are the same file. */
export function writeSoftLabels({ judge, said }: SoftLabels): void {
  const lines = [...said].map(([key, probability]) => `${key} ${Math.round(probability * 100)}`);
  writeFileSync(file, `${[judge, ...lines.sort()].join('\n')}\n`);
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
  if (!existsSync(rowsFile)) return { judge: '', said: new Map() };
  const [judge = '', ...lines] = readFileSync(rowsFile, 'utf8').trim().split('\n');
  const said = lines.map((line) => line.split(' '));
  return {
    judge,
    said: new Map(
      said.map(([id = '', complaint, feeling]) => [
        id,
        { complaint: Number(complaint) / 100, feeling: Number(feeling) / 100 },
      ]),
    ),
  };
}

/** In the order of the ids. */
export function writeSoftRows({ judge, said }: SoftRows): void {
  const lines = [...said].map(
    ([id, { complaint, feeling }]) => `${id} ${Math.round(complaint * 100)} ${Math.round(feeling * 100)}`,
  );
  writeFileSync(rowsFile, `${[judge, ...lines.sort()].join('\n')}\n`);
}
