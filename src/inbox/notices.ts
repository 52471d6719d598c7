/** What the last buttons did, kept until it has been read: told where the button stood, with the way back. */
import { randomBytes } from 'node:crypto';
import type { List } from '../jobs/read-inbox.ts';
import type { Done } from './act.ts';

export interface Notice extends Done {
  readonly id: string;
  readonly list: List;
  /** Its place in the piece of the list that was shown. */
  readonly at: number;
}

export interface Notices {
  /** @returns its id */
  add(notice: Omit<Notice, 'id'>): string;
  read(id: string): Notice | null;
  /** As `read`, and its way back is used up. */
  use(id: string): Notice | null;
}

/** A page can be reloaded, and gone back to a few times. */
const kept = 200;

export function createNotices(): Notices {
  const notices = new Map<string, Notice>();
  return {
    add: (notice) => {
      const id = randomBytes(9).toString('base64url');
      notices.set(id, { ...notice, id });
      for (const [oldest] of notices) if (notices.size > kept) notices.delete(oldest);
      return id;
    },
    read: (id) => notices.get(id) ?? null,
    use: (id) => {
      const notice = notices.get(id) ?? null;
      if (notice) notices.set(id, { ...notice, takeBack: null });
      return notice;
    },
  };
}
