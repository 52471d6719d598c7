/** One mail that shows that mail goes out. */
import type { Mailer } from '../digest/mailer.ts';

export interface TestMail {
  readonly from: string;
  readonly to: string;
  /** Milliseconds UTC. */
  readonly now: number;
  /** The local day, `2026-11-21`. */
  readonly day: string;
}

const words =
  'This is how Earshot’s mail will reach you. There is nothing to do: as long as Earshot runs (npx earshot start), the daily mail comes by itself.';

/** @throws MailTrouble, a sentence that says what to do */
export async function testMail(mailer: Mailer, { from, to, now, day }: TestMail): Promise<void> {
  await mailer.send({
    kind: 'test',
    forDay: day,
    from,
    to,
    subject: 'Earshot can reach you',
    text: `${words}\n`,
    html: `<!doctype html><html lang="en"><title>Earshot can reach you</title><p>${words}</p></html>`,
    messageId: `<earshot.test.${now}@${/@([a-z0-9.-]+)>?$/i.exec(from)?.[1] ?? 'earshot.invalid'}>`,
    date: now,
  });
}
