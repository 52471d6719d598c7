/** A source in the hand: it gives the pages that a test tells it, and remembers what it was asked. */

import { z } from 'zod';
import type { App } from '../../src/app.ts';
import type { Page, Source } from '../../src/sources/source.ts';
import type { Watch } from '../../src/watch.ts';

type Asked = Parameters<Source['collect']>[0];

export interface StubSource extends Source {
  /** Every request, in order. */
  readonly asked: readonly Asked[];
}

export function stubSource(
  order: Source['order'],
  pages: (asked: Asked) => AsyncIterable<Page> | Iterable<Page>,
): StubSource {
  const asked: Asked[] = [];
  return {
    asked,
    id: 'stub',
    title: 'Stub',
    kind: 'posts',
    suits: [],
    home: 'https://stub.example',
    docs: 'https://stub.example/docs',
    hears: 'what it is told',
    about: 'Says what it is told.',
    access: 'open',
    keeps: 'everything',
    order,
    pace: [],
    cron: '0 * * * *',
    overlapMs: 0,
    quietAfterMs: 30 * 86_400_000,
    options: z.unknown(),
    example: {},
    secrets: {},
    looks: () => [],
    collect: async function* (request) {
      asked.push(request);
      yield* pages(request);
    },
  };
}

export function stubWatch(more: Partial<Watch> = {}): Watch {
  return {
    source: 'stub',
    key: 'stub.example',
    scope: 'place',
    brands: ['blue-door'],
    cron: '0 * * * *',
    offsetMinutes: 0,
    quietAfterMs: 30 * 86_400_000,
    account: null,
    options: {},
    at: {},
    certain: false,
    ...more,
  };
}

/** The tools, with this source for all that is listened to. */
export function listeningTo(app: App, source: Source, watches: readonly Watch[] = [stubWatch()]): App {
  return { ...app, sources: [source], watches };
}
