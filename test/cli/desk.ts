/** A person at a terminal: `earshot` in this process, over a real database in a folder of its own, with the clock in hand. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { run } from '../../src/cli/run.ts';
import type { Edges } from '../../src/edges.ts';
import { MentionFace } from '../../src/face/mention.ts';
import { type FakeClock, fakeClock } from '../support/clock.ts';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Sitting {
  /** What is piped in; without it somebody sits at a keyboard. */
  readonly stdin?: string | Uint8Array;
  readonly columns?: number;
  /** Somebody looks at a screen of so many lines. */
  readonly rows?: number;
  readonly colours?: boolean;
  /** Stderr is looked at, too. */
  readonly lively?: boolean;
  readonly person?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Seen as it comes; what it throws stops the command. */
  readonly watch?: (piece: string) => void;
}

export interface Desk {
  readonly folder: string;
  readonly config: string;
  readonly clock: FakeClock;
  /** Addresses that were opened in the browser. */
  readonly opened: readonly string[];
  /** Writes the config: brands by name or in full, `more` beside them. */
  settle(brands: readonly (string | Brand)[], more?: object): void;
  /** `earshot …`, its words split at blanks where they come as one text. */
  earshot(words: string | readonly string[], sitting?: Sitting): Promise<Said>;
  /** Puts posts in by `import`; a text alone is a post about whom it names. @returns the mentions, oldest first */
  hear(...posts: readonly (string | Line)[]): Promise<MentionFace[]>;
  /** What `list … --json` gives, held against its published shape. */
  list(words?: string): Promise<MentionFace[]>;
}

export type Brand = { readonly name: string; readonly [setting: string]: unknown };
export type Line = { readonly text: string; readonly [field: string]: unknown };

export const blueDoor = 'Blue Door Coffee';

/** Sentences whose judgement nobody doubts, about Blue Door Coffee. */
export const words = {
  glass: 'Found a piece of glass in my salad at Blue Door Coffee, my son cut his mouth and is in hospital',
  refund: 'Still waiting for my refund from Blue Door Coffee, three weeks now and nobody answers.',
  cold: 'The coffee at Blue Door Coffee was cold and the waiter was rude.',
  /** Neither a complaint nor none. */
  queue: 'Quite a long queue at Blue Door Coffee today',
  lovely: 'Lovely cakes at Blue Door Coffee, the best brunch in Leeds. Thank you!',
  meeting: 'Meeting Tom at Blue Door Coffee at nine.',
} as const;

/** Friday 20 November 2026, 08:00 UTC; the config names one brand, Blue Door Coffee. */
export function desk(): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-desk-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const config = join(folder, 'earshot.yaml');
  const clock = fakeClock('2026-11-20T08:00:00Z');
  const opened: string[] = [];
  let count = 0;

  const earshot: Desk['earshot'] = async (words, sitting = {}) => {
    const argv = typeof words === 'string' ? words.split(' ').filter(Boolean) : words;
    const said = { out: '', err: '' };
    const edges: Edges = {
      argv,
      // The precise judge takes half a second to begin: whoever tests it asks for it.
      env: { EARSHOT_CONFIG: config, EARSHOT_JUDGE: 'fast', ...sitting.env },
      cwd: folder,
      clock,
      terminal: {
        out: (text) => {
          sitting.watch?.(text);
          said.out += text;
        },
        err: (text) => {
          said.err += text;
        },
        columns: sitting.columns ?? 100,
        ...(sitting.rows !== undefined && { rows: sitting.rows }),
        colours: sitting.colours ?? false,
        lively: sitting.lively ?? false,
      },
      stdin: bytes(sitting.stdin),
      stdinPiped: sitting.stdin !== undefined,
      signal: new AbortController().signal,
      timezone: 'UTC',
      person: sitting.person ?? 'ana',
      open: async (address) => {
        opened.push(address);
      },
    };
    return { code: await run(edges), ...said };
  };

  const list: Desk['list'] = async (words = '') => {
    const { out } = await earshot(`list --json --limit 0 ${words}`);
    return z.array(MentionFace).parse(JSON.parse(out));
  };

  const here: Desk = {
    folder,
    config,
    clock,
    opened,
    settle: (brands, more = {}) => {
      const given = brands.map((brand) => (typeof brand === 'string' ? { name: brand } : brand));
      writeFileSync(config, stringify({ store: 'earshot.db', timezone: 'UTC', brands: given, ...more }));
    },
    earshot,
    list,
    hear: async (...posts) => {
      const lines = posts.map((post) => {
        count += 1;
        const line = typeof post === 'string' ? { text: post } : post;
        return JSON.stringify({ id: `p${count}`, source: 'forum', publishedAt: '2026-11-19T12:00:00Z', ...line });
      });
      const { code, err } = await earshot('import', { stdin: lines.join('\n') });
      if (code !== 0) throw new Error(`the posts were not taken in: ${err}`);
      return (await list('--all')).toSorted((one, other) => one.id - other.id);
    },
  };
  here.settle([blueDoor]);
  return here;
}

async function* bytes(given: string | Uint8Array | undefined): AsyncGenerator<Uint8Array> {
  if (given !== undefined) yield typeof given === 'string' ? Buffer.from(given) : given;
}
