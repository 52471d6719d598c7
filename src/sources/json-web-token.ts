/** JSON web tokens, which some platforms take in place of a password, signed with the key that the owner got there. */
import { createPrivateKey, type KeyObject, sign } from 'node:crypto';

/** RFC 7518: RSA or the curve P-256, both with SHA-256. */
const keyTypes = { RS256: 'rsa', ES256: 'ec' } as const;

export interface Unsigned {
  readonly algorithm: keyof typeof keyTypes;
  readonly keyId: string;
  readonly claims: Readonly<Record<string, string | number>>;
}

/** @param pem the private key; its line breaks may be written as `\n`. Null where it is none, or not of the right kind. */
export function signedToken({ algorithm, keyId, claims }: Unsigned, pem: string): string | null {
  const key = privateKey(pem);
  if (key?.asymmetricKeyType !== keyTypes[algorithm]) return null;
  const content = [{ alg: algorithm, kid: keyId, typ: 'JWT' }, claims].map(encoded).join('.');
  const signature = sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' });
  return `${content}.${signature.toString('base64url')}`;
}

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

function privateKey(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem.replaceAll('\\n', '\n').trim());
  } catch {
    return null;
  }
}

/** Begins a minute early, for clocks that differ. */
export function timesOf(now: number, lifeSeconds: number): { readonly iat: number; readonly exp: number } {
  const iat = Math.floor(now / 1000) - 60;
  return { iat, exp: iat + lifeSeconds };
}
