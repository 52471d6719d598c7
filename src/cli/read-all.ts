/** Stdin as a text; what is not UTF-8 becomes U+FFFD. */
import type { Edges } from '../edges.ts';

export async function readBytes({ stdin }: Pick<Edges, 'stdin'>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function readAll(edges: Pick<Edges, 'stdin'>): Promise<string> {
  return new TextDecoder().decode(await readBytes(edges));
}
