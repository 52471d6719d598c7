/** Which secrets a source is given: from the environment, by the names that the source declares. */
import type { Env } from '../edges.ts';
import type { Secrets, SecretValues, Source } from '../sources/source.ts';

/** `X_TOKEN`, or `X_TOKEN__SHOP` where the config says `account: SHOP`. */
export function secretName(env: string, account: string | null): string {
  return account === null ? env : `${env}__${account}`;
}

/** Empty values count as absent. */
export function secretsOf<Wanted extends Secrets>(
  wanted: Wanted,
  account: string | null,
  env: Env,
): SecretValues<Wanted> {
  const values: Record<string, string | null> = {};
  for (const [key, secret] of Object.entries(wanted))
    values[key] = env[secretName(secret.env, account)]?.trim() || null;
  return values as SecretValues<Wanted>;
}

/** Names of the required secrets that are not there. */
export function missingSecrets(source: Source, account: string | null, env: Env): string[] {
  const values = secretsOf(source.secrets, account, env);
  return Object.entries(source.secrets)
    .filter(([key, secret]) => !secret.optional && values[key] === null)
    .map(([, secret]) => secretName(secret.env, account));
}

/** Names of the secrets that are not there and without which no answer can be sent. */
export function missingToSend(source: Source, account: string | null, env: Env): string[] {
  const values = secretsOf(source.secrets, account, env);
  return Object.entries(source.secrets)
    .filter(([key, secret]) => (!secret.optional || secret.sends !== undefined) && values[key] === null)
    .map(([, secret]) => secretName(secret.env, account));
}
