import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bindTongue, readLexicon } from '../../src/findings/lexicon.ts';
import { bindPhrases } from '../../src/findings/phrases.ts';
import { readPost } from '../../src/findings/reading.ts';
import { aPost } from '../support/a-post.ts';

const folder = new URL('../../data/lexicon/', import.meta.url);
const files = readdirSync(folder).filter((name) => name !== 'names.yaml');

describe('the word lists that ship', () => {
  it.each(files)('%s binds, and each of its words can stand in a text', (name) => {
    const { lexicon } = readLexicon(new URL(name, folder));
    bindTongue([lexicon]);
    const said = lexicon.chapters.flatMap(({ rules, lists }) => [
      ...rules.map(({ say }) => say),
      ...Object.values(lists),
    ]);
    const words = [...said.flat(), ...lexicon.business]
      .flatMap((phrase) => phrase.replace(/^\^ /, '').split(/[\s|]+/))
      .map((word) => word.replace(/[*?]+$/, ''))
      .filter((word) => !/^(?:\.\.|\.\.\.|N|<[a-z]+>)$/.test(word));
    const deaf = words.filter((word) => readPost(aPost(`x ${word} x`), []).tokens[1]?.text !== word);
    expect(deaf).toEqual([]);
  });

  it('a broken one is named', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'earshot-')), 'en.yaml');
    writeFileSync(path, 'language: en\nrules:\n  - rule: x\n    kind: wrong\n');
    expect(() => readLexicon(pathToFileURL(path))).toThrow('en.yaml');
  });
});

describe('a phrase', () => {
  const lists = { time: ['day', 'days'] };
  const heard = (say: string, text: string) => {
    const { tokens } = readPost(aPost(text), []);
    const found = bindPhrases([{ rules: [{ say: [say] }], lists }]).find(tokens);
    return found.map(({ from, to }) => text.slice(tokens[from]?.start, tokens[to - 1]?.end));
  };
  it.each([
    ['still waiting', 'I am STILL waiting', ['STILL waiting']],
    ['still waiting', 'still. Waiting', []],
    ['lost|stolen bag*', 'my lost bags', ['lost bags']],
    ['N <time>', 'in 3 days or 10 nights', ['3 days']],
    ['not .. came', "it hasn't ever really came", ["hasn't ever really came"]],
    ['not .. came', 'not one two three four came', []],
    ['not ... came', 'not one two three four came', ['not one two three four came']],
    ['hung up? on', 'hung on, hung up on', ['hung on', 'hung up on']],
    ['^ avoid', 'avoid it. I avoid. Avoid', ['avoid', 'Avoid']],
    ['j attends', 'moi j’attends', ['j’attends']],
  ])('%j in %j is heard as %j', (say, text, expected) => expect(heard(say, text)).toEqual(expected));

  it.each(['<nobody> here', '.. nothing', 'maybe? not', 'ab* c'])('%j is refused with itself', (say) => {
    expect(() => bindPhrases([{ rules: [{ say: [say] }], lists }])).toThrow(say.split(' ')[0]);
  });
});
