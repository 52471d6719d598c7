/** Hosts that gave no answer in one round of looks: no other look of that round waits for them as long as the first one did. */
import { isSilence, unaskedAfter } from './broken.ts';
import { Fault } from './fault.ts';

export interface Round {
  /** @throws Fault at once where the host was silent in this round */
  ask<Value>(host: string, ask: () => Promise<Value>): Promise<Value>;
}

/** Of somebody who looks alone. */
export const noRound: Round = { ask: (_host, ask) => ask() };

export function createRound(): Round {
  const silent = new Map<string, Fault>();
  return {
    ask: async (host, ask) => {
      const silence = silent.get(host);
      if (silence) throw unaskedAfter(silence);
      try {
        return await ask();
      } catch (error) {
        if (error instanceof Fault && isSilence(error)) silent.set(host, error);
        throw error;
      }
    },
  };
}
