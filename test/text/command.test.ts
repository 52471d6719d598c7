import { expect, test } from 'vitest';
import { asCalled, earshotWith, quoted, shellWord, stepsOn } from '../../src/text/command.ts';

test('a printed command names the config that Earshot was called with, quoted where a shell wants it', () => {
  expect(earshotWith(undefined)).toBe('npx earshot');
  expect(earshotWith('data/demo/earshot.yaml')).toBe('npx earshot --config data/demo/earshot.yaml');
  expect(earshotWith('my shop/earshot.yaml')).toBe('npx earshot --config "my shop/earshot.yaml"');
  expect(quoted('$HOME’s "best"')).toBe(`'$HOME’s "best"'`);
});

test('a word stands as it is where a shell takes it so', () => {
  expect(['Ana', 'my-shop', 'C:/x', 'Ana B', "Ann's", '$HOME', ''].map(shellWord)).toEqual([
    ...['Ana', 'my-shop', 'C:/x', '"Ana B"', `"Ann's"`, "'$HOME'", '""'],
  ]);
});

test('a step on one thing is told as the whole command for it', () => {
  const said = stepsOn('Reopen it: `case reopen`, or `praise ask`; as in `--proof "never"`.', 'npx earshot', 'c4');
  expect(said).toBe(
    'Reopen it: `npx earshot case reopen c4`, or `npx earshot praise ask c4`; as in `--proof "never"`.',
  );
});

test('a sentence that names commands names them as this Earshot is called, once', () => {
  const earshot = earshotWith('demo/$&.yaml');
  const said = asCalled('it wants a password: `npx earshot sources bluesky`', earshot);
  expect(said).toBe("it wants a password: `npx earshot --config 'demo/$&.yaml' sources bluesky`");
  expect(asCalled(said, earshot)).toBe(said);
});
