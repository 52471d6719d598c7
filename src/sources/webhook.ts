/** What other programs send: signed JSON that comes in through the inbox's own server, as soon as it happens. */
import { z } from 'zod';
import { dayMs } from '../clock.ts';
import { ownPlace, type Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import { type ColumnMap, readMap } from './import-columns.ts';
import { parseImport } from './import-lines.ts';
import { defineSource } from './source.ts';

/** What was sent lies there while it is read. */
export const delivery = 'delivery';

const Options = z.strictObject({
  map: z
    .string()
    .refine((map) => typeof readMap(map) !== 'string', { error: 'should be pairs as in text=comment,rating=stars' })
    .optional()
    .describe('Which field is what, where the sender calls them otherwise: text=comment,rating=stars,who=user.name.'),
  own: z
    .boolean()
    .optional()
    .describe('True for what only you hear, such as a contact form: it is never counted as public.'),
});

interface At {
  readonly map: string | undefined;
  readonly own: boolean;
}

export const webhook = defineSource({
  id: 'webhook',
  title: 'Webhook',
  kind: 'reviews',
  suits: ['web-shop', 'software', 'other'],
  home: 'https://www.rfc-editor.org/rfc/rfc2104',
  docs: 'https://www.rfc-editor.org/rfc/rfc2104',
  hears: 'what other programs send at once',
  about:
    'Takes what another program sends to the address /hooks/ and your brand’s id on this computer while Earshot runs: your ' +
    'shop, your contact form, Zapier, Make or n8n. Each message is signed with your secret; one that is not, is older ' +
    'than five minutes, or comes a second time is refused.',
  access: 'free-key',
  keeps: 'everything',
  order: 'unordered',
  pace: [],
  cron: '0 0 * * *',
  overlapMs: 0,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: {},
  inbound: true,
  secrets: {
    secret: {
      env: 'WEBHOOK_SECRET',
      about: 'A long word of your own that the sender knows, too: whoever has it can put words into your inbox.',
    },
  },
  steps: [
    'Type `openssl rand -hex 32` and copy what it prints.',
    'Write it into the file earshot.env beside your config, behind `WEBHOOK_SECRET=`, and give it to the sending program.',
    'Let the program send JSON with `text` and, where it has them, `id`, `title`, `url`, `author.name`, `rating.value`, `rating.scale` and `publishedAt`: one object or a list of them, at most 256 KB.',
    'Let it add two headers: X-Earshot-Timestamp with the time in seconds since 1970, and X-Earshot-Signature with `sha256=` and the HMAC-SHA256 of that time, a full stop and the body, in hexadecimal.',
    'For a sender elsewhere let a tunnel or a proxy of yours pass on /hooks/ alone: Earshot itself answers only on this computer.',
  ],
  tryIt: [
    `body='{"id":"1","text":"The coffee was cold.","rating":{"value":2,"scale":5}}'`,
    'at=$(date +%s)',
    `sign=$(printf '%s.%s' "$at" "$body" |`,
    `  openssl dgst -sha256 -hmac "$WEBHOOK_SECRET" | sed 's/.* //')`,
    'curl --data-binary "$body" -H "X-Earshot-Timestamp: $at" \\',
    '  -H "X-Earshot-Signature: sha256=$sign" \\',
    '  http://127.0.0.1:4747/hooks/your-brand',
  ],

  looks: ({ map, own }) =>
    [
      { key: 'what is sent to it', scope: 'brand', certain: true, at: { map, own: own ?? false } satisfies At },
    ] as const,

  async *collect({ at, files, signal }) {
    if (files === undefined) throw new Error('the webhook was given nothing to read');
    signal.throwIfAborted();
    const { posts, problems, leftOut } = parseImport(await files.read(delivery), 'json-lines', {
      map: mapOf(at),
      dates: null,
    });
    const [first] = problems;
    if (posts.length === 0 && first)
      throw new Fault(
        'garbled',
        `What was sent to the webhook cannot be read: it ${first.sentence.replace(/\.?$/, '.')}`,
      );
    yield {
      posts: posts.map((post) => toPost(post, at)),
      unreadable: problems.map(({ line, sentence }) => `entry ${line}: ${sentence}`),
      partly: leftOut.map(({ line, sentence }) => `entry ${line}: ${sentence}`),
    };
  },
});

function mapOf({ map }: At): ColumnMap {
  const read = map === undefined ? new Map() : readMap(map);
  return typeof read === 'string' ? new Map() : read;
}

/** Where the sender has it from is its place; who may sign cannot speak for another source. */
function toPost(post: Post, { own }: At): Post {
  const from = post.source === 'file' ? null : post.source;
  return { ...post, source: 'webhook', place: own ? `${ownPlace}${from ?? 'webhook'}` : from };
}
