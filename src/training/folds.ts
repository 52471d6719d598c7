/** A brand's posts are all in one fold, so that what is measured on a fold tells of names and trades that were not learnt from. */
import { createHash } from 'node:crypto';

export const folds = 5;

/** The fold in which all posts of a brand are. */
export function foldOf(brand: string): number {
  return createHash('sha256').update(brand).digest().readUInt32BE(0) % folds;
}
