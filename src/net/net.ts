/** The net door as a whole: what the composition root makes once and every visit to a platform goes through. */
import type { Clock } from '../clock.ts';
import type { Validators } from '../watch.ts';
import { type Budgets, createMemoryBudgets } from './budgets.ts';
import { createConnect, type Lookup } from './connect.ts';
import { createHosts } from './hosts.ts';
import type { Http } from './http.ts';
import { createMailDoor } from './imap.ts';
import { type MailLimits, usualMailLimits } from './imap-line.ts';
import type { Live } from './live.ts';
import type { MailDoor } from './mail.ts';
import type { Pace } from './pace.ts';
import { createSend, type Limits, type Send, usualLimits } from './request.ts';
import { noRound, type Round } from './round.ts';
import { createVisit } from './visit.ts';
import { createLive } from './visit-live.ts';

export interface NetEdges {
  readonly clock: Clock;
  /** Who we are, on every request: `Earshot/0.1.0 (+https://…)`. */
  readonly userAgent: string;
  /** `host` or `host:port` that the config file itself names: only these may be loopback or private. */
  readonly allowed: readonly string[];
  /** `http://user:password@host:port`. */
  readonly proxy?: string | null;
  /** Without one, limits of an hour or more are forgotten when the process ends. */
  readonly budgets?: Budgets;
  readonly lookup?: Lookup;
  readonly limits?: Partial<Limits>;
  readonly mailLimits?: Partial<MailLimits>;
  /** PEM of a certificate to trust beside the usual ones, for a mailbox whose server signed its own. */
  readonly trustMail?: string | null;
  /** What answers in place of the network. */
  readonly send?: Send;
  /** From 0 to 1, for the spread of waits. */
  readonly random?: () => number;
}

export interface Visit {
  /** Whose visit it is: a server on this machine, which may stand in for several platforms, is kept apart by it. */
  readonly source?: string;
  readonly pace: readonly Pace[];
  readonly account: string | null;
  /** What the last saved look at this watch brought; sent by `feed` and `feedOrPage` only. */
  readonly validators: Validators;
  /** Milliseconds UTC: a publisher's wish to be left alone is kept no longer than until then. */
  readonly restsAtMostUntil?: number;
  readonly signal: AbortSignal;
  /** With others that look at the same time; without one, each visit waits for itself. */
  readonly round?: Round;
}

export interface Net {
  /** For one run of one watch. `validators()`: those handed in, with what this visit's answers changed. */
  visit(visit: Visit): {
    readonly http: Http;
    readonly mail: MailDoor;
    readonly live: Live;
    validators(): Validators;
    /** Until when something rests that was not asked for; null where all was asked. */
    waited(): number | null;
  };
  /** Open connections are closed; what still waits is aborted. */
  close(): Promise<void>;
}

export function createNet(edges: NetEdges): Net {
  const limits: Limits = { ...usualLimits, ...edges.limits };
  const connect = createConnect(edges.allowed, edges.lookup);
  const closing = new AbortController();
  const rooms = {
    clock: edges.clock,
    userAgent: edges.userAgent,
    random: edges.random ?? Math.random,
    limits,
    send: edges.send ?? createSend(connect, limits, edges.proxy ?? null),
    hosts: createHosts(edges.clock, edges.budgets ?? createMemoryBudgets()),
  };
  const mailRooms = {
    ...{ clock: rooms.clock, connect, random: rooms.random },
    trust: edges.trustMail ?? null,
    proxy: edges.proxy ?? null,
    limits: { ...usualMailLimits, ...edges.mailLimits },
  };
  return {
    visit: (visit) => {
      const signal = AbortSignal.any([visit.signal, closing.signal]);
      const round = visit.round ?? noRound;
      const mine = { ...visit, signal, round };
      return {
        ...createVisit(rooms, mine),
        mail: createMailDoor(mailRooms, signal, round),
        live: createLive({ ...rooms, connect, proxy: edges.proxy ?? null }, mine),
      };
    },
    close: async () => {
      closing.abort();
      connect.close();
    },
  };
}
