/** What each platform shows at a moment: posts that have been said by then, with the edits made by then. */
import { hourMs } from '../clock.ts';
import { type PlatformId, PlatformPost } from './sample.ts';

export interface ShownPost extends Omit<ReturnType<typeof PlatformPost.parse>, 'agoHours' | 'edit'> {
  /** Milliseconds UTC. */
  readonly publishedAt: number;
  readonly editedAt: number | null;
}

/** The posts of one platform at `now`, newest first. */
export type Timeline = (platform: PlatformId, now: number) => readonly ShownPost[];

/** @param startedAt what `agoHours` counts back from, in milliseconds UTC. */
export function timelineOf(posts: readonly PlatformPost[], startedAt: number): Timeline {
  const all = posts.map((post) => PlatformPost.parse(post));
  const at = (agoHours: number) => Math.round(startedAt - agoHours * hourMs);
  const changes = all.flatMap((post) => [at(post.agoHours), ...(post.edit ? [at(post.edit.agoHours)] : [])]);
  let shown = new Map<PlatformId, ShownPost[]>();
  let [from, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

  return (platform, now) => {
    if (now < from || now >= until) {
      shown = Map.groupBy(
        all
          .filter((post) => at(post.agoHours) <= now)
          .map((post) => show(post, at, now))
          .sort((a, b) => b.publishedAt - a.publishedAt),
        (post) => post.platform,
      );
      from = now;
      until = changes.reduce(
        (next, change) => (change > now ? Math.min(next, change) : next),
        Number.POSITIVE_INFINITY,
      );
    }
    return shown.get(platform) ?? [];
  };
}

function show(
  { agoHours, edit, ...post }: ReturnType<typeof PlatformPost.parse>,
  at: (agoHours: number) => number,
  now: number,
): ShownPost {
  const publishedAt = at(agoHours);
  if (edit === undefined || at(edit.agoHours) > now) return { ...post, publishedAt, editedAt: null };
  const { agoHours: editedAgo, ...changed } = edit;
  return { ...post, ...changed, publishedAt, editedAt: at(editedAgo) };
}

/** What a post answers, where the platform still shows it. */
export function parentOf({ replyTo }: ShownPost, all: readonly ShownPost[]): ShownPost | undefined {
  return replyTo === undefined ? undefined : all.find(({ id }) => id === replyTo);
}

/** The post that began the thread; itself where it answers nothing. */
export function rootOf(post: ShownPost, all: readonly ShownPost[]): ShownPost {
  const parent = parentOf(post, all);
  return parent === undefined ? post : rootOf(parent, all);
}
