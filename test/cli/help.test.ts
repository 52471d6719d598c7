/** `--help`, mistyped and natural words, and `earshot` alone: the way in for somebody who has read nothing. */
import { describe, expect, test } from 'vitest';
import { natural } from '../../src/cli/right-word.ts';
import { desk, words } from './desk.ts';

/** Commands that have commands of their own, and how many. */
const outer = [
  ['case', 19],
  ['reply', 5],
  ['praise', 8],
  ['regulars', 2],
  ['rules', 3],
  ['causes', 1],
] as const;

/** `[group, [term, sentence][]]`, wrapped sentences put together. */
function groupsOf(help: string): [string, [string, string][]][] {
  const groups: [string, [string, string][]][] = [];
  for (const line of help.split('\n')) {
    const [, term, says] = /^ {2}(\S.*?)(?: {2,}(.*))?$/.exec(line) ?? [];
    if (/^\S.*:$/.test(line)) groups.push([line, []]);
    else if (term !== undefined) groups.at(-1)?.[1].push([term, says ?? '']);
    else if (/^ {4,}\S/.test(line)) {
      const last = groups.at(-1)?.[1].at(-1);
      if (last) last[1] = `${last[1]} ${line.trim()}`.trim();
    }
  }
  return groups;
}

describe('help', () => {
  const here = desk;
  test.each([[80], [60], [140]])(
    'is in groups of at most seven, each line a sentence, at %i columns',
    async (columns) => {
      const root = (await here().earshot('--help', { columns })).out;
      const commands = groupsOf(root).flatMap(([group, lines]) =>
        group === 'How:' ? [] : lines.map(([term]) => term.split(' ')[0]),
      );
      expect(commands).toEqual(
        expect.arrayContaining([
          'list',
          'show',
          'case',
          'mark',
          'add',
          'check',
          'sources',
          'start',
          'collect',
          'digest',
          'status',
          'export',
          'import',
          'prune',
          'assess',
          'rescore',
          'rules',
          'demo',
        ]),
      );
      const inner: string[] = [];
      for (const [command, least] of outer) {
        const groups = groupsOf((await here().earshot(`${command} --help`, { columns })).out);
        const own = groups.flatMap(([group, lines]) => {
          expect(group, command).toMatch(/^[A-Z].*\S:$/);
          expect(lines.length, `${command} ${group}`).toBeGreaterThan(0);
          return lines.map(([term]) => term).filter((term) => !term.startsWith('-'));
        });
        expect(own, command).toHaveLength(least);
        inner.push(...own.map((term) => `${command} ${term.split(' ')[0]}`));
      }
      for (const command of ['', ...commands, ...inner]) {
        const { code, out, err } = await here().earshot(`${command} --help`, { columns });
        expect([code, err], command).toEqual([0, '']);
        for (const line of out.split('\n')) expect(line.length, `${command}: ${line}`).toBeLessThanOrEqual(columns);
        for (const [group, lines] of groupsOf(out)) {
          expect(lines.length, `${command} ${group}`).toBeLessThanOrEqual(7);
          for (const [term, says] of lines) expect(says, `${command} ${term}`).toMatch(/^[A-Z“"].*[.!?…)]$/);
        }
      }
    },
  );

  test('leaves out what only programmers say', async () => {
    const { out } = await here().earshot('--help');
    expect(out).not.toMatch(/\[options\]|usage|stdout|regex|daemon|fault|mention\b.*watch/i);
  });
});

test('`help`, alone or before a command, helps as `--help` does', async () => {
  const here = desk();
  for (const [words, same] of [
    ['help', '--help'],
    ['help list', 'list --help'],
    ['help case take', 'case take --help'],
  ] as const) {
    const { code, out, err } = await here.earshot(words);
    expect({ code, out, err }).toEqual(await here.earshot(same));
    expect([code, err]).toEqual([0, '']);
  }
  expect((await here.earshot('help lsit')).err).toContain('Did you mean `npx earshot list`?');
});

test('`export --help` names no option that changes nothing', async () => {
  expect((await desk().earshot('export --help')).out).not.toContain('--all');
});

describe('what was meant', () => {
  test.each([
    ['lst', 'npx earshot list'],
    ['lits', 'npx earshot list'],
    ['complaints', 'npx earshot list'],
    ['queue', 'npx earshot list'],
    ['find refund', 'npx earshot list --search "refund"'],
    ['answer c4', 'npx earshot case answered c4'],
    ['snooze 4', 'npx earshot case snooze 4'],
    ['c4', 'npx earshot show c4'],
    ['m17', 'npx earshot show m17'],
    ['doctor', 'npx earshot check'],
    ['fetch', 'npx earshot collect'],
    ['daemon', 'npx earshot start'],
    ['mail', 'npx earshot digest'],
    ['reprot', 'npx earshot report'],
    ['inbx', 'npx earshot inbox'],
    ['repyl', 'npx earshot reply'],
    ['happy c4', 'npx earshot case happy c4'],
    ['assign c4 Tom', 'npx earshot case assign c4 Tom'],
    ['note c4 called her', 'npx earshot case note c4 called her'],
    ['join c4 c5', 'npx earshot case join c4 c5'],
    ['undo', 'npx earshot case undo'],
    ['undo c4', 'npx earshot case undo c4'],
    ['history c4', 'npx earshot case history c4'],
    ['delete c4', 'npx earshot case dismiss c4'],
    ['delete m3', 'npx earshot mark m3 no-complaint'],
    ['solved m3', 'npx earshot mark m3 solved'],
    ['remove ana', 'npx earshot erase ana'],
    ['remove Ana Lopez', 'npx earshot erase "Ana Lopez"'],
    ['send c4', 'npx earshot reply send c4'],
    ['settings', 'npx earshot check'],
    ['brands', 'npx earshot check'],
    ['login google-business', 'npx earshot connect google-business'],
    ['today', 'npx earshot list'],
    ['late', 'npx earshot list'],
    ['overdue', 'npx earshot list'],
    ['reviews', 'npx earshot list --all'],
    ['trends', 'npx earshot report'],
    ['web', 'npx earshot inbox'],
    ['sync', 'npx earshot collect'],
    ['good', 'npx earshot praise list'],
    ['hapy c4', 'npx earshot case happy c4'],
    ['hepl', 'npx earshot --help'],
  ])('%s', async (line, meant) => {
    const { code, out, err } = await desk().earshot(line);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`Did you mean \`${meant}\`?`);
  });

  test.each([['resolve'], ['close'], ['done'], ['solved']])('%s: two ways to end a case', async (word) => {
    const { code, err } = await desk().earshot(`${word} c4`);
    expect(code).toBe(2);
    expect(err).toContain('`npx earshot case happy c4`; with `npx earshot case dismiss c4`');
    expect((await desk().earshot(word)).err).toContain('`npx earshot case happy`; with `npx earshot case dismiss`');
  });

  test.each([
    ['stop'],
    ['what'],
    ['now'],
    ['water'],
    ['erse'],
    ['earse ana'],
    ['prnue'],
    ['restroe'],
    ['remoev ana'],
    ['constructor'],
  ])('%s is not guessed', async (line) => {
    const { code, err } = await desk().earshot(line);
    expect([code, err.trim()]).toEqual([
      2,
      expect.stringMatching(/^There is no command called \w+\. `npx earshot --help`/),
    ]);
  });

  test('no natural word is a command, each is answered with one that there is, every name of case is heard', async () => {
    const namesIn = async (command: string) =>
      groupsOf((await desk().earshot(`${command} --help`)).out).flatMap(([, lines]) =>
        lines.map(([term]) => term.split(' ')[0] ?? ''),
      );
    const commands = await namesIn('');
    const known = new Set(commands);
    for (const [command] of outer) for (const name of await namesIn(command)) known.add(`${command} ${name}`);
    for (const command of ['list', 'start']) for (const name of await namesIn(command)) known.add(`${command} ${name}`);
    expect(Object.keys(natural).filter((word) => commands.includes(word))).toEqual([]);
    expect(Object.values(natural).filter((meant) => !known.has(meant))).toEqual([]);
    const own = (await namesIn('case')).filter((name) => !name.startsWith('-') && !commands.includes(name));
    for (const name of own) expect(natural[name], name).toBe(`case ${name}`);
  });

  test('what went wrong is wrapped at words for eyes, and one line for a log', async () => {
    const here = desk();
    const [seen, logged] = [
      await here.earshot('frobnicate', { lively: true, columns: 40 }),
      await here.earshot('frobnicate'),
    ];
    expect(seen.err.split('\n').every((line) => line.length <= 40)).toBe(true);
    expect(seen.err.replace('\n', ' ').trim()).toBe(logged.err.trim());
    expect(logged.err.trim()).not.toContain('\n');
  });

  test.each([
    ['frobnicate', 'There is no command called frobnicate. `npx earshot --help` shows them all.'],
    ['list --jsno', "Unknown option '--jsno' (Did you mean --json?)"],
    ['list everything', '`npx earshot list` takes no further words.'],
    ['show', 'Which one? `npx earshot show` wants <id> behind it'],
    ['prune', '`npx earshot prune` wants --before <date>.'],
    ['export --format xml', 'csv, json'],
  ])('%s', async (line, sentence) => {
    const { code, out, err } = await desk().earshot(line);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
    expect(err).not.toMatch(/error:|commander|\bat .*:\d+/);
  });
});

describe('earshot alone', () => {
  test('without a config: what it is, and how to begin', async () => {
    const { code, out } = await desk().earshot('', { env: { EARSHOT_CONFIG: '' }, columns: 80 });
    expect(code).toBe(0);
    expect(out).toContain('Earshot hears what people say in public about your business');
    expect(out).toMatch(/npx earshot demo .*\n {2}npx earshot try .*\n {2}npx earshot init /);
  });

  test('says where things stand and the next command', async () => {
    const here = desk();
    expect((await here.earshot('')).out).toContain(
      'Earshot does not know where to listen yet.\n\n  npx earshot sources',
    );
    here.settle([{ name: 'Blue Door Coffee', sources: { bluesky: {} } }]);
    expect((await here.earshot('')).out).toMatch(
      /^Earshot has not listened yet\.\n\n {2}npx earshot collect .*\n {2}npx earshot start /,
    );
    await here.hear(words.glass, words.cold, words.queue);
    here.clock.advance(4 * 3_600_000);
    const { out } = await here.earshot('');
    expect(out).toMatch(/^2 complaints need you, 1 late\.\n/);
    expect(out).toMatch(/npx earshot list +what needs you/);
    expect(out).toMatch(/npx earshot list --unsure +1 that Earshot is not sure about/);
  });

  test('a config that was named and is not there is no reason to begin anew', async () => {
    const { code, out, err } = await desk().earshot('--config elsewhere.yaml');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(
      /elsewhere\.yaml: there is no such file\. `npx earshot --config elsewhere\.yaml init` writes one/,
    );
  });
});
