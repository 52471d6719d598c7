/** Bluesky's accounts on loopback: what belongs to a handle, and tokens that say themselves until when they hold. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { jsonIn } from '../../text/json.ts';
import { numberOf } from '../markup.ts';
import type { Ask, Reply } from './platform.ts';
import { json } from './platform.ts';

const accessSeconds = 2 * 3600;
const refreshSeconds = 60 * 86_400;

/** `did:plc:…` with 24 letters and digits. */
export function didOf(handle: string): string {
  const name = BigInt(numberOf(handle, 36)).toString(32).padStart(24, 'a').slice(-24);
  return `did:plc:${name.replace(/[0189]/g, (digit) => 'wxyz'.charAt('0189'.indexOf(digit)))}`;
}

const Credentials = z.object({ identifier: z.string(), password: z.string() });

/** `com.atproto.server.createSession`: any account that comes with something shaped like an app password. */
export function createSession({ body, now }: Ask): Reply {
  const given = Credentials.safeParse(jsonIn(body));
  if (!given.success) return error(400, 'InvalidRequest', 'Input must have the property "identifier"');
  if (!/^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/.test(given.data.password)) {
    return error(401, 'AuthenticationRequired', 'Invalid identifier or password');
  }
  return session(given.data.identifier, now);
}

/** `com.atproto.server.refreshSession`: the refresh token stands where the access token otherwise does. */
export function refreshSession(ask: Ask): Reply {
  const token = readToken(ask);
  if (token === null || token.scope !== 'com.atproto.refresh') return error(400, 'InvalidToken', 'Token is invalid');
  if (token.exp * 1000 <= ask.now) return error(400, 'ExpiredToken', 'Token has been revoked');
  return session(token.sub, ask.now);
}

/** Who asks: a visitor, a signed-in account, or the refusal that a bad or old token earns. */
export function whoAsks(ask: Ask): 'visitor' | 'account' | Reply {
  if (ask.headers.authorization === undefined) return 'visitor';
  const token = readToken(ask);
  if (token === null || token.scope !== 'com.atproto.access') return error(400, 'InvalidToken', 'Bad token scope');
  return token.exp * 1000 <= ask.now ? error(400, 'ExpiredToken', 'Token has expired') : 'account';
}

/** Errors are always `{ error, message }`. */
export function error(status: number, name: string, message: string): Reply {
  return json({ error: name, message }, { status });
}

function session(handle: string, now: number): Reply {
  return json({
    did: didOf(handle),
    handle,
    accessJwt: token('com.atproto.access', handle, now, accessSeconds),
    refreshJwt: token('com.atproto.refresh', handle, now, refreshSeconds),
    active: true,
  });
}

function token(scope: string, sub: string, now: number, seconds: number): string {
  const iat = Math.floor(now / 1000);
  const parts = [
    { typ: 'at+jwt', alg: 'ES256K' },
    { scope, sub, iat, exp: iat + seconds },
  ];
  const said = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${said}.${signature(said)}`;
}

const Token = z.object({ scope: z.string(), sub: z.string(), exp: z.number() });

function readToken({ headers }: Ask): z.infer<typeof Token> | null {
  const [, said = '', claims = '', sign = ''] =
    /^Bearer (([^.]+\.)[^.]+)\.(.+)$/.exec(headers.authorization ?? '') ?? [];
  if (sign !== signature(said)) return null;
  const middle = said.slice(claims.length);
  return Token.safeParse(jsonIn(Buffer.from(middle, 'base64url').toString())).data ?? null;
}

const signature = (said: string) => createHash('sha256').update(`earshot demo ${said}`).digest('base64url');
