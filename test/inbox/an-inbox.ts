/** An inbox over a real database and real loopback HTTP, with invented complaints in it, and a visitor with a browser's manners. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { type App, openApp } from '../../src/app.ts';
import { type ServedInbox, startInbox } from '../../src/inbox/server.ts';
import { learnBrands } from '../../src/jobs/learn-brands.ts';
import { mentionFace } from '../../src/jobs/mention-face.ts';
import { settleCases } from '../../src/jobs/settle-cases.ts';
import type { Findings, Post } from '../../src/mention.ts';
import { readCases } from '../../src/store/cases.ts';
import { readMentions } from '../../src/store/mention-rows.ts';
import { aPost, hear, someFindings } from '../store/a-store.ts';
import { type FakeClock, fakeClock } from '../support/clock.ts';
import { cliEdges } from '../support/edges.ts';

/** Friday 20 November 2026, 10:00 in London. */
export const start = Date.parse('2026-11-20T10:00:00Z');

export interface Heard {
  readonly post?: Partial<Post>;
  readonly findings?: Partial<Findings>;
}

export interface AnInbox {
  readonly tools: App;
  readonly clock: FakeClock;
  readonly served: ServedInbox;
  readonly port: number;
  /** Puts mentions in, with the cases that they open. @returns their ids */
  hear(...heard: readonly Heard[]): Promise<number[]>;
  /** The mention as `--json` shows it. */
  mention(id: number): Promise<ReturnType<typeof mentionFace>>;
  /** The kinds of all that happened to a mention's case, and who did the last. */
  events(id: number): Promise<{ readonly kinds: readonly string[]; readonly lastBy: string | undefined }>;
}

/** Closed and deleted when the test is over. */
export async function anInbox(settings: object = {}, env: Readonly<Record<string, string>> = {}): Promise<AnInbox> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-inbox-'));
  const config = join(folder, 'earshot.yaml');
  const brands = [{ name: 'Blue Door Coffee', sources: { 'hacker-news': {} } }];
  writeFileSync(config, stringify({ store: 'earshot.db', timezone: 'Europe/London', brands, ...settings }));
  const clock = fakeClock(start);
  const tools = await openApp(cliEdges({ clock, cwd: folder, env }), { config });
  await learnBrands(tools);
  const served = await startInbox(tools, { port: 0, person: 'Ana' });
  onTestFinished(async () => {
    await served.close();
    await tools.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    tools,
    clock,
    served,
    port: Number(new URL(served.url).port),
    hear: (...all) =>
      tools.store.write('posts', async (tx) => {
        const heard = all.map(({ post, findings }) => ({
          post: aPost({ publishedAt: clock.now() - 3_600_000, ...post }),
          brandId: 'blue-door-coffee',
          findings: someFindings(findings),
        }));
        const { mentions } = await hear(tx, heard, { seenAt: clock.now() });
        const ids = mentions.map(({ id }) => id);
        await settleCases(tools, tx, ids, clock.now());
        return ids;
      }),
    mention: async (id) => {
      const [row] = await tools.store.read('a mention', (tx) => readMentions(tx, [id]));
      if (!row) throw new Error(`no mention ${id}`);
      return mentionFace(row);
    },
    events: (id) =>
      tools.store.read('a case', async (tx) => {
        const [row] = await readMentions(tx, [id]);
        const [known] = row?.case ? await readCases(tx, [row.case.id]) : [];
        const events = known?.events ?? [];
        return { kinds: events.map(({ kind }) => kind), lastBy: events.at(-1)?.by };
      }),
  };
}

export const unsure: Heard = { findings: { complaint: { verdict: 'unsure', probability: 0.5 }, urgency: 'low' } };
export const perhapsUs: Heard = { findings: { relevance: { verdict: 'unsure', probability: 0.5 } } };
export const kind: Heard = {
  findings: {
    complaint: { verdict: 'none', probability: 0.02 },
    sentiment: { label: 'positive', score: 0.8 },
    praise: true,
    reasons: [],
  },
};

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Any request, word for word. */
export function ask(
  port: number,
  {
    method = 'GET',
    path = '/',
    headers = {},
    body = '',
  }: {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) => {
      text(answer).then(
        (said) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: said }),
        reject,
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

export interface Visitor {
  readonly cookie: string;
  get(path?: string): Promise<Answer>;
  /** Presses a button as a browser does, with the fields of its form changed by `change`; shows the page that follows. */
  press(page: Answer, name: RegExp, change?: Readonly<Record<string, string>>): Promise<Answer>;
}

/** Comes in by the owner's address. */
export async function visitor({ port, served }: AnInbox): Promise<Visitor> {
  const { pathname, search } = new URL(served.entry);
  const [cookie = ''] = String((await ask(port, { path: pathname + search })).headers['set-cookie']).split(';');
  const get = (path = '/') => ask(port, { path, headers: { cookie } });
  return {
    cookie,
    get,
    press: async (page, name, change = {}) => {
      const { action, fields } = formOf(page, name);
      const answer = await post(port, action, { ...fields, ...change }, { cookie });
      return answer.status === 303 ? get(String(answer.headers.location).replace(/#.*/, '')) : answer;
    },
  };
}

export function post(
  port: number,
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const body = new URLSearchParams(fields).toString();
  const type = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(body)),
  };
  const origin = `http://127.0.0.1:${port}`;
  return ask(port, {
    method: 'POST',
    path,
    body,
    headers: { ...type, origin, 'sec-fetch-site': 'same-origin', ...headers },
  });
}

/** The form with the first button whose label fits, as that button would send it. */
export function formOf(
  { body }: Answer,
  name: RegExp,
): { readonly action: string; readonly fields: Record<string, string> } {
  for (const [, action = '', inside = ''] of body.matchAll(
    /<form method="post" action="([^"]+)">([\s\S]*?)<\/form>/g,
  )) {
    const button = [...inside.matchAll(/<button([^>]*)>/g)].find(([, attributes = '']) =>
      name.test(plain(/aria-label="([^"]*)"/.exec(attributes)?.[1] ?? '')),
    );
    if (!button) continue;
    const fields: Record<string, string> = {};
    for (const [, key = '', value = ''] of inside.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g))
      fields[key] = plain(value);
    const deed = / value="([^"]*)"/.exec(button[1] ?? '')?.[1];
    return { action, fields: deed === undefined ? fields : { ...fields, do: deed } };
  }
  throw new Error(`no button is called ${name}`);
}

export function plain(markup: string): string {
  const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#96': '`' };
  return markup.replace(/&([a-z]+|#\d+);/g, (whole, name: string) => names[name] ?? whole);
}

/** What a reader sees. */
export function words({ body }: Answer): string {
  return plain(body.slice(body.indexOf('<body>')).replaceAll(/<[^>]*>/g, ' ')).replaceAll(/\s+/g, ' ');
}
