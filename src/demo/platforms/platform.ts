/** The contract of a platform on loopback: what it is asked, what it answers, pure and by the platform's own documents. */
import type { PlatformId } from '../sample.ts';
import type { ShownPost } from '../timeline.ts';

export interface Ask {
  readonly method: string;
  /** Behind the platform's prefix, decoded: `/api/v2/instance`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names are lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** The platform's own address, without a slash at its end. */
  readonly base: string;
  /** What it shows now, newest first. */
  readonly posts: readonly ShownPost[];
  /** Milliseconds UTC. */
  readonly now: number;
  /** How many questions came before this one. */
  readonly asked: number;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  readonly gzip?: boolean;
}

export interface Platform {
  /** First part of its paths, `mastodon-a`. */
  readonly prefix: string;
  readonly holds: PlatformId;
  answer(ask: Ask): Reply;
}

/** A reply in JSON. */
export function json(body: unknown, more: Omit<Reply, 'body'> = {}): Reply {
  return {
    ...more,
    headers: { 'content-type': 'application/json; charset=utf-8', ...more.headers },
    body: JSON.stringify(body),
  };
}

/** A whole number from the query between 1 (or `least`) and `most`; the default where it is missing or none. */
export function wholeNumber(query: URLSearchParams, name: string, usual: number, most: number, least = 1): number {
  const value = Number(query.get(name) ?? usual);
  return Number.isInteger(value) && value >= least ? Math.min(value, most) : usual;
}

/** The door of a network that has had enough of us: no permission error, a page for people. */
export function blocked(): Reply {
  return {
    status: 403,
    headers: { 'content-type': 'text/html; charset=utf-8', server: 'snooserv' },
    body:
      '<!DOCTYPE html><html><head><title>Blocked</title></head><body><h1>whoa there, pardner!</h1>' +
      "<p>Your request has been blocked due to a network policy. You've been blocked by network security.</p></body></html>",
  };
}
