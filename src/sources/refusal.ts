/** Reads what a platform says of itself when it refuses. */
import type { z } from 'zod';
import { jsonIn } from '../text/json.ts';

/** The body of an error answer in the platform's own form; null where it is anything else, an HTML page for example. */
export function refusalIn<Body>(text: string, shape: z.ZodType<Body>): Body | null {
  if (!text.trimStart().startsWith('{')) return null;
  const told = jsonIn(text);
  return told === undefined ? null : (shape.safeParse(told).data ?? null);
}
