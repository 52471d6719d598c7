/** `--help`, mistyped and natural words, and `earshot` alone: the way in for somebody who has read nothing. */
import { describe, expect, test } from 'vitest';
import { desk, words } from './desk.ts';

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
      const inner = groupsOf((await here().earshot('case --help', { columns })).out).flatMap(([group, lines]) =>
        group === 'How:' ? [] : lines.map(([term]) => `case ${term.split(' ')[0]}`),
      );
      expect(inner).toHaveLength(19);
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
    ['help', 'npx earshot --help'],
    ['help list', 'npx earshot list --help'],
  ])('%s', async (line, meant) => {
    const { code, out, err } = await desk().earshot(line);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`Did you mean \`${meant}\`?`);
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
