/** `earshot try` with ten strangers' names, over real loopback servers: whatever the places do, it ends in time and says something of use. */
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { type Asked, tryName } from '../../src/cli/commands/try.ts';
import { run } from '../../src/cli/run.ts';
import type { Clock } from '../../src/clock.ts';
import { type Platforms, startPlatforms } from '../../src/demo/platforms.ts';
import { askable } from '../../src/jobs/try-out.ts';
import { cliEdges } from '../support/edges.ts';
import { sources } from '../support/every-source.ts';
import { loopback } from '../support/loopback.ts';

const start = Date.parse('2026-11-20T08:00:00Z');
const patienceMs = 30_000;

const names = {
  plain: 'Blue Door Coffee',
  ambiguous: 'Bloom',
  'with emoji': 'Café 🌸 Blüte',
  'with quotes': 'The "Daily" Grind',
  'with & and ’': "Fish & Chip's",
  'with a slash': 'North/South Barbers',
  'very long': `The ${'Most Honourable '.repeat(18)}Company of Bakers`,
  'in another script': '青い扉珈琲店',
  'of digits': '1516',
  'with blanks around it': '   Harbour Street Bakery  ',
} as const;

/** Where each source that `try` asks can be asked on this computer. */
const hereOptions: Readonly<Record<string, (urlOf: (prefix: string) => string) => object>> = {
  bluesky: (urlOf) => ({ baseUrl: urlOf('bluesky') }),
  mastodon: (urlOf) => ({ instances: [urlOf('mastodon-a')] }),
  'hacker-news': (urlOf) => ({ baseUrl: urlOf('hacker-news') }),
  reddit: (urlOf) => ({ baseUrl: urlOf('reddit') }),
  lemmy: (urlOf) => ({ instances: [urlOf('lemmy')] }),
  gdelt: (urlOf) => ({ baseUrl: urlOf('gdelt') }),
  github: (urlOf) => ({ baseUrl: urlOf('github') }),
  dev: (urlOf) => ({ baseUrl: urlOf('dev') }),
  'stack-exchange': (urlOf) => ({ sites: ['stackoverflow'], baseUrl: urlOf('stack-exchange') }),
};
const open = askable(sources);

/** The same places as the real command asks, each at the address that it is given. */
function askedAt(urlOf: (id: string, prefix: string) => string): Asked {
  const allowed = new Set<string>();
  const places = open.places.map(({ source }) => {
    const given = hereOptions[source.id]?.((prefix) => urlOf(source.id, prefix));
    if (!given) throw new Error(`say where ${source.id} is on this computer`);
    for (const url of JSON.stringify(given).match(/127\.0\.0\.1:\d+/g) ?? []) allowed.add(url);
    return { source, options: source.options.parse(given) };
  });
  return { ...open, places, allowed: [...allowed] };
}

/** Waits take no time, but the patience of who asks: that ends when the test says so. */
function heldClock(): Clock & { end(): void; readonly waits: () => number } {
  let end: () => void = () => undefined;
  let waits = 0;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    now: () => start,
    sleep: async (ms, signal) => {
      if (ms !== patienceMs) return new Promise((resolve) => setImmediate(resolve));
      waits += 1;
      await Promise.race([over, new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }))]);
    },
    end: () => end(),
    waits: () => waits,
  };
}

interface Told {
  readonly code: number;
  readonly out: string;
}

/** @param hanging how many places never answer: once the others have, the time is over. */
async function tried(name: string, asked: Asked, hanging = 0): Promise<Told> {
  const clock = heldClock();
  const said = { out: '', err: '' };
  const settled = () => said.out.match(/^ *[✓✗]/gm)?.length ?? 0;
  const terminal = {
    out: (text: string) => {
      said.out += text;
      const all = Number(/^Asking (\d+) places/.exec(said.out)?.[1]);
      if (hanging > 0 && settled() >= all - hanging) clock.end();
    },
    err: (text: string) => {
      said.err += text;
    },
    columns: 80,
    colours: false,
    lively: false,
  };
  const code = await tryName(
    cliEdges({ clock, terminal, timezone: 'UTC' }),
    { about: 'business in Leeds' },
    name,
    asked,
  );
  expect(clock.waits(), 'it is asked to end after 30 seconds').toBe(1);
  expect(said.err).toBe('');
  expectPlain(said.out);
  return { code, out: said.out };
}

/** Never a stack trace, never a bare zero, nothing that only a programmer understands. */
function expectPlain(out: string): void {
  expect(out).not.toMatch(/^\s+at |\.ts:\d+|Error\b|mistake|undefined|\bnull\b|NaN|\[object|HTTP|\b[45]\d\d\b/m);
  expect(out).not.toMatch(/[^.]\.\.(?:\s|$)/);
  // However many places there are, what was not asked stays below what was found, not in its place.
  expect(out.slice(out.indexOf('Not asked')).split('\n').length).toBeLessThan(16);
  expect(out).not.toMatch(/\b0 (?:posts?|mentions?|complaints?)\b/);
  for (const line of out.split('\n'))
    if (!line.includes('npx earshot')) expect(line.length, line).toBeLessThanOrEqual(80);
}

/** What a shell makes of the command that is told next. */
function typed(out: string): string {
  const rest = /npx earshot (?:init --name|try) (.+)$/m.exec(out)?.[1] ?? '';
  return execFileSync('sh', ['-c', `set -- ${rest}; printf %s "$1"`], { encoding: 'utf8' });
}

async function platforms(posts: Parameters<typeof startPlatforms>[0]['posts']): Promise<Platforms> {
  const well = await startPlatforms({ posts, now: () => start });
  // The demo has no platforms of these kinds; here they have found nothing.
  const others = ['gdelt', 'github', 'dev'];
  const silent = await loopback({ '/gdelt/*': '{}', '/github/*': '{ "items": [] }', '/dev/*': '[]' });
  return { ...well, urlOf: (prefix) => (others.includes(prefix) ? `${silent.url}/${prefix}` : well.urlOf(prefix)) };
}

const complaint = (name: string) => `Still waiting for my refund from ${name}, three weeks now and nobody answers.`;
const posts = (text: string) =>
  (['bluesky', 'hacker-news', 'reddit', 'lemmy'] as const).map((platform, index) => ({
    platform,
    id: platform === 'reddit' ? `t3_abc${index}` : String(4100 + index),
    agoHours: 20,
    ...(platform === 'reddit' || platform === 'lemmy' ? { place: 'leeds', title: 'A question' } : {}),
    author: { handle: platform === 'bluesky' ? 'ana.sky.example' : 'ana' },
    text,
  }));

describe.each(Object.entries(names))('a name %s', (_, name) => {
  test('without a network: says so, and what to type once there is one', async () => {
    const lookup = async () => {
      throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    };
    const { code, out } = await tried(name, { ...open, allowed: [], lookup });
    expect(code).toBe(1);
    expect(out).toMatch(/This computer seems to be\s+offline/);
    for (const { source } of open.places) expect(out.replaceAll(/\s+/g, ' ')).toContain(source.title);
    expect(typed(out)).toBe(name.trim());
  });

  test('half of the places refuse or hang: those are named, the others are heard', async () => {
    const silent = await loopback({ '/*': () => null });
    const gone = await loopback();
    await gone.close();
    const well = await platforms(posts(complaint(name.trim())));
    try {
      const bad: Readonly<Record<string, string>> = {
        bluesky: silent.url,
        'stack-exchange': gone.url,
        lemmy: silent.url,
      };
      const { code, out } = await tried(
        name,
        askedAt((id, prefix) => bad[id] ?? well.urlOf(prefix)),
        2,
      );
      expect(code).toBe(0);
      expect(out).toMatch(/✗ Bluesky +could not be asked: it did not answer in time/);
      expect(out).toMatch(/✗ Lemmy +could not be asked: it did not answer in time/);
      expect(out).toMatch(/✗ Stack Exchange +could not be asked: 127/);
      expect(out).toMatch(/[1-9] complaints? in the last 30 days/);
    } finally {
      await well.close();
    }
  });

  test('all hang: it ends when the time is over, and says so', async () => {
    const silent = await loopback({ '/*': () => null });
    const { code, out } = await tried(
      name,
      askedAt(() => silent.url),
      open.places.length,
    );
    expect(code).toBe(1);
    expect(out).toContain('No place could be asked; each said why above.');
  });

  test('all answer, with nothing: not a bare zero but where such businesses are talked about, and what to do next', async () => {
    const well = await platforms([]);
    try {
      const { code, out } = await tried(
        name,
        askedAt((_id, prefix) => well.urlOf(prefix)),
      );
      expect(code).toBe(0);
      expect(out).toContain('Most small businesses are talked about where no program may look on its own');
      expect(out).not.toContain('✗');
      expect(typed(out)).toBe(name.trim());
    } finally {
      await well.close();
    }
  });

  test('something is found: it is shown, and the next command names the business as it is called', async () => {
    const well = await platforms(posts(complaint(name.trim())));
    try {
      const { code, out } = await tried(
        name,
        askedAt((_id, prefix) => well.urlOf(prefix)),
      );
      expect(code).toBe(0);
      expect(out).toMatch(/[1-9] complaints? in the last 30 days, of [1-9] mentions?\./);
      expect(typed(out)).toBe(name.trim());
    } finally {
      await well.close();
    }
  });
});

test('an ambiguous name that was said of something else: shown with why, not as silence', async () => {
  const well = await platforms(posts('The roses bloom early this year, and so do the tulips in our garden.'));
  try {
    const { code, out } = await tried(
      'Bloom',
      askedAt((_id, prefix) => well.urlOf(prefix)),
    );
    expect(code).toBe(0);
    expect(out).not.toContain('Nobody named');
    expect(out).toContain('most likely not of you');
    expect(out).toMatch(/The roses bloom.*\n +about somebody else/);
  } finally {
    await well.close();
  }
});

test('what came before the time was over is shown, and counts', async () => {
  const silent = await loopback({ '/*': () => null });
  const well = await platforms(posts(complaint('Blue Door Coffee')));
  try {
    const half = (id: string, prefix: string) => (id === 'bluesky' ? silent.url : well.urlOf(prefix));
    const { code, out } = await tried('Blue Door Coffee', askedAt(half), 1);
    expect(code).toBe(0);
    expect(out).toMatch(/3 complaints in the last 30 days/);
  } finally {
    await well.close();
  }
});

test('a place that cannot be searched for a name is not told as silent', async () => {
  const well = await platforms([]);
  try {
    const { out } = await tried(
      '1516',
      askedAt((_id, prefix) => well.urlOf(prefix)),
    );
    expect(out).not.toMatch(/✓ Mastodon/);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('Nothing there can be searched for such a name: Mastodon');
  } finally {
    await well.close();
  }
});

test('a name without a letter or digit is asked for again, and nobody is troubled', async () => {
  const edges = cliEdges({ argv: ['try', '🙂 !'] });
  expect(await run(edges)).not.toBe(0);
  expect(edges.said.err).toContain('A name needs at least one letter or digit');
});
