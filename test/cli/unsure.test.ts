/** The pile of what is unsure is decided in seconds: what is alike once, what is long by the words that weighed most. */
import { expect, test } from 'vitest';
import type { Asker } from '../../src/cli/asker.ts';
import { walkUnsure } from '../../src/cli/commands/mark-unsure.ts';
import { withTools } from '../../src/cli/tools.ts';
import { listMentions } from '../../src/store/mention-list.ts';
import { updateFindings } from '../../src/store/mentions.ts';
import { cliEdges } from '../support/edges.ts';
import { desk } from './desk.ts';

const share =
  'They moved the counter at Blue Door Coffee to the back of the shop, so everybody walks past the cakes on the way to the till';
const filler = 'We walked along the canal and counted the ducks and the boats before lunch. ';
const heavy = 'a ceiling fan drips onto table nine';
const long = `${filler.repeat(8)}Blue Door Coffee: ${heavy}. ${filler.repeat(8)}`;

/** Three that are alike and a long one, all of them unsure. */
async function aPile() {
  const here = desk();
  await here.hear(
    ...[share, `${share}!`, `${share}...`].map((text, at) => ({ text, author: { handle: `guest${at}` } })),
    { text: long, author: { handle: 'rambler' } },
  );
  const edges = cliEdges({ cwd: here.folder, clock: here.clock, env: { EARSHOT_JUDGE: 'fast' } });
  const tools = async <Value>(work: Parameters<typeof withTools<Value>>[2]) =>
    withTools(edges, { config: here.config }, work);
  await tools(async ({ store }) => {
    const rows = await store.read('test', (tx) => listMentions(tx, { pile: 'all', limit: 0 }));
    await store.write('test', (tx) =>
      updateFindings(
        tx,
        rows.map(({ id, post, findings }) => {
          const at = post.text.indexOf(heavy);
          const weighed =
            at < 0
              ? []
              : [{ of: 'complaint', rule: 'x', field: 'text', at: [at, at + heavy.length], weight: 1 } as const];
          const unsure = { verdict: 'unsure', probability: at < 0 ? 0.4 : 0.3 } as const;
          const about = { verdict: 'about', probability: 0.9 } as const;
          return {
            mentionId: id,
            setAside: null,
            findings: { ...findings, relevance: about, complaint: unsure, reasons: weighed },
          };
        }),
      ),
    );
    return 0;
  });
  return { here, edges, tools };
}

/** Presses these keys one after the other. */
function pressing(...pressed: readonly string[]): Asker & { readonly asked: string[] } {
  const asked: string[] = [];
  const unasked = () => Promise.reject(new Error('not asked'));
  return {
    asked,
    text: unasked,
    secret: unasked,
    choose: unasked,
    key: async (question, keys) => {
      const next = pressed[asked.push(question) - 1];
      const key = keys.find(({ value }) => value === next);
      if (!key) throw new Error(`no key ${next} at “${question}”`);
      return key.value;
    },
  };
}

test('`list --unsure` shows what is alike once', async () => {
  const { here } = await aPile();
  const { out, err } = await here.earshot('list --unsure');
  expect(out).toContain('and 2 alike');
  expect(out.trim().split('\n')).toHaveLength(3);
  expect(err).toContain('Earshot is not sure about 4.');
  expect(await here.list('--unsure')).toHaveLength(4);
});

test('one key decides all that are alike, and undo takes all of them back', async () => {
  const { here, edges, tools } = await aPile();
  const asker = pressing('n', 'u', 'n', 's', 'q');
  expect(await tools((open) => walkUnsure(edges, open, asker, undefined))).toBe(0);
  expect(asker.asked.map((question) => question.slice(0, 6))).toEqual([
    '1 of 2',
    '2 of 2',
    '1 of 2',
    '2 of 2',
    'That w',
  ]);
  expect(edges.said.out).toContain('and 2 alike: what you say counts for all 3');
  expect(edges.said.err).toContain('3 mentions decided, 1 left for later.');
  expect((await here.list('--unsure')).map(({ text }) => text.startsWith(filler))).toEqual([true]);
});

test('what is said of one counts for all that are alike, and is taken back from all of them', async () => {
  const { here } = await aPile();
  expect((await here.earshot('mark m1 no-complaint')).out).toContain('The 2 alike went with it.');
  expect(await here.list('--unsure')).toHaveLength(1);
  await here.earshot('mark m3 complaint');
  expect((await here.earshot('mark m1 no-complaint --undo')).out).toContain('The one alike went with it.');
  expect((await here.list('--unsure')).map(({ id }) => id).sort()).toEqual([1, 2, 4]);
  expect((await here.earshot('mark m1 urgent')).out).not.toContain('alike');
});

test('what nobody marked along is not taken back; with `--json` stderr tells what went along', async () => {
  const { here } = await aPile();
  await here.earshot('mark m4 not-us');
  expect((await here.earshot('mark m4 not-us --undo')).out).not.toContain('alike');
  const { out, err } = await here.earshot('mark m2 us --json');
  expect(JSON.parse(out)).toMatchObject({ id: 2 });
  expect(err).toContain('The 2 alike went with it.');
});

test('a long post is shown around the words that weighed most', async () => {
  const { edges, tools } = await aPile();
  await tools((open) => walkUnsure(edges, open, pressing('s', 'q'), undefined));
  const [, second = ''] = edges.said.out.split(/^m(?=4 )/m);
  expect(second).toMatch(/… .*a ceiling fan drips onto table nine/s);
  expect(second).toMatch(/\nWhole +npx earshot [\s\S]*show m4\n/);
  expect(second.length).toBeLessThan(long.length);
});
