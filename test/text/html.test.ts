/** Markup that escapes by itself: nothing that people write becomes a tag, an attribute or an entity. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { html } from '../../src/text/html.ts';

describe('html', () => {
  test('escapes what is put in, joins lists, leaves out null, and keeps what it made itself', () => {
    const inner = html`<b>${'a & b'}</b>`;
    expect(html`<p title="${'"x"'}">${[inner, null, 3, '<i>']}</p>`.source).toBe(
      '<p title="&quot;x&quot;"><b>a &amp; b</b>3&lt;i&gt;</p>',
    );
  });

  test('whatever people write stays text, in elements and in quoted attributes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '`', '=', '/', 'a', ' ') }), (evil) => {
        const { source } = html`<p title="${evil}">${evil}</p>`;
        const [, attribute = '', element = ''] = /^<p title="([^"]*)">([^<]*)<\/p>$/.exec(source) ?? [];
        const read = (text: string) =>
          text.replace(
            /&(amp|lt|gt|quot|#39|#96);/g,
            (_all, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#96': '`' })[name] ?? '',
          );
        expect([read(attribute), read(element)]).toEqual([evil, evil]);
        expect(attribute + element).not.toMatch(/[<>"'`]/);
      }),
    );
  });
});
