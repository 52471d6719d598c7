/** Reads a saved answer through a source, as if its platform had given it just now. */
import type { RunFace } from '../face/run.ts';
import { createReplay } from '../net/replay.ts';
import { createRound } from '../net/round.ts';
import type { Source } from '../sources/source.ts';
import type { Watch } from '../watch.ts';
import { look } from './look.ts';
import type { Tools } from './tools.ts';

export interface ReplayWish {
  /** Of one source; the first of them that can read the answer does. */
  readonly watches: readonly Watch[];
  readonly answer: Uint8Array;
  /** Where it lies, for its ending. */
  readonly path: string;
  readonly dryRun: boolean;
}

/**
 * Nothing is asked on the network, no secret is needed, and how far the place was read stays as it was. The run of the
 * watch that read it, else of the first one, with its fault; null where none was tried.
 */
export async function replay(tools: Tools, { watches, answer, path, dryRun }: ReplayWish): Promise<RunFace | null> {
  const net = createReplay(answer, contentTypeOf(path), tools.clock);
  const inside: Tools = { ...toolsOf(tools), net: async () => net };
  const read = (watch: Watch, dry: boolean) =>
    look(inside, watch, { since: null, dryRun: dry, round: createRound(), replay: true });
  try {
    let failed: RunFace | null = null;
    for (const watch of watches) {
      const tried = await read(watch, true);
      if (tried.outcome === 'complete' && tried.seen > 0) return dryRun ? tried : await read(watch, false);
      if (failed === null || failed.outcome !== 'complete') failed = tried;
    }
    return failed;
  } finally {
    await net.close();
  }
}

/** Where no platform listens, nobody signs in, nothing costs, and any word is a password. */
function toolsOf(tools: Tools): Tools {
  const withoutSignIn = ({ signIn, costs, ...source }: Source): Source => source;
  const wanted = tools.sources.flatMap(({ secrets }) => Object.values(secrets));
  const accounts = new Set(tools.watches.flatMap(({ account }) => account ?? []));
  const names = wanted.flatMap(({ env }) => [env, ...[...accounts].map((account) => `${env}__${account}`)]);
  const given = Object.fromEntries(names.map((name) => [name, 'saved']));
  // Copied by hand: `watches` of the app is made when first asked for.
  const { watches } = tools;
  return { ...tools, watches, sources: tools.sources.map(withoutSignIn), env: { ...given, ...tools.env } };
}

function contentTypeOf(path: string): string {
  if (/\.json[ld]?$/i.test(path)) return 'application/json';
  if (/\.(?:xml|rss|atom|rdf)$/i.test(path)) return 'application/xml';
  if (/\.html?$/i.test(path)) return 'text/html';
  return 'text/plain';
}
