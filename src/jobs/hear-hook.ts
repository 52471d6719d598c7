/** Takes in what was sent to a brand's webhook: read, judged and kept as a look's pages are, and told as a run. */
import { secretsOf } from '../config/secrets.ts';
import type { RunFace } from '../face/run.ts';
import { createRound } from '../net/round.ts';
import { webhook } from '../sources/webhook.ts';
import type { Watch } from '../watch.ts';
import { look } from './look.ts';
import type { Tools } from './tools.ts';

export interface Hook {
  readonly watch: Watch;
  /** What the sender signs with. */
  readonly secret: string;
}

/** Null where that brand has none, or its secret is not there. */
export function hookOf(tools: Tools, brandId: string): Hook | null {
  const watch = tools.watches.find(({ source, brands }) => source === webhook.id && brands[0] === brandId);
  const secret = watch ? secretsOf(webhook.secrets, watch.account, tools.env).secret : null;
  return watch && secret !== null ? { watch, secret } : null;
}

/** Comes back once all is kept. The same again changes nothing. @throws StoreTrouble */
export function hearHook(tools: Tools, { watch }: Hook, body: Uint8Array): Promise<RunFace> {
  // Copied by hand: `watches` of the app is made when first asked for.
  const { watches } = tools;
  const inside: Tools = { ...tools, watches, files: { read: async () => body } };
  return look(inside, watch, { since: null, dryRun: false, round: createRound() });
}
