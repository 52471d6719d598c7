/** Judges' files that are missing, damaged or of another version, as the real program in a copied package meets them. */
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { StatusFace } from '../../src/face/status.ts';
import { words } from './desk.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'earshot-package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000);
const model = join(folder, 'data/model');
const linkInto = (path: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  symlinkSync(join(root, path), join(folder, path));
};
const runtime = ['onnxruntime-web', '@huggingface/tokenizers'].map((name) => `node_modules/${name}`);
for (const name of ['src', 'package.json']) cpSync(join(root, name), join(folder, name), { recursive: true });
for (const path of globSync(['data/*', 'node_modules/*', 'node_modules/@*/*'], { cwd: root }))
  if (path !== 'data/model' && !/^node_modules.@[^/\\]+$/.test(path)) linkInto(path);
const isWhole = runtime.every((name) => existsSync(join(folder, name)));
const config = join(folder, 'earshot.yaml');
writeFileSync(config, 'store: earshot.db\ntimezone: UTC\ninbox: { off: true }\nbrands:\n  - name: Blue Door Coffee\n');

/** As it ships, but for what `harm` does to one file. */
function shipped(name: string | null = null, harm: (file: string) => void = () => undefined): void {
  rmSync(model, { recursive: true, force: true });
  mkdirSync(model);
  for (const file of readdirSync(join(root, 'data/model'))) {
    if (file === name) cpSync(join(root, 'data/model', file), join(model, file));
    else linkInto(`data/model/${file}`);
  }
  if (name !== null) harm(join(model, name));
}
const gone = (file: string) => rmSync(file);
const cut = (file: string) => truncateSync(file, 1000);
const noJson = (file: string) => writeFileSync(file, '<html>');
const older = (file: string) => {
  const card = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...card, signs: 0, input: 0 }));
};
const flipped = (file: string) => {
  const bytes = readFileSync(file);
  bytes[5000] = (bytes[5000] ?? 0) ^ 1;
  writeFileSync(file, bytes);
};

function earshot(line: string, stdin = ''): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const argv = [
      join(folder, 'src/earshot.js'),
      ...line.split(' '),
      ...(line.startsWith('assess') ? [] : ['--config', config]),
    ];
    const env = { PATH: process.env.PATH, HOME: folder, COLUMNS: '80' };
    const child = execFile(process.execPath, argv, { cwd: folder, env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
    child.stdin?.end(stdin);
  });
}
const onOneLine = (text: string) => text.replaceAll(/\s+/g, ' ');
const line = JSON.stringify({ text: words.refund, brand: { name: 'Blue Door Coffee' } });

test('without the fast judge whatever judges stops before it begins, and says what to do', {
  timeout: 120_000,
}, async () => {
  shipped('fast.json', gone);
  const sentence = 'The judge’s weights (data/model/fast.json) are missing. Install Earshot again.';
  const [start, once, status, assess, imported, list] = [
    await earshot('start'),
    await earshot('start --once'),
    await earshot('status'),
    await earshot('assess', line),
    await earshot('import', '{"id":"1","text":"Blue Door Coffee"}'),
    await earshot('list'),
  ];
  for (const { code, out, err } of [start, once, status, assess, imported])
    expect([code, out, err]).toEqual([1, '', `${sentence}\n`]);
  expect(list.code).toBe(0);
  const check = await earshot('check');
  expect([check.code, onOneLine(check.out)]).toEqual([1, expect.stringContaining(`✗ data/model: ${sentence}`)]);
  expect(check.err).toContain('1 thing to mend.');
});

test.for([
  ['fast.bin', 'missing', gone],
  ['fast.bin', 'damaged', cut],
  ['fast.json', 'damaged', noJson],
  ['fast.json', 'of another version', older],
  ['words.bin', 'missing', gone],
  ['words.bin', 'damaged', cut],
  ['topics.bin', 'missing', gone],
  ['topics.bin', 'damaged', flipped],
  ['topics.json', 'of another version', older],
  ['apart.bin', 'missing', gone],
  ['apart.bin', 'damaged', flipped],
  ['apart.json', 'of another version', older],
] as const)('the fast judge: %s is %s', { timeout: 60_000 }, async ([name, told, harm]) => {
  shipped(name, harm);
  const { code, out, err } = await earshot('status');
  expect([code, out, err]).toEqual([
    1,
    '',
    `The judge’s weights (data/model/${name}) are ${told}. Install Earshot again.\n`,
  ]);
});

const alone = 'The fast judge judges alone, so more stays unsure.';

test.skipIf(!isWhole).for([
  ['precise.onnx', 'missing', gone],
  ['precise.onnx', 'damaged', cut],
  ['tokenizer.json', 'missing', gone],
  ['precise.onnx', 'damaged', flipped],
  ['precise.json', 'missing', gone],
  ['precise.json', 'damaged', noJson],
  ['precise.json', 'of another version', older],
] as const)(
  'the precise judge: %s is %s; the fast one goes on alone',
  { timeout: 60_000 },
  async ([name, told, harm]) => {
    shipped(name, harm);
    const sentence = `${alone} The precise judge’s weights (data/model/${name}) are ${told}. Install Earshot again.`;
    const { code, out, err } = await earshot('check');
    expect([code, onOneLine(out)]).toEqual([0, expect.stringContaining(`! data/model: ${sentence}`)]);
    expect(err).not.toContain('All is well');
  },
);

test('without what the precise judge runs on: the daemon’s log, status and assess say so', {
  timeout: 120_000,
}, async () => {
  shipped();
  for (const name of runtime) rmSync(join(folder, name), { force: true });
  const sentence = `${alone} What the precise judge runs on is not installed. `;
  const once = await earshot('start --once');
  expect([once.code, once.err.split(alone).length]).toEqual([0, 2]);
  expect(once.err).toContain(sentence);
  const told = await earshot('status');
  expect(onOneLine(told.out)).toContain(`How it judges ! ${sentence}`);
  const { out } = await earshot('status --json');
  expect(StatusFace.parse(JSON.parse(out)).precise).toEqual({ trouble: expect.stringContaining('is not installed') });
  const auto = await earshot('assess', line);
  expect([auto.code, auto.err]).toEqual([0, expect.stringContaining(sentence)]);
  const precise = await earshot('assess --judge precise', line);
  expect([precise.code, precise.out]).toEqual([2, '']);
  expect(precise.err).toContain('--judge fast does without.');
});
