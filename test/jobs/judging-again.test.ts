/** A brand's entry changes, an author edits: what is stored is judged again, and what people touched stays. */
import { describe, expect, test } from 'vitest';
import { followEdits } from '../../src/jobs/follow-edits.ts';
import { learnBrands } from '../../src/jobs/learn-brands.ts';
import { mark } from '../../src/jobs/mark.ts';
import { rejudgeOutdated } from '../../src/jobs/rejudge.ts';
import { takeIn } from '../../src/jobs/take-in.ts';
import { aShop, opened, said } from '../support/shop.ts';

const config = (entry: string) => `brands:\n  - { name: Blue Door, sources: {}, ${entry} }\n`;
const awful = 'Still waiting for my refund from Blue Door after three weeks, nobody answers.';
const wish = { brandId: null, dryRun: false };

describe('a brand’s entry changes', () => {
  test('what no longer matches is set aside and told, and comes back with the entry', async () => {
    const shop = aShop();
    const { app } = await opened(shop, config('about: café'));
    await takeIn(app, [said(awful), said('Lovely cakes at Blue Door!')], wish);
    expect(await shop.list({ pile: 'all' })).toHaveLength(2);
    const tighter = await opened(shop, config('exclude: [refund]'));
    expect(tighter.learned?.rejudged).toMatchObject({ setAside: 1, cameIn: 0 });
    expect(await shop.list({ pile: 'all' })).toHaveLength(1);
    const looser = await opened(shop, config('about: café'));
    expect(looser.learned?.rejudged).toMatchObject({ setAside: 0, cameIn: 1 });
    expect(await shop.list({ pile: 'all' })).toHaveLength(2);
    expect(await learnBrands(looser.app)).toBeNull();
  });

  test('what a person marked never moves', async () => {
    const shop = aShop();
    const { app } = await opened(shop, config('about: café'));
    const { mentionIds } = await takeIn(app, [said(awful)], wish);
    await mark(app, { mentionId: mentionIds[0] ?? 0, kind: 'complaint', by: 'Ana', why: null, undo: false });
    await opened(shop, config('exclude: [refund]'));
    expect((await shop.list()).map((row) => row.id)).toEqual(mentionIds);
  });

  test('what was said where it can only be about us stays, whatever we are called', async () => {
    const shop = aShop();
    const { app } = await opened(shop, config('id: shop'));
    await takeIn(app, [said('The Blue Door app crashes since the update.'), said('Crashes every time.')], {
      brandId: 'shop',
      dryRun: false,
    });
    const renamed = await opened(
      shop,
      'brands:\n  - { name: Green Gate, id: shop, exclude: [crashes], sources: {} }\n',
    );
    expect(renamed.learned?.changes.renamed).toHaveLength(1);
    expect(renamed.learned?.rejudged.setAside).toBe(0);
    expect(await shop.list({ pile: 'all' })).toHaveLength(2);
  });

  test('another brand’s stored posts come in where they name this one too', async () => {
    const shop = aShop();
    const { app } = await opened(shop, config('about: café'));
    await takeIn(app, [said('Blue Door is nicer than Green Gate')], wish);
    const more = await opened(shop, `${config('about: café')}  - { name: Green Gate, sources: {} }\n`);
    expect(more.learned?.rejudged.cameIn).toBe(1);
  });

  test('judging that broke off half way begins anew', async () => {
    const shop = aShop();
    const { app } = await opened(shop, config('about: café'));
    await takeIn(app, [said(awful)], wish);
    const changed = await shop.open(config('exclude: [refund]'));
    const broken = { ...changed, judging: () => Promise.reject(new Error('the power went')) };
    await expect(learnBrands(broken)).rejects.toThrow('the power went');
    expect((await learnBrands(changed))?.rejudged.setAside).toBe(1);
  });
});

test('a post edited so that it names us no more is set aside, with its new words', async () => {
  const shop = aShop();
  const { app } = await opened(shop, config('about: café'));
  const post = said(awful);
  await takeIn(app, [post], wish);
  const judges = await app.judging();
  const edited = { ...post, text: 'All sorted, very happy now', editedAt: shop.clock.now() };
  await app.store.write('test', (tx) => followEdits(app, tx, [edited, said('never seen')], judges));
  expect(await shop.list()).toEqual([]);
  expect(await shop.list({ pile: 'all' })).toEqual([]);
  await app.store.write('test', (tx) => followEdits(app, tx, [{ ...post, editedAt: shop.clock.now() }], judges));
  expect((await shop.list({ pile: 'all' })).map((row) => row.post.text)).toEqual([awful]);
});

test('what is up to date is not judged again', async () => {
  const shop = aShop();
  const { app } = await opened(shop, config('about: café'));
  await takeIn(app, [said(awful)], wish);
  expect((await rejudgeOutdated(app, false)).judged).toBe(0);
  expect((await rejudgeOutdated(app, true)).judged).toBe(1);
});
