/** Notices that a stream has said nothing for too long, while somebody waits for it. */

export interface Silence {
  /** Waits for what comes; time that whoever reads takes for themselves is no silence of the other side. */
  during<Value>(waiting: Promise<Value>): Promise<Value>;
  /** Something came. */
  broken(): void;
  end(): void;
}

const looks = 3;

/** @param ask after a third of the time: whether the other side is still there. @param giveUp between two thirds and all of it */
export function watchSilence(silentMs: number, ask: () => void, giveUp: () => void): Silence {
  let isWaiting = false;
  let quiet = 0;
  let over = false;
  const lookAgain = () => {
    if (over) return;
    quiet = isWaiting ? quiet + 1 : 0;
    if (quiet === 1) ask();
    if (quiet === looks) return giveUp();
    AbortSignal.timeout(Math.ceil(silentMs / looks)).addEventListener('abort', lookAgain, { once: true });
  };
  lookAgain();
  return {
    during: async (waiting) => {
      isWaiting = true;
      try {
        return await waiting;
      } finally {
        isWaiting = false;
      }
    },
    broken: () => {
      quiet = 0;
    },
    end: () => {
      over = true;
    },
  };
}
