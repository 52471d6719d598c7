/** What `test/fixtures/<source id>/fixture.ts` tells about its source's invented answers, for the contract suite and for the source's own test. */
import { readFileSync } from 'node:fs';
import type { Terms } from '../../src/brand.ts';
import type { Session } from '../../src/sources/source.ts';
import type { Routes } from './loopback.ts';

export interface SourceFixture {
  /** The source's options; `url` is the address that stands in for the platform and may carry a path prefix: never cut it. */
  options(url: string): unknown;
  /** By default the names, handles and domains of Blue Door Coffee. */
  readonly terms?: Terms;
  /** By the name of the secret in the source (`password`), not by its environment variable. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** For a source that its owner connects in the browser: what came of that. */
  readonly session?: Session;
  /** ISO time; by default 2026-10-21, thirty days before the clock of the tests. */
  readonly since?: string;
  /** Healthy answers in the platform's documented form, by path without the prefix. */
  routes(url: string): Routes;
  /** How many posts they hold over all looks. */
  readonly posts: number;
  /** An id among them that a JavaScript number could not hold. */
  readonly hugeId: string;
  /** How the platform says that there is nothing. */
  empty(url: string): Routes;
  /** The platform has changed: well formed, but not what we read. By default `{ "surprise": true }` everywhere. */
  changed?(url: string): Routes;
  /** For a source that reads the disk in place of a platform: what is there, by path. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** For a source that reads mail in place of a platform: whole mails, the oldest first. */
  readonly mails?: readonly string[];
}

/** The text of a file beside the fixture: `answer(import.meta, 'page-1.json')`. */
export const answer = (fixture: ImportMeta, name: string): string => readFileSync(new URL(name, fixture.url), 'utf8');

export const blueDoor: Terms = {
  names: ['Blue Door Coffee', 'Blue Door Café'],
  handles: ['bluedoor.coffee', '@bluedoorcoffee'],
  domains: ['bluedoor.example'],
};
