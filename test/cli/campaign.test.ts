/** `earshot campaign`: go, or not yet and why. */
import { expect, test } from 'vitest';
import { CampaignFace } from '../../src/face/campaign.ts';
import { desk, words } from './desk.ts';

const dayMs = 86_400_000;

test('go where nobody waits', async () => {
  const here = desk();
  await here.hear(words.lovely, words.meeting);
  expect(await here.earshot('campaign')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Go\. Nobody waits for you/),
  });
  const { code, out } = await here.earshot('campaign --json');
  expect(code).toBe(0);
  expect(CampaignFace.parse(JSON.parse(out))).toMatchObject({ go: true, reasons: [], first: null, waiting: [] });
});

test('not yet, with who waits, for how long, and where to begin', async () => {
  const here = desk();
  await here.hear(words.cold);
  here.clock.advance(3 * dayMs);
  await here.hear(words.refund);
  here.clock.advance(3 * dayMs);
  const { code, out, err } = await here.earshot('campaign', { columns: 80 });
  expect(code).toBe(1);
  expect(out).toMatch(/^Not yet\. 2 people wait for an answer, one for 7 days; 2 are overdue\. First: c\d\.\n$/);
  expect(err).toContain('npx earshot show c');
  const face = CampaignFace.parse(JSON.parse((await here.earshot('campaign --json')).out));
  expect(face).toMatchObject({ go: false, reasons: [{ kind: 'answers', count: 2 }] });
  expect(face.waiting).toHaveLength(2);
  expect(face.first).toBe(face.waiting[0]?.case);
});

test('whoever wrote days before Earshot heard of it has waited since then', async () => {
  const here = desk();
  const publishedAt = new Date(here.clock.now() - 6 * dayMs).toISOString();
  await here.hear({ text: words.cold, publishedAt });
  const { out } = await here.earshot('campaign');
  expect(out).toContain('Not yet. One person waits for an answer, for 6 days');
});

test('somebody who may be hurt comes first; whoever was answered waits no more', async () => {
  const here = desk();
  await here.hear(words.cold, words.glass);
  const first = await here.earshot('campaign');
  expect(first.out).toContain('Not yet. 1 complaint says that somebody may be hurt or ill. 2 people wait');
  expect(first.out).toContain('First: c2.');
  await here.earshot('case answered c1 --where phone');
  await here.earshot('case fix c2 --check-back 3d');
  expect((await here.earshot('campaign')).code).toBe(0);
  here.clock.advance(4 * dayMs);
  const later = await here.earshot('campaign');
  expect([later.code, later.out]).toEqual([1, expect.stringContaining('Not yet. One customer waits to be asked back')]);
});

test('only one brand', async () => {
  const here = desk();
  here.settle(['Blue Door Coffee', 'Red Gate Tea']);
  await here.hear(words.cold);
  expect((await here.earshot('campaign --brand red-gate-tea')).code).toBe(0);
  expect((await here.earshot('campaign')).code).toBe(1);
});
