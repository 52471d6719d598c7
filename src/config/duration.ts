/** Lengths of time as people write them in the config: `90m`, `2h`, `30d`, `2w`. */

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** A length in milliseconds, or null where the text is not one. */
export function durationMs(text: string): number | null {
  const found = /^(\d+(?:\.\d+)?)\s*([mhdw])$/.exec(text.trim());
  if (!found) return null;
  return Number(found[1]) * unitMs[found[2] as keyof typeof unitMs];
}
