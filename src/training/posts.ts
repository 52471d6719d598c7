/** What the judges learn from: our own posts (data/training), and texts of public sets whose licence allows shipped weights. */
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Brand } from '../brand.ts';
import { barePost, type Post } from '../mention.ts';

const Row = z.strictObject({
  language: z.string().length(2),
  kind: z.string(),
  brand: z.string(),
  text: z.string(),
  title: z.string().optional(),
  rating: z.strictObject({ value: z.number(), scale: z.number() }).optional(),
  about: z.enum(['about', 'other']),
  complaint: z.boolean(),
  severity: z.number().min(0).max(4),
  reproach: z.number().min(0).max(4),
  sentiment: z.enum(['positive', 'neutral', 'negative', 'mixed']),
  topics: z.array(z.string()),
});
export type TrainingRow = z.output<typeof Row>;

const BrandRow = z.strictObject({
  id: z.string(),
  name: z.string(),
  aliases: z.array(z.string()).default([]),
  about: z.string().nullable().default(null),
  handles: z.array(z.string()).default([]),
  rivals: z.array(z.string()).default([]),
});

export interface TrainingPost {
  readonly row: TrainingRow;
  readonly brand: Brand;
  readonly post: Post;
}

const folder = new URL('../../data/training/', import.meta.url);
/** Posts of which only who speaks is learnt. */
export const apartFolder = new URL('apart/', folder);
const brandsFile = 'brands.jsonl';

/** All our posts, in the order of the files' names and lines. @throws Error with file and line where one is not as it should be */
export function trainingPosts(from: URL = folder): readonly TrainingPost[] {
  const brands = new Map(readLines(new URL(brandsFile, from), BrandRow).map((brand) => [brand.id, brandOf(brand)]));
  const files = readdirSync(from).filter((name) => name.endsWith('.jsonl') && name !== brandsFile);
  return files.sort().flatMap((name) =>
    readLines(new URL(name, from), Row).map((row, line) => {
      const brand = brands.get(row.brand);
      if (!brand) throw new Error(`${name}, line ${line + 1}: there is no brand ${row.brand}`);
      return { row, brand, post: postOf(row) };
    }),
  );
}

/** JSON lines in one shape. @throws Error with file and line */
export function readLines<Shape extends z.ZodType>(file: URL, shape: Shape): z.output<Shape>[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, number) => {
    if (line.trim() === '') return [];
    const read = shape.safeParse(JSON.parse(line));
    if (read.success) return [read.data];
    throw new Error(`${file.pathname}, line ${number + 1}: ${z.prettifyError(read.error)}`);
  });
}

function brandOf(row: z.output<typeof BrandRow>): Brand {
  return { ...row, domains: [], exclude: [], query: null, require: [], caseSensitive: false };
}

/** A post as a platform would give it, with nothing but its words, title and stars. */
export function postOf(row: Pick<TrainingRow, 'text'> & Partial<Pick<TrainingRow, 'title' | 'rating'>>): Post {
  return barePost('training', row.text, { title: row.title ?? null, rating: row.rating ?? null });
}
