/** Every platform that Earshot can read: adding one is a file, a line here, its fixtures and its test. */
import { appStore } from './app-store.ts';
import { discourse } from './discourse.ts';
import { lemmy } from './lemmy.ts';
import type { Source } from './source.ts';
import { stackExchange } from './stack-exchange.ts';

export const sources: readonly Source[] = [appStore, discourse, lemmy, stackExchange];
