/** Reads what a platform says of itself when it refuses. */
import type { z } from 'zod';

/** The body of an error answer in the platform's own form; null where it is anything else, an HTML page for example. */
export function refusalIn<Body>(text: string, shape: z.ZodType<Body>): Body | null {
  if (!text.trimStart().startsWith('{')) return null;
  try {
    return shape.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
