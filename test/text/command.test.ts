import { expect, test } from 'vitest';
import { asCalled, earshotWith, quoted } from '../../src/text/command.ts';

test('a printed command names the config that Earshot was called with, quoted where a shell wants it', () => {
  expect(earshotWith(undefined)).toBe('npx earshot');
  expect(earshotWith('data/demo/earshot.yaml')).toBe('npx earshot --config data/demo/earshot.yaml');
  expect(earshotWith('my shop/earshot.yaml')).toBe('npx earshot --config "my shop/earshot.yaml"');
  expect(quoted('$HOME’s "best"')).toBe(`'$HOME’s "best"'`);
});

test('a sentence that names commands names them as this Earshot is called, once', () => {
  const earshot = earshotWith('demo/$&.yaml');
  const said = asCalled('it wants a password: `npx earshot sources bluesky`', earshot);
  expect(said).toBe("it wants a password: `npx earshot --config 'demo/$&.yaml' sources bluesky`");
  expect(asCalled(said, earshot)).toBe(said);
});
