/** Which browsers were let in: each has a cookie that holds for this start of the inbox, and is renewed by the next one. */
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { inboxLetIn, noteLetIn } from '../jobs/inbox-address.ts';
import type { Tools } from '../jobs/tools.ts';
import { isSame, type Keys } from './door.ts';

export interface Visitors {
  /** Gives the browser the cookie of this start. */
  letIn(c: Context): Promise<void>;
  /** A browser that was let in before this start is let in again. */
  knows(c: Context): Promise<boolean>;
}

/** A browser that comes back now and then stays known; browsers keep cookies for 400 days at most. */
const rememberedSeconds = 400 * 86_400;

/**
 * Cookies know no ports: whoever serves another one on this computer is sent ours. So a cookie is worth little: it is
 * not the key, and holds until the owner's browser has come back to a later start and that one has ended.
 */
export function createVisitors(tools: Pick<Tools, 'store'>, { cookie, cookieName, start }: Keys): Visitors {
  /** Starts whose cookies are renewed: also the second tab's, which asks with the one that the first has just renewed. */
  const former = new Set<string>();
  const letIn = async (c: Context) => {
    await noteLetIn(tools, start);
    // Lax, not Strict: else the link in the daily mail would open a locked door. Nothing that was said is changed by a GET.
    const options = { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: rememberedSeconds } as const;
    setCookie(c, cookieName, cookie(start), options);
  };
  return {
    letIn,
    knows: async (c) => {
      const given = getCookie(c, cookieName);
      if (given === undefined) return false;
      if (isSame(given, cookie(start))) return true;
      // Asked anew each time: another inbox over the same database may have let the browser in since.
      const last = await inboxLetIn(tools);
      if (last !== null) former.add(last);
      if (![...former].some((one) => isSame(given, cookie(one)))) return false;
      await letIn(c);
      return true;
    },
  };
}
