/** Runs what the README prints, as printed, in a folder that looks like a clone with the demo's posts in it. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { CommanderError } from 'commander';
import { DomUtils, parseDocument } from 'htmlparser2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { program } from '../src/cli/program.ts';
import { run } from '../src/cli/run.ts';
import { fakeClock } from './support/clock.ts';
import { cliEdges } from './support/edges.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const { bin, scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  bin: { earshot: string };
  scripts: Record<string, string>;
};

/** The code blocks of a kind: `sh`, `ini`, `xml`; those of none under ''. */
const blocks = (kind: string) =>
  [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter((found) => found[1] === kind)
    .map((found) => found[2] ?? '');
const block = (kind: string, with_: string) => blocks(kind).find((text) => text.includes(with_)) ?? '';

const lines = blocks('sh')
  .flatMap((text) => text.split('\n'))
  .map((line) => line.replace(/\s+#.*$/, '').trim())
  .filter((line) => line !== '' && !line.startsWith('#'));

interface Call {
  readonly argv: readonly string[];
  readonly stdin: string;
}

/** What a line gives to `npx`, word by word, as a shell reads it; `npx` itself takes a second a time, and more on a busy machine. */
function callsOf(line: string, cwd: string): readonly Call[] {
  const npx = `npx() { printf '%s\\0' "$@"; printf '\\1'; cat; printf '\\2'; }`;
  const { stdout, stderr } = spawnSync('sh', ['-c', `${npx}\n${line}`], { cwd, encoding: 'utf8' });
  expect(stderr, line).toBe('');
  return stdout
    .split('\x02')
    .slice(0, -1)
    .map((call) => {
      const [words = '', stdin = ''] = call.split('\x01');
      const [name, ...argv] = words.split('\0').slice(0, -1);
      expect(name, line).toBe('earshot');
      return { argv, stdin };
    });
}

/** A clone, with what a first `npm ci` leaves. */
function cloned(): string {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-readme-'));
  for (const name of ['src', 'node_modules', 'package.json']) symlinkSync(join(root, name), join(folder, name));
  mkdirSync(join(folder, 'data'));
  mkdirSync(join(folder, 'config'));
  cpSync(join(root, 'config', 'earshot.example.yaml'), join(folder, 'config', 'earshot.example.yaml'));
  writeFileSync(
    join(folder, 'answer.txt'),
    'Thank you for telling us, Ana. I will look into it and write to you tomorrow.\n',
  );
  return folder;
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
}

let clone = '';
const clock = fakeClock('2026-11-23T08:00:00Z');

/** In this process; what stays until it is stopped is stopped once it has said what `stopWhen` waits for. */
async function earshot({ argv, stdin }: Call, env: Record<string, string> = {}, stopWhen?: RegExp): Promise<Ended> {
  const stop = new AbortController();
  let out = '';
  const hear = (text: string) => {
    out += text;
    if (stopWhen?.test(out)) stop.abort(new Error('asked to stop'));
  };
  const bytes = (async function* () {
    yield Buffer.from(stdin);
  })();
  const code = await run(
    cliEdges({
      argv,
      env,
      cwd: clone,
      clock,
      terminal: { out: hear, err: hear, columns: 80, colours: false, lively: false },
      stdin: bytes,
      stdinPiped: true,
      signal: stop.signal,
    }),
  );
  return { code, out };
}

/** In a process of its own, as a scheduler begins it. */
function begin(command: string, words: readonly string[], cwd: string, stopWhen?: RegExp): Promise<Ended> {
  return new Promise((resolve) => {
    const path = [dirname(process.execPath), process.env.PATH].join(delimiter);
    const { EARSHOT_CONFIG: _, ...env } = process.env;
    const child = spawn(command, words, { cwd, env: { ...env, NO_COLOR: '1', EARSHOT_JUDGE: 'fast', PATH: path } });
    let out = '';
    const hear = (chunk: Buffer) => {
      out += chunk.toString();
      // Asked twice, it would go at once.
      if (!child.killed && stopWhen?.test(out)) child.kill('SIGTERM');
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', (error) => resolve({ code: null, out: String(error) }));
    child.on('close', (code) => resolve({ code, out }));
  });
}

beforeAll(async () => {
  clone = cloned();
  const { code, out } = await earshot({ argv: ['demo'], stdin: '' });
  expect(code, out).toBe(0);
}, 180_000);

afterAll(() => rmSync(clone, { recursive: true, force: true }));

const npm = lines.flatMap((line) => line.split(' && ')).filter((line) => line.startsWith('npm '));
const calls = lines.filter((line) => line.includes('npx '));
const setUp = calls.slice(0, calls.indexOf('npx earshot list') + 1);
const later = calls.slice(calls.indexOf('npx earshot list') + 1);
const mistake = /mistake of Earshot|undefined|\[object/;

describe('make it yours', () => {
  test('the printed steps lead from the example to a first look', async () => {
    expect(setUp.length).toBeGreaterThan(2);
    for (const line of setUp) {
      for (const call of callsOf(line, clone)) {
        const { code, out } = await earshot(call);
        // Without the Internet a look ends in trouble, told place by place.
        expect(/collect|try/.test(line) ? [0, 1] : [0], `${line}\n${out}`).toContain(code);
        expect(out).not.toMatch(mistake);
      }
    }
  }, 90_000);

  test('`npx earshot` finds its program, and npm its scripts', () => {
    expect(existsSync(join(root, bin.earshot))).toBe(true);
    const wanted = npm.map((line) => /^npm (?:run )?(\S+)/.exec(line)?.[1] ?? '').filter((name) => name !== 'ci');
    expect(wanted.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

describe('every other printed command works as printed', () => {
  test.each(later)(
    '%s',
    async (line) => {
      const calls = callsOf(line, clone);
      expect(calls).toHaveLength(1);
      for (const call of calls) {
        const stays = call.argv.join(' ') === 'start';
        const { code, out } = await earshot(
          call,
          { EARSHOT_CONFIG: join(clone, 'data/demo/earshot.yaml') },
          stays ? /inbox|begins/ : undefined,
        );
        // The demo's platforms are gone by now: a look says so, and that is no mistake.
        expect(call.argv[0] === 'collect' ? [0, 1] : [0], out).toContain(code);
        expect(out).not.toMatch(mistake);
      }
    },
    180_000,
  );
});

describe('every command that stands in a sentence is one', () => {
  const names = program(cliEdges(), '0', () => undefined).commands.map((command) => command.name());
  const spans = [...readme.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(
    (found) => found[1] ?? '',
  );
  const spoken = spans
    .map((span) => span.replace(/^npx earshot(?= )/, 'earshot'))
    .filter((span) => span.startsWith('earshot ') || names.some((name) => span.startsWith(`${name} `)))
    .map((span) => span.replace(/^earshot /, ''));

  test('with options that it has', () => {
    expect(spoken.length).toBeGreaterThan(50);
    // `<person>` is for people to fill in; a shell would look for a file.
    const lines = spoken.map((words) => `npx earshot ${words.replaceAll(/<(\w+)>/g, '$1')}`);
    const calls = callsOf(lines.join('\n'), clone);
    expect(calls).toHaveLength(lines.length);
    expect(calls.map(({ argv }) => troubleWith(argv)).filter((trouble) => trouble !== null)).toEqual([]);
  });
});

/** As far as the program reads it, and no further; a name alone is only spoken of. */
function troubleWith(argv: readonly string[]): string | null {
  const root = program(cliEdges(), '0', () => undefined);
  const deafen = (command: typeof root) => {
    command.action(() => undefined);
    command.commands.forEach(deafen);
  };
  root.commands.forEach(deafen);
  const lacks = ['commander.missingArgument', 'commander.missingMandatoryOptionValue'];
  try {
    root.parse([...argv], { from: 'user' });
    return null;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0 || (argv.length === 1 && lacks.includes(error.code))) return null;
    return `${argv.join(' ')}: ${error.message}`;
  }
}

describe('what keeps it running, with the folder put in', () => {
  let settled = '';
  const begun = /Earshot begins/;

  beforeAll(() => {
    settled = cloned();
    writeFileSync(
      join(settled, 'config', 'earshot.yaml'),
      'timezone: UTC\nbrands: [{ name: Blue Door Coffee }]\ninbox: { off: true }\n',
    );
  });
  afterAll(() => rmSync(settled, { recursive: true, force: true }));

  test('cron', async () => {
    const [line = ''] = block('', 'start --once >>').split('\n');
    const [, minutes, command = ''] = /^((?:\S+ ){5})(.*)$/.exec(line) ?? [];
    expect(minutes).toBe('*/10 * * * * ');
    // In a crontab a % is the end of a line.
    expect(command).not.toContain('%');
    const here = command
      .replaceAll('/home/you/earshot', settled)
      .replace('/opt/homebrew/bin', dirname(process.execPath));
    const { code, out } = await begin('sh', ['-c', here], settled);
    expect(code, out).toBe(0);
    expect(out).toBe('');
    expect(existsSync(join(settled, 'data/cron.log'))).toBe(true);
    expect(existsSync(join(settled, 'data/earshot.db'))).toBe(true);
  });

  test('systemd', async () => {
    const unit = block('ini', '[Service]').replaceAll('/home/you/earshot', settled);
    const said = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1] ?? '';
    const [program = '', ...words] = said('ExecStart').split(' ');
    const { code, out } = await begin(program, words, said('WorkingDirectory'), begun);
    expect(out).toMatch(begun);
    expect(code, out).toBe(0);
  });

  test('launchd', async () => {
    const settings = plist(block('xml', '<plist').replaceAll('/Users/you/earshot', settled));
    const [program, ...words] = settings.get('ProgramArguments') ?? [];
    expect(program).toMatch(/^\/.*\/node$/);
    const [folder = ''] = settings.get('WorkingDirectory') ?? [];
    const { code, out } = await begin(process.execPath, words, folder, begun);
    expect(out).toMatch(begun);
    expect(code, out).toBe(0);
    expect(dirname(settings.get('StandardErrorPath')?.[0] ?? '')).toBe(join(settled, 'data'));
  });

  test('the Task Scheduler', async () => {
    const [line = ''] = block('', 'schtasks').split('\n');
    // cmd.exe knows no \": each quotation mark opens or closes, and what it reads outside of them is its own.
    const outside = line.split('"').filter((_, index) => index % 2 === 0);
    expect(line.split('"').length % 2).toBe(1);
    expect(outside.join('')).not.toMatch(/[&|<>^%]/);
    const task = / \/tr "([^"]*)"/.exec(line)?.[1] ?? '';
    // schtasks takes no more.
    expect(task.length).toBeLessThan(262);
    const [console, way, program, ...words] = task
      .replaceAll('C:\\Users\\you\\earshot', settled)
      .replaceAll('\\', '/')
      .split(' ');
    expect([console, way, program]).toEqual(['conhost', '--headless', 'node']);
    // It begins in a folder of Windows.
    const { code, out } = await begin(process.execPath, words, tmpdir());
    expect(code, out).toBe(0);
  });
});

/** The keys of a property list with the texts of what follows each. */
function plist(xml: string): ReadonlyMap<string, readonly string[]> {
  const [dict] = DomUtils.getElementsByTagName('dict', parseDocument(xml, { xmlMode: true }));
  return new Map(
    DomUtils.getElementsByTagName('key', dict?.children ?? [], false).map((key) => {
      const value = DomUtils.nextElementSibling(key);
      const each = value ? DomUtils.getElementsByTagName('string', value) : [];
      return [DomUtils.textContent(key), each.map((one) => DomUtils.textContent(one))];
    }),
  );
}

test('what the README shows is there', () => {
  const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map((found) => found[1] ?? '');
  expect(pictures.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
