/** What tidying up takes away: the page of the mail that was shown, once nobody looks at it any more. */
import { existsSync, utimesSync } from 'node:fs';
import { expect, test } from 'vitest';
import { writeShownPage } from '../../src/digest/mail-files.ts';
import { tidy } from '../../src/jobs/tidy.ts';
import { aShop, opened } from '../support/shop.ts';

test('a page that was shown goes after a day, not while somebody may look at it', async () => {
  const shop = aShop();
  const { app } = await opened(shop, 'brands:\n  - { name: Blue Door, sources: {} }\n');
  const page = await writeShownPage(app.config, '<p>quokka</p>');
  const shownBefore = (hours: number) => {
    const at = shop.clock.now() / 1000 - hours * 3600;
    utimesSync(page, at, at);
  };
  shownBefore(23);
  await tidy(app);
  expect(existsSync(page)).toBe(true);
  shownBefore(25);
  await tidy(app);
  expect(existsSync(page)).toBe(false);
});
