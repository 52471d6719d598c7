/** Every address of the inbox: the page, its look, and the two forms; all else is told in a sentence. */
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import type { z } from 'zod';
import { readInbox } from '../jobs/read-inbox.ts';
import { StoreTrouble } from '../store/trouble.ts';
import type { Markup } from '../text/html.ts';
import { act, type Doing, type Done, takeBack } from './act.ts';
import { hostName, isSame, judge, type Keys } from './door.ts';
import { addHooks } from './hook.ts';
import { createNotices, type Notices } from './notices.ts';
import { inboxPage } from './pages/inbox.ts';
import { sentencePage, sentences } from './pages/sentence.ts';
import { icon } from './static/icon.ts';
import { look } from './static/look.ts';
import { createVisitors, type Visitors } from './visitors.ts';
import { addressOf, piecesOf, UndoWish, Wish } from './wish.ts';

export interface Setting extends Doing {
  readonly port: number;
  readonly keys: Keys;
}

/** The fields of a form are short: ids and a token. */
const mostBytes = 4096;

export function routes(setting: Setting): Hono {
  const { keys, port } = setting;
  const app = new Hono();
  app.use(headers);
  app.use(async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
  });
  addHooks(app, setting.tools);
  app.use(doorkeeper(port, setting.tools.earshot));
  app.get('/look.css', (c) => c.body(look, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/icon.svg', (c) => c.body(icon, 200, { 'content-type': 'image/svg+xml' }));
  app.get('/proof', (c) => c.text(keys.proof(port, (c.req.query('nonce') ?? '').slice(0, 100))));
  const notices = createNotices();
  const visitors = createVisitors(setting.tools, keys);
  addPage(app, setting, notices, visitors);
  addForms(app, setting, notices, visitors);
  addRest(app, setting);
  return app;
}

function doorkeeper(port: number, earshot: string): MiddlewareHandler {
  return async (c, next) => {
    const header = (name: string) => c.req.header(name);
    const verdict = judge(
      {
        method: c.req.method,
        host: header('host'),
        origin: header('origin'),
        fetchSite: header('sec-fetch-site'),
        fetchMode: header('sec-fetch-mode'),
      },
      port,
    );
    if (verdict === 'welcome') return next();
    if (verdict !== 'elsewhere') return page(c, sentencePage(sentences[verdict], earshot), 403);
    const { pathname, search } = new URL(c.req.url);
    return c.redirect(`http://${hostName}:${port}${pathname}${search}`, 302);
  };
}

function addPage(app: Hono, setting: Setting, notices: Notices, visitors: Visitors): void {
  const { keys, tools } = setting;
  app.get('/', async (c) => {
    const key = c.req.query('key');
    if (key !== undefined && isSame(key, keys.access)) {
      await visitors.letIn(c);
      return c.redirect('/', 303);
    }
    if (!(await visitors.knows(c))) return page(c, sentencePage(sentences.locked, setting.tools.earshot), 403);
    const inbox = await readInbox(
      tools,
      piecesOf((name) => c.req.query(name)),
    );
    const notice = notices.read(c.req.query('notice') ?? '');
    return page(c, inboxPage({ inbox, notice, token: keys.form, timezone: tools.config.timezone }), 200);
  });
}

function addForms(app: Hono, setting: Setting, notices: Notices, visitors: Visitors): void {
  app.use(bodyLimit({ maxSize: mostBytes, onError: (c) => page(c, sentencePage(sentences.garbled), 413) }));
  const posted = <Shape extends typeof Wish | typeof UndoWish>(
    path: string,
    shape: Shape,
    doIt: (wish: z.output<Shape>) => Promise<Done>,
  ) =>
    app.post(path, async (c) => {
      if (!(await visitors.knows(c))) return page(c, sentencePage(sentences.locked, setting.tools.earshot), 403);
      const wish = await wishOf(c, shape);
      if (wish === null) return page(c, sentencePage(sentences.garbled), 400);
      if (!isSame(wish.token, setting.keys.form)) return page(c, sentencePage(sentences.old), 403);
      const { list, at } = wish;
      const notice = notices.add({ ...(await doIt(wish)), list, at });
      return c.redirect(`${addressOf(wish, { notice })}#notice`, 303);
    });
  posted('/act', Wish, (wish) => act(setting, wish));
  posted('/undo', UndoWish, async ({ notice }) => {
    const way = notices.use(notice)?.takeBack ?? null;
    return way === null ? { sentence: sentences.noWayBack, done: false, takeBack: null } : takeBack(setting, way);
  });
}

const methods: Readonly<Record<string, string>> = {
  '/': 'GET, HEAD',
  '/look.css': 'GET, HEAD',
  '/icon.svg': 'GET, HEAD',
  '/act': 'POST',
  '/undo': 'POST',
};

/** What is not there, what is not done, and what went wrong. */
function addRest(app: Hono, { tools: { log, earshot } }: Setting): void {
  app.notFound((c) => {
    const allowed = methods[c.req.path];
    if (allowed === undefined) return page(c, sentencePage(sentences.unknown), 404);
    c.header('allow', allowed);
    return page(c, sentencePage(sentences.wrongMethod), 405);
  });
  app.onError((error, c) => {
    if (error instanceof StoreTrouble) {
      log.error({ trouble: error.name }, `the inbox: ${error.message}`);
      return page(c, sentencePage({ ...sentences.trouble, says: [error.message, ...sentences.trouble.says] }), 503);
    }
    log.error({ bug: error.name }, 'a mistake of Earshot’s own in the inbox, and it goes on');
    return page(c, sentencePage(sentences.mistake, earshot), 500);
  });
}

const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
  },
  // `no-referrer` would also make browsers send `Origin: null` with our own forms.
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
  strictTransportSecurity: false,
});

function page(c: Context, markup: Markup, status: 200 | 400 | 403 | 404 | 405 | 413 | 500 | 503): Response {
  return c.html(markup.source, status);
}

/** Null where it is not one of our forms. */
async function wishOf<Shape extends typeof Wish | typeof UndoWish>(
  c: Context,
  shape: Shape,
): Promise<z.output<Shape> | null> {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) return null;
  const fields = Object.fromEntries(new URLSearchParams(await c.req.text()));
  const read = shape.safeParse(fields);
  return read.success ? (read.data as z.output<Shape>) : null;
}
