/** BBCode becomes what its author wrote; what only looks like it stays. */
import { expect, test } from 'vitest';
import { plainOfBbCode } from '../../src/text/bb-code.ts';

test.each([
  ['[h1]Broken[/h1]It [b]never[/b] [spoiler]starts[/spoiler].', 'Broken\nIt never starts.'],
  ['[list][*]slow[*] dear [/list]', '• slow\n• dear'],
  ['[quote=Ana]Why?[/quote]No idea.', 'Why?\nNo idea.'],
  ['[table][tr][th]When[/th][td]May[/td][/tr][/table]', 'When May'],
  ['[url=https://a.example/x]here[/url], [noparse][/noparse]there', 'here, there'],
  ['They wrote "definately" [sic] & < 3 stars [b', 'They wrote "definately" [sic] & < 3 stars [b'],
])('%s', (text, plain) => expect(plainOfBbCode(text)).toBe(plain));
