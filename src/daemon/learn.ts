/** Makes the database know what the config says now, and tells what that did to the stored mentions. */
import { learnBrands } from '../jobs/learn-brands.ts';
import type { Tools } from '../jobs/tools.ts';
import { tellLearned } from './tell.ts';

export async function learn(tools: Tools): Promise<void> {
  const learned = await learnBrands(tools);
  if (learned) tellLearned(tools, learned);
}
