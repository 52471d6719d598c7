/** What the end of a request that writes means: no, or that nobody knows. Whatever is not surely a no may stand there. */
import { neverLeft } from './broken.ts';
import { Fault, Uncertain } from './fault.ts';
import type { Ask, RawAnswer } from './http.ts';

interface End {
  /** Its status is 0 where there was none that could be read. */
  readonly answer: Pick<RawAnswer, 'status' | 'url'>;
  readonly isTheirs: boolean;
}

/** The fault itself where it is a refusal. */
export function faultOfWriting(fault: Fault, { answer: { status, url }, isTheirs }: End): Fault {
  if (status === 0) return neverLeft(fault) ? fault : uncertain(fault);
  // Behind a form, “go there now” is how a yes is said; elsewhere it may be a proxy's word for a platform in trouble.
  if (status >= 500 || status === 408 || status === 302 || status === 303)
    return uncertain(fault, `${new URL(url).host} is having trouble and did not answer properly.`);
  return status < 300 && !isTheirs ? uncertain(fault) : fault;
}

/** What was written is written, also where its receipt cannot be read. */
export function readWritten<Body>({ writes }: Pick<Ask, 'writes'>, read: () => Body): Body {
  try {
    return read();
  } catch (error) {
    throw writes && error instanceof Fault ? uncertain(error) : error;
  }
}

function uncertain({ kind, message, cause }: Fault, instead = message): Uncertain {
  return new Uncertain(kind, instead, { cause });
}
