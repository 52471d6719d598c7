/** `earshot.env` beside the config: where secrets may stand, so that cron and schedulers have them too. */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { Env } from '../edges.ts';

/** Where it would be: beside the config that these words and this environment name. */
export function envFilePath(argv: readonly string[], env: Env, cwd: string): string {
  const at = argv.findIndex((word) => word === '--config' || word.startsWith('--config='));
  const named = at < 0 ? undefined : argv[at]?.slice('--config='.length) || argv[at + 1];
  return join(dirname(resolve(cwd, named ?? (env.EARSHOT_CONFIG || 'config/earshot.yaml'))), 'earshot.env');
}

/** What stands in it, beneath the environment, which wins; the environment alone where there is no such file. */
export function withEnvFile(path: string, env: Env): Env {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return env;
  }
  return { ...parseEnv(text), ...env };
}
