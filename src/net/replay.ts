/** A net door behind which one saved answer lies, whatever is asked: nothing leaves the computer. */
import type { Clock } from '../clock.ts';
import { Fault } from './fault.ts';
import type { MailDoor } from './mail.ts';
import { createNet, type Net } from './net.ts';

/** A source that takes every answer for one more page would ask for ever. */
const mostQuestions = 100;

const noMail: MailDoor = {
  // biome-ignore lint/correctness/useYield: a folder of mail is no saved answer
  async *read() {
    throw new Fault('not-allowed', 'A saved answer stands in for a place on the web, not for a folder of mail.');
  },
};

/** Without waiting between questions, and without counting them against the platform's limits. */
export function createReplay(answer: Uint8Array, contentType: string, { now }: Clock): Net {
  let questions = 0;
  const net = createNet({
    clock: { now, sleep: async () => undefined },
    userAgent: 'Earshot',
    allowed: [],
    send: async ({ url }) => {
      questions += 1;
      if (questions > mostQuestions)
        throw new Fault('garbled', 'The same answer came for every page, and Earshot stopped asking for more.');
      return { status: 200, url, headers: { 'content-type': contentType }, body: answer };
    },
  });
  return { visit: (visit) => ({ ...net.visit(visit), mail: noMail }), close: () => net.close() };
}
