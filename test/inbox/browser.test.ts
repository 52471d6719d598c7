/** The page in a real browser: on a phone and on a desk, by day and by night, without JavaScript, by keyboard alone; axe finds nothing. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, needsChromium, openBrowser } from '../support/chromium.ts';
import { type AnInbox, anInbox, kind, perhapsUs, unsure } from './an-inbox.ts';

const screens = [
  { width: 360, height: 740, colorScheme: 'light' },
  { width: 360, height: 740, colorScheme: 'dark' },
  { width: 1200, height: 900, colorScheme: 'light' },
  { width: 1200, height: 900, colorScheme: 'dark' },
] as const;

/** A browser that starts beside other tests takes its time. */
const patienceMs = 90_000;

describe.skipIf(chromiumPath === null)(`in a browser${needsChromium}`, { timeout: patienceMs }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  }, patienceMs);
  afterAll(() => browser?.close(), patienceMs);

  async function aFullInbox(): Promise<AnInbox> {
    const inbox = await anInbox();
    const long = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz'.repeat(3);
    await inbox.hear(
      { post: { author: { handle: 'ana.example', name: 'Ana Diaz', url: null, followers: 4200 }, title: 'Cold soup' } },
      { findings: { urgency: 'critical' }, post: { text: `Waited ${long}`, language: 'de' } },
      {
        findings: { urgency: 'low' },
        post: { rating: { value: 1, scale: 5 }, text: 'مرحبا Blue Door Coffee', language: 'ar' },
      },
      ...Array.from({ length: 20 }, () => ({})),
      perhapsUs,
      unsure,
      kind,
    );
    inbox.clock.advance(60 * 3_600_000);
    return inbox;
  }

  async function comeIn(
    { served }: AnInbox,
    { width, height, colorScheme }: (typeof screens)[number],
    javaScriptEnabled = false,
  ): Promise<{ context: BrowserContext; page: Page; elsewhere: readonly string[] }> {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, javaScriptEnabled });
    const page = await context.newPage();
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(served.url)) elsewhere.push(request.url());
    });
    page.on('console', (message) => elsewhere.push(message.text()));
    await page.goto(served.entry);
    return { context, page, elsewhere };
  }

  test.each(screens)(
    '$width px, $colorScheme: axe finds nothing, nothing sticks out, nothing is loaded from elsewhere',
    async (screen) => {
      const inbox = await aFullInbox();
      // axe is a script; the page itself has none, and its CSP would let none in.
      const { context, page, elsewhere } = await comeIn(inbox, screen, true);
      const look = async () => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(screen.width);
      };
      await look();
      await page.getByRole('button', { name: /^I answered: Ana Diaz/ }).click();
      await page.getByText('You answered Ana Diaz').waitFor();
      await look();
      await page.goto(`${inbox.served.url}nowhere`);
      await look();
      expect(elsewhere.filter((one) => !one.includes('404'))).toEqual([]);
      await context.close();
    },
  );

  test('without JavaScript, each button does what it says and comes back to its place', async () => {
    const inbox = await aFullInbox();
    const { context, page } = await comeIn(inbox, screens[0]);
    await page.getByRole('button', { name: /^Later: Ana Diaz/ }).click();
    await page.waitForURL(/#notice$/);
    expect(await page.getByRole('status').textContent()).toContain('Ana Diaz (ana.example) comes back here');
    expect(
      await page
        .getByRole('status')
        .boundingBox()
        .then((box) => box && box.y >= 0 && box.y < 740),
    ).toBe(true);
    await page.getByRole('button', { name: /^Undo/ }).click();
    await page.waitForURL(/#notice$/);
    expect(await page.getByRole('button', { name: /^Later: Ana Diaz/ }).count()).toBe(1);
    await context.close();
  });

  test('by keyboard alone: past the top, to the first complaint, answered, taken back; the focus is always seen', async () => {
    const inbox = await aFullInbox();
    const { context, page } = await comeIn(inbox, screens[2]);
    const press = (key: string) => page.keyboard.press(key);
    const focused = () => page.locator(':focus');
    await press('Tab');
    expect(await focused().textContent()).toBe('Skip to what needs you');
    expect((await focused().boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await press('Enter');
    await press('Tab');
    expect(await focused().getAttribute('aria-label')).toMatch(/^Open the post of /);
    for (const name of ['I answered', 'Not a complaint', 'Not about us', 'Later']) {
      await press('Tab');
      expect(await focused().textContent()).toBe(name);
      expect(await focused().getAttribute('aria-label')).toMatch(new RegExp(`^${name}: .+, c\\d+$`));
    }
    await press('Shift+Tab');
    await press('Shift+Tab');
    await press('Shift+Tab');
    const letter = /c(\d+)$/.exec((await focused().getAttribute('aria-label')) ?? '')?.[1];
    await press('Enter');
    await page.waitForURL(/#notice$/);
    expect((await inbox.mention(Number(letter))).case?.state).toBe('answered');
    expect(await focused().getAttribute('id')).toBe('notice');
    await press('Tab');
    expect(await focused().textContent()).toBe('Undo');
    await press('Space');
    await page.waitForURL(/#notice$/);
    await page.getByText('Taken back').waitFor();
    expect((await inbox.mention(Number(letter))).case?.state).toBe('open');
    await context.close();
  });

  test('every stop of the Tab key is seen', async () => {
    const inbox = await anInbox();
    await inbox.hear({}, unsure, kind);
    const { context, page } = await comeIn(inbox, screens[3], true);
    const outline = `(() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle + ' ' + s.outlineWidth; })()`;
    const name = `document.activeElement.tagName`;
    for (let stop = 0; ; stop += 1) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate(name)) === 'BODY') break;
      expect(await page.evaluate(outline)).toBe('solid 3px');
      expect(stop).toBeLessThan(60);
    }
    await context.close();
  });
});
