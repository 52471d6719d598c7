/** What the demo heard of its posts, in numbers that add up to all of them. Pure. */
import { count } from '../text/count.ts';

export interface Heard {
  /** All that its platforms have. */
  readonly posts: number;
  /** Those that name one of the businesses. */
  readonly kept: number;
  /** What they are, once copies of one post are one. */
  readonly mentions: number;
  readonly complaints: number;
  /** Platforms that could not be read, and how many posts stand there. */
  readonly unread: { readonly titles: readonly string[]; readonly posts: number };
  /** How far the first look reaches back. */
  readonly days: number;
}

export function sayHeard({ posts, kept, mentions, complaints, unread, days }: Heard): string {
  const others = posts - kept - unread.posts;
  const they = kept > mentions ? 'What several of them say alike told once, they' : 'They';
  const told = [
    `Of the ${count(posts, 'post')} ${kept} name one of the businesses.`,
    `${they} are ${count(mentions, 'mention')}, ${complaints} of them complaints.`,
  ];
  if (unread.posts > 0)
    told.push(
      `${unread.posts} stand in ${unread.titles.join(' and ')}, which could not be read: the mail says so too.`,
    );
  if (others > 0)
    told.push(`The other ${others} name none of them, are their own, or are older than ${count(days, 'day')}.`);
  return told.join(' ');
}
