/** What `causes --json` and `causes mended --json` print. Only ever added to. */
import { z } from 'zod';
import { MendedFace } from './report.ts';

const time = z.iso.datetime();

export const CausesFace = z.array(
  z.object({
    brand: z.string(),
    causes: z
      .array(z.object({ cause: z.string(), cases: z.int(), lastAt: time, mended: MendedFace.nullable() }))
      .describe('The most cases first.'),
    without: z.int().describe('Cases closed or fixed of which nobody said what was behind them.'),
  }),
);
export type CausesFace = z.infer<typeof CausesFace>;

export const ToTellFace = z.object({
  brand: z.string(),
  cause: z.string(),
  what: z.string(),
  tell: z.array(
    z.object({
      case: z.int(),
      name: z.string().nullable(),
      place: z.string(),
      url: z.string().nullable(),
      language: z.string().nullable().describe('What they wrote in; the draft is English.'),
      draft: z.string(),
    }),
  ),
});
export type ToTellFace = z.infer<typeof ToTellFace>;
