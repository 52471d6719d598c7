/** `earshot sources [id]`: where Earshot can listen, what each place needs, and where no program may listen. */
import type { Edges } from '../../edges.ts';
import type { ElsewhereFace, SourceFace } from '../../face/source.ts';
import { type Elsewhere, elsewhere } from '../../sources/elsewhere.ts';
import { everySource, sourceGroupOf, sourceIds } from '../../sources/index.ts';
import type { Source } from '../../sources/source.ts';
import { asCalled, earshotWith } from '../../text/command.ts';
import { jsonText } from '../../text/json.ts';
import { readingWidth, wrapped } from '../format.ts';
import { listSources } from '../list-sources.ts';
import { nearestPlace, placeCalled } from '../place-called.ts';
import { type SourceState, sourceStates } from '../source-states.ts';
import { numbered, tellSource } from '../tell-source.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options, word?: string): Promise<number> {
  const { terminal } = edges;
  const sources = await everySource();
  const states = await sourceStates(edges, options);
  const earshot = earshotWith(options.config);
  if (word === undefined) {
    if (options.json) terminal.out(json(sources.map((source) => described(source, states))));
    else await listSources(edges, states, earshot);
    return 0;
  }
  const id = placeCalled(word);
  const source = sources.find((one) => one.id === id);
  const place = elsewhere.find((one) => one.id === id);
  const says = (text: string, indent = '') => wrapped(asCalled(text, earshot), readingWidth(terminal), indent);
  const steps = ({ instead }: Elsewhere) => numbered(instead, says);
  if (options.json && source) terminal.out(json(described(source, states)));
  else if (options.json && place) terminal.out(json(notRead(place)));
  else if (source) {
    const without = place ? `\nWithout a key:\n${steps(place)}\n` : '';
    terminal.out(tellSource(source, edges, states.get(source.id), earshot) + without);
  } else if (place) terminal.out(`${place.title}\n\n${says(place.why)}\n\nInstead:\n${steps(place)}\n`);
  else throw new Misuse(unknown(word));
  return 0;
}

function unknown(id: string): string {
  const ids = [...sourceIds, ...elsewhere.map((one) => one.id)];
  const said = id.toLowerCase();
  // “google” is nobody's own name, and part of several.
  const parts = said.length < 3 ? [] : ids.filter((one) => one.includes(said));
  const near = parts.length > 0 ? parts.join(' or ') : nearestPlace(id);
  return `There is no place called ${id}.${near ? ` Did you mean ${near}?` : ' `npx earshot sources` shows them all.'}`;
}

const json = (value: object) => `${jsonText(value, 2)}\n`;

const notRead = ({ id, title, suits, why, instead }: Elsewhere): ElsewhereFace => ({
  ...{ id, title, why },
  suits: [...suits],
  instead: [...instead],
});

function described(source: Source, states: ReadonlyMap<string, SourceState>): SourceFace {
  const { id, title, kind, suits, home, docs, hears, about, access, keeps, order, pace, cron, example } = source;
  const secrets = Object.values(source.secrets).map(({ env, about, optional = false }) => ({ env, about, optional }));
  const { state, tried = false, sentence } = states.get(id) ?? {};
  return {
    ...{ id, title, kind, home, docs, hears, about, access, keeps, order, cron },
    suits: [...suits],
    pace: [...pace],
    offByDefault: source.offByDefault ?? null,
    secrets,
    steps: [...(source.steps ?? [])],
    example,
    group: sourceGroupOf(id),
    inConfig: states.has(id),
    state: tried ? (state ?? null) : null,
    sentence: sentence ?? null,
  };
}
