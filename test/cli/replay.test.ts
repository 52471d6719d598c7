/** `collect --from-file`: a saved answer is read as if the platform had given it, and nobody is asked. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RunsFace } from '../../src/face/run.ts';
import { desk } from './desk.ts';

const answers = join(import.meta.dirname, '../fixtures');
const said = ({ out, err }: { readonly out: string; readonly err: string }) => `${out} ${err}`.replaceAll(/\s+/g, ' ');

function aDesk(sources: object = { bluesky: {}, 'hacker-news': {} }) {
  const here = desk();
  here.settle([{ name: 'Blue Door Coffee', sources }]);
  copyFileSync(join(answers, 'bluesky/name.json'), join(here.folder, 'answer.json'));
  return here;
}

test('is kept and told as an ordinary look; twice is once; the place itself was never looked at', async () => {
  const here = aDesk();
  const dry = await here.earshot('collect --source bluesky --from-file answer.json --dry-run');
  expect([dry.code, said(dry)]).toEqual([
    0,
    expect.stringMatching(/✓ answer\.json \d+ read, \d+ new.+Nothing was kept\./),
  ]);
  const first = await here.earshot('collect --source bluesky --from-file answer.json --json');
  const [run] = RunsFace.parse(JSON.parse(first.out)).runs;
  expect(run).toMatchObject({ source: 'bluesky', outcome: 'complete', fault: null });
  expect(run?.fresh).toBeGreaterThan(0);
  const again = await here.earshot('collect --source bluesky --from-file answer.json --json');
  expect(RunsFace.parse(JSON.parse(again.out)).runs[0]).toMatchObject({ seen: run?.seen, fresh: 0 });
  const listed = JSON.parse((await here.earshot('list --all --json')).out);
  expect(listed).toHaveLength(run?.fresh ?? 0);
  const status = JSON.parse((await here.earshot('status --json')).out);
  expect(status.places.map(({ state }: { state: string }) => state)).toEqual(['never-worked', 'never-worked']);
});

test('what does not fit is told in a sentence, and exits so that a script notices', async () => {
  const here = aDesk();
  writeFileSync(join(here.folder, 'page.html'), '<h1>Not here</h1>');
  writeFileSync(join(here.folder, 'empty.json'), '');
  const read = async (rest: string) => {
    const told = await here.earshot(`collect ${rest}`);
    return [told.code, said(told).trim()] as const;
  };
  const wrong = await read('--source hacker-news --from-file answer.json');
  expect(wrong).toEqual([1, expect.stringMatching(/^answer\.json is not what Hacker News answers: .+hits/)]);
  expect(await read('--source bluesky --from-file page.html')).toEqual([
    1,
    expect.stringMatching(/^page\.html is not what Bluesky answers: /),
  ]);
  expect(await read('--source bluesky --from-file empty.json')).toEqual([
    2,
    'empty.json is empty: save the whole answer of the platform in it.',
  ]);
  expect(await read('--source bluesky --from-file nowhere.json')).toEqual([
    2,
    'nowhere.json cannot be read: there is no such file.',
  ]);
  expect(await read('--source bluesky --from-file .')).toEqual([2, '. cannot be read: it is a folder.']);
  expect(await read('--from-file answer.json')).toEqual([
    2,
    '--from-file wants to know whose answer that is: add --source, as in --source bluesky.',
  ]);
  expect(await read('--source bluesky --from-file answer.json --since 3d')).toEqual([
    2,
    'A saved answer is read whole: leave out --since.',
  ]);
});

test('a file of one’s own is no saved answer', async () => {
  const here = aDesk({ file: { path: 'posts.jsonl' } });
  const told = await here.earshot('collect --source file --from-file answer.json');
  expect([told.code, said(told)]).toEqual([2, expect.stringContaining('is not asked over the web')]);
});
