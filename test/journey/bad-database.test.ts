/** A database or disk that does not work is said in a sentence, and nothing that was saved before is lost. */
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
import { expect, test } from 'vitest';
import { z } from 'zod';
import { RunsFace } from '../../src/face/run.ts';
import { loopback } from '../support/loopback.ts';
import { type SmallDisk, smallDisk } from '../support/small-disk.ts';
import { type House, house, parsed, program, type Said } from './house.ts';
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

interface OnDisk {
  /** The real program, which alone sees the disk. */
  earshot(...argv: string[]): Promise<Said>;
  collect(): Promise<readonly (readonly [outcome: string, fresh: number])[]>;
  mentions(): Promise<number>;
  show(more: readonly Status[]): void;
  readonly store: string;
  readonly disk: SmallDisk;
}

/** A house with its database on a small disk, in which 30 mentions are stored. */
async function onDisk(size: string): Promise<OnDisk | null> {
  const disk = await smallDisk(size);
  if (disk === null) return null;
  let shown = statuses(30, { newest: minutesAgo(30) });
  const server = await loopback(hashtag(() => shown));
  const here = house();
  const store = join(disk.path, 'data/earshot.db');
  here.settle([{ name, sources: reading(server.url) }], { store });
  const earshot = (...argv: string[]) => program(['--config', here.config, ...argv], here.folder, {}, disk);
  const collect = async () =>
    parsed(await earshot('collect', '--json'), (out) => RunsFace.parse(out).runs).map(
      ({ outcome, fresh }) => [outcome, fresh] as const,
    );
  const mentions = async () =>
    parsed(await earshot('list', '--all', '--json', '--limit', '0'), (out) => z.array(z.unknown()).parse(out).length);
  expect(await collect()).toEqual([['complete', 30]]);
  const show = (more: readonly Status[]) => {
    shown = [...more, ...shown];
  };
  return { earshot, collect, mentions, show, store, disk };
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

test('a full disk is said to be full; what was saved is kept, and once there is room all comes in', async ({
  skip,
}) => {
  const here = await onDisk('3m');
  if (here === null) return skip();
  const text = `${name} ${'was closed again '.repeat(60)}`;
  here.show(statuses(900, { first: 5000, newest: minutesAgo(1), stepMs: 1_000, text }));
  const full = await here.earshot('collect');
  expect(full.code).toBe(1);
  expect(full.err).toContain(
    `The disk that holds ${here.store} is full. Make room and run the same again; what was saved before is kept.`,
  );
  here.disk.remount('size=64m');
  const before = await here.mentions();
  expect(before).toBeGreaterThanOrEqual(30);
  expect(await here.collect()).toEqual([['complete', 930 - before]]);
  expect(await here.mentions()).toBe(930);
});

test('a disk that others filled up is said to be full, not to fail; what is there can be read, and nothing is lost', async ({
  skip,
}) => {
  const here = await onDisk('8m');
  if (here === null) return skip();
  here.show(statuses(10, { first: 5000, newest: minutesAgo(1), stepMs: 1_000 }));
  here.disk.fill();
  const sentence = `The disk that holds ${here.store} is full. Make room and run the same again; what was saved before is kept.\n`;
  for (const command of [
    ['collect', '--json'],
    ['mark', 'complaint', 'm1'],
    ['start', '--once'],
  ])
    expect([command, await here.earshot(...command)]).toEqual([command, { code: 1, out: '', err: sentence }]);
  expect(await here.mentions()).toBe(30);
  for (const command of [['show', 'm1'], ['status'], ['list', '--all'], ['export']])
    expect([command, await here.earshot(...command)]).toEqual([
      command,
      expect.objectContaining({ code: 0, out: expect.stringMatching(/Blue Door|30 mentions/) }),
    ]);
  here.disk.remount('size=64m');
  expect(await here.collect()).toEqual([['complete', 10]]);
});

test('a disk that turned read-only is said to be so by every command; nothing is lost, and afterwards all comes in', async ({
  skip,
}) => {
  const here = await onDisk('8m');
  if (here === null) return skip();
  here.show(statuses(10, { first: 5000, newest: minutesAgo(1), stepMs: 1_000 }));
  here.disk.remount('ro');
  const sentence = `The disk that holds ${here.store} can only be read at the moment. Let it be written to again (one that fails locks itself: check it), then run the same again; what was saved before is kept.\n`;
  for (const command of [['collect'], ['list'], ['start', '--once']])
    expect([command, await here.earshot(...command)]).toEqual([command, { code: 1, out: '', err: sentence }]);
  here.disk.remount('rw');
  expect(await here.mentions()).toBe(30);
  expect(await here.collect()).toEqual([['complete', 10]]);
});
