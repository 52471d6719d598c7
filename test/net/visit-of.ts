/** A visit through the real net door, with a held clock and loopback allowed, for the suites of this folder. */
import { z } from 'zod';
import { createNet, type NetEdges, type Visit } from '../../src/net/net.ts';
import { fakeClock } from '../support/clock.ts';

export const userAgent = 'Earshot/0.1.0 (+https://earshot.example)';

/** What most tests ask for; says nothing about the answer's shape. */
export const anything = z.looseObject({});

export function visitOf(edges: Partial<NetEdges> = {}, visit: Partial<Visit> = {}) {
  const clock = fakeClock();
  const net = createNet({ clock, userAgent, allowed: ['127.0.0.1'], random: () => 0.5, ...edges });
  return {
    net,
    clock,
    ...net.visit({ pace: [], account: null, validators: {}, signal: new AbortController().signal, ...visit }),
  };
}
