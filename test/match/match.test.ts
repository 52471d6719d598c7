import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Brand } from '../../src/brand.ts';
import { compileBrands } from '../../src/match/match.ts';
import type { Post } from '../../src/mention.ts';
import { aBrand, aPost } from '../support/a-post.ts';

/** What stands where, quoted from the text: `name Blue-Door`. */
function heard(brand: Brand, text: string, rest: Partial<Post> = {}): readonly string[] {
  const post = aPost(text, rest);
  const [match] = compileBrands([brand]).find(post);
  return (match?.hits ?? []).map(({ kind, field, at }) => {
    const whole = { text: post.text, title: post.title, url: post.url }[field as 'text'];
    return `${kind} ${at ? whole?.slice(...at) : field}`;
  });
}
function verdict(brand: Brand, text: string, rest: Partial<Post> = {}): string {
  return compileBrands([brand]).find(aPost(text, rest))[0]?.verdict ?? 'no match';
}

const blueDoor = aBrand('Blue Door', {
  handles: ['bluedoor.coffee', '@bluedoorcoffee'],
  domains: ['bluedoor.example'],
});

describe('a name', () => {
  it.each([
    ['Blue-Door rocks', 'name Blue-Door'],
    ['went to bluedoor again', 'name bluedoor'],
    ['BLUE_DOOR!', 'name BLUE_DOOR'],
    ['blue\u00a0door', 'name blue\u00a0door'],
    ['the blue\ndoor', 'name blue\ndoor'],
    ['Blue Door’s cakes', 'name Blue Door'],
    ['ＢＬＵＥ ＤＯＯＲ', 'name ＢＬＵＥ ＤＯＯＲ'],
    ['bl\u200bue do\u0301or', 'name bl\u200bue do\u0301or'],
    ['**Blue Door**', 'name Blue Door'],
    ['a day #BlueDoor', 'hashtag #BlueDoor'],
    ['#BlueDoorForever', 'hashtag #BlueDoor'],
  ])('is heard in %j', (text, hit) => expect(heard(blueDoor, text)).toEqual([hit]));

  it.each([
    'blue. Door',
    'blue\n\ndoor',
    'a blue indoor pool',
    'bluedoors',
    '#bluedoorforever',
    '@bluedoorfan',
    '@my_blue_door',
    'https://bluedoor.example.evil.test/',
  ])('is not heard in %j', (text) => expect(heard(blueDoor, text)).toEqual([]));

  it.each([
    ['Café Zoë', 'CAFE ZOE', 'name CAFE ZOE'],
    ['Cafe Zoe', 'Cafe\u0301 Zoe\u0308', 'name Cafe\u0301 Zoe\u0308'],
    ['Müller', 'beim Mueller', 'name Mueller'],
    ["Wendy's", 'wendys or Wendy’s', 'name wendys|name Wendy’s'],
    ['M&S', 'M & S, M and S, ms', 'name M & S|name M and S'],
    ['C++', 'C and C++', 'name C++'],
    ['Booking.com', 'bookingcom or booking.com', 'name bookingcom|name booking.com'],
    ['The Blue Door', 'Blue Door is nice', 'name Blue Door'],
    ['BioMar', 'a biomarker of Bio Mar', 'name Bio Mar'],
    ['LinkedIn', 'she linked in her post', ''],
    ['Anchor', "l'Anchor, O'Anchor", 'name Anchor'],
    ['蓝门咖啡', '我在蓝门咖啡店喝', 'name 蓝门咖啡'],
    ['ブルードア', '昨日ブルードアで, スーパーブルードアー', 'name ブルードア'],
    ['블루도어', '블루도어에서 블루도어즈', 'name 블루도어'],
    ['Anchor', '在Anchor买', 'name Anchor'],
    [
      'North/South Barbers',
      'At North/South Barbers, North-South barbers',
      'name North/South Barbers|name North-South barbers',
    ],
    ['The "Daily" Grind', 'the “Daily” Grind, The "daily" grind', 'name the “Daily” Grind|name The "daily" grind'],
    ['Grind "Daily"', 'the Grind “Daily”', 'name Grind “Daily'],
    ['Café 🌸 Blüte', 'im Café 🌸 Blüte, cafe blute', 'name Café 🌸 Blüte|name cafe blute'],
    ['AC/DC', 'ac/dc and ac dc but not mac/dcx', 'name ac/dc|name ac dc'],
    ['Salt, Pepper & Co', "at Salt, Pepper & Co's", 'name Salt, Pepper & Co'],
  ])('%s in %j gives %j', (name, text, hits) => expect(heard(aBrand(name), text).join('|')).toBe(hits));

  it('counts only with its capitals where the owner says so', () => {
    const bloom = aBrand('Bloom', { caseSensitive: true });
    expect(heard(bloom, 'roses bloom, BLOOM, Bloom')).toEqual(['name Bloom']);
  });

  it('is not heard inside a rival’s or another brand’s longer name', () => {
    expect(heard(aBrand('Anchor', { rivals: ['Anchor Inn'] }), 'the Anchor Inn')).toEqual([]);
    const two = compileBrands([aBrand('Anchor'), aBrand('Anchor Inn')]);
    expect(two.find(aPost('the Anchor Inn')).map(({ brandId }) => brandId)).toEqual(['anchor-inn']);
  });

  it('is heard in the title and in the path of a link', () => {
    const rest = { title: 'At Blue Door', links: ['https://x.example/biz/blue%2Ddoor-leeds'] };
    expect(heard(blueDoor, 'x', rest)).toEqual(['name Blue Door', 'name link']);
  });
});

describe('accounts and domains', () => {
  it.each([
    ['I love @bluedoor.coffee.', ['handle @bluedoor.coffee']],
    ['@bluedoorcoffee@mastodon.example hi', ['handle @bluedoorcoffee@mastodon.example']],
    ['ask u/bluedoorcoffee', ['handle u/bluedoorcoffee']],
    ['see https://shop.bluedoor.example/menu.', ['domain https://shop.bluedoor.example/menu']],
    ['ana@bluedoor.example', ['domain bluedoor.example']],
    ['bluedoor.example/menu', ['domain bluedoor.example/menu']],
    ['notbluedoor.example', []],
    ['https://bluedoor.example@evil.test/', []],
    ['https://evil.test/?x=bluedoor.example', []],
    ['https://evil.test/bluedoor.example', []],
    ['https://x.example/blue-door.html', ['name blue-door']],
  ])('%j gives %j', (text, hits) => expect(heard(blueDoor, text)).toEqual(hits));

  it('are heard in links and in the post’s own address', () => {
    const rest = {
      url: 'https://forum.bluedoor.example/t/1',
      links: ['https://www.bluedoor.example', 'https://x.example'],
    };
    expect(heard(blueDoor, 'x', rest)).toEqual(['domain url', 'domain link']);
  });

  it.each(['bluedoor.coffee', '@BlueDoorCoffee', 'bluedoorcoffee@mastodon.example', 'u/bluedoorcoffee'])(
    'a post by %s is our own',
    (handle) => {
      const author = { handle, name: null, url: null, followers: null };
      expect(verdict(blueDoor, 'new cakes at Blue Door', { author })).toBe('own-post');
    },
  );
});

test('an own account with a server is only that one; one without is ours on any', () => {
  const ours = (handle: string, author: string) =>
    verdict(aBrand('Blue Door', { handles: [handle] }), 'Blue Door again', {
      author: { handle: author, name: null, url: null, followers: null },
    });
  expect(ours('@ana@mastodon.example', 'ana@mastodon.example')).toBe('own-post');
  expect(ours('@ana@mastodon.example', 'ana')).toBe('mention');
  expect(ours('@ana@mastodon.example', 'ana@other.example')).toBe('mention');
  expect(ours('bluedoorcoffee', 'bluedoorcoffee@other.example')).toBe('own-post');
});

describe('exclude and require', () => {
  const painted = aBrand('Blue Door', { exclude: ['blue door paint', 'hiring'], handles: ['bluedoor'] });
  it.each([
    ['blue-door paint is nice', 'excluded'],
    ['We are hiring at Blue Door', 'excluded'],
    // The phrase holds the name: it drops the name in it, and no other.
    ['I love Blue Door. Blue door paint is another thing', 'mention'],
    [
      'They sell blue door paint. On a wholly different note, since I am in town today with my mother: is the café Blue Door open?',
      'mention',
    ],
    ['blue doors', 'no match'],
  ])('%j is %s', (text, expected) => expect(verdict(painted, text)).toBe(expected));

  const bloom = aBrand('Bloom', { require: ['flowers', 'florist'], handles: ['bloom'] });
  it.each([
    ['Bloom florist is great', 'mention'],
    ['Bloom is a film', 'required-missing'],
    ['@bloom hello', 'mention'],
  ])('%j is %s', (text, expected) => expect(verdict(bloom, text)).toBe(expected));
  it('takes a required word from the title', () => {
    expect(verdict(bloom, 'Bloom was late', { title: 'Flowers for mum' })).toBe('mention');
  });
});

it('a place that belongs to a brand needs no name in the text', () => {
  const matcher = compileBrands([aBrand('Anchor'), blueDoor]);
  expect(matcher.find(aPost('Crashes every day'), { certain: ['blue-door'] })).toEqual([
    { brandId: 'blue-door', verdict: 'mention', hits: [] },
  ]);
  expect(matcher.find(aPost('Crashes every day'))).toEqual([]);
});

it('one pass finds all of a thousand brands', () => {
  const brands = Array.from({ length: 1000 }, (_, i) => aBrand(`Place Number${i}`));
  const found = compileBrands(brands).find(aPost('from place number7 to Place-Number999 and number8'));
  expect(found.map(({ brandId }) => brandId)).toEqual(['place-number7', 'place-number999']);
});

it.each([
  ['names', 'blue door '],
  ['dots', 'a.'],
  ['accounts', '@a'],
  ['paths', '/a.b'],
  ['zalgo', 'Z\u0301\u0302\u0303'],
  ['half names', 'blue-'],
])('a megabyte of %s takes no longer than its length', (_what, piece) => {
  const post = aPost(piece.repeat(Math.ceil(1_000_000 / piece.length)));
  const matcher = compileBrands([blueDoor]);
  const before = performance.now();
  matcher.find(post);
  expect(performance.now() - before).toBeLessThan(2000);
});

describe('whatever the text', () => {
  const names = ['Blue Door', 'BioMar', 'Café Zoë', "Wendy's", 'C++', '蓝门', 'M&S'];
  const matcher = compileBrands(names.map((name) => aBrand(name, { handles: [name.replaceAll(/\W/g, '')] })));
  const piece = fc.oneof(
    fc.constantFrom(...names, '#', '@', '-', ' ', '’s', '\ud800', '\u0301', 'İ', 'ﬁ', '😀', 'x.y', 's'),
    fc.string({ unit: 'binary' }),
  );
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

  it('matching never throws, is the same twice, and every offset lies in the text', () => {
    fc.assert(
      fc.property(text, text, (said, title) => {
        const post = aPost(said, { title });
        const found = matcher.find(post);
        expect(matcher.find(post)).toEqual(found);
        for (const { hits } of found) {
          for (const { at, field } of hits) {
            const whole = field === 'title' ? title : said;
            if (at) expect(0 <= at[0] && at[0] < at[1] && at[1] <= whole.length).toBe(true);
          }
        }
      }),
    );
  });

  it('a name is never heard inside another word, and always heard between spaces', () => {
    const letters = fc.stringMatching(/^[a-zé0-9]{1,5}$/u);
    const anchor = compileBrands([aBrand('Anchor')]);
    fc.assert(
      fc.property(letters, letters, (before, after) => {
        expect(anchor.find(aPost(`${before}anchor`))).toEqual([]);
        expect(anchor.find(aPost(`anchor${after}`))).toEqual([]);
        const [match] = anchor.find(aPost(`${before} anchor ${after}`));
        expect(match?.hits[0]?.at).toEqual([before.length + 1, before.length + 7]);
      }),
    );
  });
});
