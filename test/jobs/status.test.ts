/** What is told of a connection that only its owner can renew: a week before it ends, in every face, and not before. */
import { expect, test } from 'vitest';
import { renderHtml } from '../../src/digest/render-html.ts';
import { renderText } from '../../src/digest/render-text.ts';
import { healthSentence } from '../../src/insight/health.ts';
import { draftDigest } from '../../src/jobs/send-digest.ts';
import { watchReports } from '../../src/jobs/status.ts';
import { saveSession } from '../../src/store/sessions.ts';
import { aShop, opened } from '../support/shop.ts';

const day = 86_400_000;
const now = Date.parse('2026-11-20T12:00Z');

async function connected(source: 'facebook-page' | 'threads', session: { until: number; refresh?: string }) {
  const shop = aShop(now);
  const { app } = await opened(shop, `timezone: UTC\nbrands:\n  - { name: Blue Door, sources: { ${source}: {} } }\n`);
  await app.store.write('test', (tx) =>
    saveSession(tx, { source, account: null }, { token: 'invented', ...session }, app.sessionKey()),
  );
  const mail = () =>
    draftDigest(app, {
      kind: 'digest',
      recipient: 'ana@x.example',
      timezone: 'UTC',
      window: { from: shop.clock.now() - day, to: shop.clock.now() },
    });
  return { shop, app, mail };
}

test('where only connecting again helps, the owner hears of it a week before', async () => {
  const { shop, app, mail } = await connected('facebook-page', { until: now + 10 * day });
  expect((await watchReports(app)).map(({ endsAt }) => endsAt)).toEqual([null]);
  expect((await mail()).lead.join(' ')).not.toContain('Connect');
  shop.clock.advance(5 * day);
  const [report] = await watchReports(app);
  expect(report && healthSentence(report, shop.clock.now(), 'UTC')).toBe(
    'not looked yet; its connection ends Mon 12:00: `npx earshot connect facebook-page`',
  );
  const sentence =
    /can read Facebook page until Mon 12:00\. Connect it again before\s+then:\s+`npx earshot connect facebook-page`\./;
  const digest = await mail();
  expect(digest.lead.join(' ')).toMatch(sentence);
  expect(renderText(digest)).toMatch(sentence);
  expect(renderHtml(digest)).toContain('>npx earshot connect facebook-page</code>.');
  shop.clock.advance(6 * day);
  // It is over, and the next look says so as trouble.
  expect((await watchReports(app)).map(({ endsAt }) => endsAt)).toEqual([null]);
});

test('what is renewed by itself is not told', async () => {
  const { app } = await connected('threads', { until: now + 2 * day, refresh: 'invented' });
  expect((await watchReports(app)).map(({ endsAt }) => endsAt)).toEqual([null]);
});
