/** Every platform that Earshot can read: adding one is a file, a line here, its fixtures and its test. */
import { appStore } from './app-store.ts';
import type { Source } from './source.ts';

export const sources: readonly Source[] = [appStore];
