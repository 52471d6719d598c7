/** A look at a mailbox that breaks off keeps what it read and goes on behind it; a folder made anew brings nothing twice. */
import { expect, test } from 'vitest';
import { aMail } from '../support/a-mail.ts';
import { imapServer, type Stored } from '../support/imap-server.ts';
import { house } from './house.ts';

const env = { MAILBOX_USER: 'owner', MAILBOX_PASSWORD: 'rig-secret' };
const mailsTo = (last: number): Stored[] =>
  Array.from({ length: last }, (_, index) => ({
    uid: index + 1,
    raw: aMail({ id: `m${index + 1}@reviews.example`, text: `The soup of table ${index + 1} was cold.` }),
  }));

test('what was read before the connection broke is kept, and not read again', async () => {
  const server = await imapServer({ folders: { Earshot: mailsTo(1) } });
  const here = house({ env });
  const mailbox = { host: '127.0.0.1', port: server.port, security: 'none', folder: 'Earshot' };
  here.settle([{ name: 'Blue Door Coffee', sources: { mailbox } }]);
  expect((await here.collect())[0]).toMatchObject({ outcome: 'complete', seen: 1, fresh: 1 });

  server.mailbox.folders.Earshot = mailsTo(41);
  let fetches = 0;
  server.mailbox.instead = (command, socket) => {
    if (command.startsWith('UID FETCH') && ++fetches === 2) socket.destroy();
    return null;
  };
  expect((await here.collect())[0]).toMatchObject({
    outcome: 'cut-short',
    seen: 20,
    fresh: 20,
    fault: { kind: 'unreachable' },
  });

  server.mailbox.instead = () => null;
  expect((await here.collect())[0]).toMatchObject({ outcome: 'complete', seen: 20, fresh: 20 });
  expect(await here.mentions()).toHaveLength(41);

  server.mailbox.validity = 8;
  expect((await here.collect())[0]).toMatchObject({ outcome: 'complete', seen: 41, fresh: 0 });
  expect((await here.collect())[0]).toMatchObject({ seen: 0 });
  expect(await here.mentions()).toHaveLength(41);
});

test('review mails are about the brand whether they name it or not; a Google Alert’s finds only where they do', async () => {
  const alert = (url: string, words: string) =>
    `<tr itemscope itemtype="http://schema.org/Article"><td><a itemprop="url" href="https://www.google.com/url?url=${url}"><span itemprop="name">News</span></a><div itemprop="description">${words}</div></td></tr>`;
  const html = `<table>${alert('https://news.example/1', 'Blue Door Coffee was closed.')}${alert('https://news.example/2', 'A blue door was painted.')}</table>`;
  const server = await imapServer({
    folders: {
      Earshot: [
        { uid: 1, raw: aMail({ text: 'Rude waiter, cold soup.' }) },
        {
          uid: 2,
          raw: aMail({ from: 'Google Alerts <googlealerts-noreply@google.com>', subject: 'Google Alert - door', html }),
        },
      ],
    },
  });
  const here = house({ env });
  const mailbox = { host: '127.0.0.1', port: server.port, security: 'none', folder: 'Earshot' };
  here.settle([{ name: 'Blue Door Coffee', sources: { mailbox } }]);
  expect((await here.collect())[0]).toMatchObject({ seen: 3, fresh: 2, setAside: { 'no-match': 1 } });
  expect((await here.mentions()).map(({ text }) => text)).toEqual([
    'Blue Door Coffee was closed.',
    'Rude waiter, cold soup.',
  ]);
});
