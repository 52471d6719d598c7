/** A database or disk that does not work is said in a sentence, and nothing that was saved before is lost. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { loopback } from '../support/loopback.ts';
import { type House, house, program } from './house.ts';
import { hashtag, reading, type Status, statuses } from './statuses.ts';

const name = 'Blue Door Coffee';

interface Collected {
  readonly here: House;
  show(more: readonly Status[]): void;
}

/** A house in which 30 mentions are stored, and the platform has news. */
async function collected(): Promise<Collected> {
  let shown = statuses(30);
  const server = await loopback(hashtag(() => shown));
  const here = house();
  here.settle([{ name, sources: reading(server.url) }]);
  await here.collect();
  shown = [...statuses(10, { first: 2000, newest: '2026-11-20T08:30:00Z' }), ...shown];
  here.clock.advance(3_600_000);
  return {
    here,
    show: (more) => {
      shown = [...more];
    },
  };
}

async function goesOn({ here }: Collected, kept = 30): Promise<void> {
  expect(await here.mentions()).toHaveLength(kept);
  expect((await here.collect()).map((run) => [run.outcome, run.fresh])).toEqual([['complete', 10]]);
}

const filesOf = (folder: string) => readdirSync(folder).filter((file) => file.startsWith('earshot.db'));

test('a damaged database is not touched, and a copy from before goes on', async () => {
  const met = await collected();
  const { here } = met;
  copyFileSync(here.store, join(here.folder, 'backup'));
  const size = readFileSync(here.store).length;
  const damaged = Buffer.concat([readFileSync(here.store).subarray(0, 4096), Buffer.alloc(size - 4096, 0xa5)]);
  writeFileSync(here.store, damaged);
  for (const command of ['collect', 'list', 'status']) {
    const { code, err } = await here.earshot(command);
    expect([command, code]).toEqual([command, 1]);
    expect(err).toContain(`The database ${here.store} is damaged. Put it aside and restore your last backup`);
  }
  expect(readFileSync(here.store).equals(damaged)).toBe(true);
  for (const file of filesOf(here.folder)) if (!file.endsWith('.key')) rmSync(join(here.folder, file));
  copyFileSync(join(here.folder, 'backup'), here.store);
  await goesOn(met);
});

test('a file that is no database is not touched', async () => {
  const { here } = await collected();
  const letter = join(here.folder, 'letter.txt');
  writeFileSync(letter, 'Dear Ana, '.repeat(1000));
  here.settle([{ name, sources: {} }], { store: 'letter.txt' });
  const { code, err } = await here.earshot('list');
  expect([code, err]).toEqual([
    1,
    `${letter} is not a database of Earshot's. Let "store" in the config name another file; this one was not touched.\n`,
  ]);
  expect(readFileSync(letter, 'utf8')).toBe('Dear Ana, '.repeat(1000));
});

test('a database of a newer Earshot is left alone until Earshot is newer too', async () => {
  const met = await collected();
  const { here } = met;
  const change = (sql: string) => {
    const db = new Database(here.store);
    db.exec(sql);
    db.close();
  };
  change(`insert into migrations select 999, 'what is to come', 0`);
  const { code, err } = await here.earshot('collect');
  expect([code, err]).toEqual([
    1,
    `The database ${here.store} was made by a newer Earshot than this one. Update Earshot, then try again; nothing was changed.\n`,
  ]);
  change('delete from migrations where number = 999');
  await goesOn(met);
});

const root = process.getuid?.() === 0;
const nobody = root ? { uid: 65534, gid: 65534 } : {};

test.skipIf(process.platform === 'win32')(
  'a file and a folder that may not be written to are said to be so; what is in them is kept',
  async () => {
    const met = await collected();
    const { here } = met;
    const say = (...argv: string[]) => program(['--config', here.config, ...argv], here.folder, {}, nobody);
    const files = filesOf(here.folder);
    chmodSync(here.folder, 0o555);
    for (const file of files) chmodSync(join(here.folder, file), 0o444);
    const both = await say('collect');
    expect([both.code, both.err]).toEqual([
      1,
      `The database ${here.store} cannot be written to. Give the user who runs Earshot the right to write that file and its folder.\n`,
    ]);

    const empty = join(here.folder, 'empty');
    chmodSync(here.folder, 0o755);
    mkdirSync(empty);
    here.settle([{ name, sources: {} }], { store: 'empty/new/earshot.db' });
    chmodSync(empty, 0o555);
    if (root) chownSync(empty, 0, 0);
    const folder = await say('list');
    expect(folder.code).toBe(1);
    expect(folder.err).toMatch(
      /cannot be opened or made. See that its folder exists, and that the user who runs Earshot may write there\.\n$/,
    );

    chmodSync(empty, 0o755);
    for (const file of files) chmodSync(join(here.folder, file), 0o644);
  },
);

test('a full disk is said to be full; what was saved is kept, and once there is room all comes in', async ({
  skip,
}) => {
  const disk = mounted();
  if (disk === null) {
    process.stdout.write('Skipped: no small disk can be mounted here, so none was filled.\n');
    return skip();
  }
  const { here, show } = await collected();
  const store = join(disk, 'earshot.db');
  here.settle([{ name, sources: reading((await loopback(hashtag(() => shown))).url) }], { store });
  let shown = statuses(30);
  show(shown);
  expect((await here.collect()).map((run) => [run.outcome, run.fresh])).toEqual([['complete', 30]]);
  shown = [
    ...statuses(900, {
      first: 5000,
      newest: '2026-11-20T09:00:00Z',
      stepMs: 4_000,
      text: `${name} ${'was closed again '.repeat(60)}`,
    }),
    ...shown,
  ];
  here.clock.advance(3_600_000);
  const full = await here.earshot('collect');
  expect(full.code).toBe(1);
  expect(full.err).toContain(
    `The disk that holds ${store} is full. Make room and run the same again; what was saved before is kept.`,
  );
  spawnSync('mount', ['-o', 'remount,size=64m', disk]);
  expect((await here.mentions()).length).toBeGreaterThanOrEqual(30);
  const [run] = await here.collect();
  expect(run?.outcome).toBe('complete');
  expect(await here.mentions()).toHaveLength(930);
});

/** A disk of 1 MB; null where nobody may mount one. */
function mounted(): string | null {
  const { folder } = house();
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]).status !== 0) return null;
  onTestFinished(() => void spawnSync('umount', [disk]));
  return disk;
}
