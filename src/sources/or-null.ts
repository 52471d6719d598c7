/** What is asked for may have gone since the platform named it: then there is none, and the look goes on. */
import { Fault } from '../net/fault.ts';

/** Null where the question ends in a fault that means that there is none. */
export async function orNull<Body>(
  answer: Promise<Body>,
  isNone = (fault: Fault): boolean => fault.kind === 'gone',
): Promise<Body | null> {
  try {
    return await answer;
  } catch (fault) {
    if (fault instanceof Fault && isNone(fault)) return null;
    throw fault;
  }
}
