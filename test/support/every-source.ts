/** Every source, loaded: for tests that go through all of them. */
import { everySource, sourceGroups as groups } from '../../src/sources/index.ts';

export const sources = await everySource();
export const sourceGroups = await groups();
