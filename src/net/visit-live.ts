/** One visit's doors that stay open: opened in turn and at the host's pace, like every question; refusals become faults. */
import type { Connect } from './connect.ts';
import { Fault } from './fault.ts';
import type { Door, Live, OpenAsk } from './live.ts';
import type { Visit } from './net.ts';
import { openEvents } from './open-events.ts';
import { noStream, openSocket } from './open-socket.ts';
import type { Incoming, Outgoing } from './request.ts';
import { targetOf } from './target.ts';
import { callerOf, judged, type Rooms } from './visit.ts';

export interface LiveRooms extends Rooms {
  readonly connect: Connect;
  readonly proxy: string | null;
}

type Open<Item> = (outgoing: Outgoing, rooms: LiveRooms) => Promise<Door<Item> | Incoming>;

export function createLive(rooms: LiveRooms, visit: Visit): Live {
  const openDoor = async <Item>(url: string, question: OpenAsk, accept: string, open: Open<Item>) => {
    const target = targetOf(url, question);
    const { caller } = callerOf(visit, target.url, {});
    const { signal } = visit;
    const headers = { accept, 'user-agent': rooms.userAgent, ...question.headers, ...target.signature };
    const outgoing: Outgoing = { method: 'GET', url: target.url, headers, body: null, signal };
    return rooms.hosts.inTurn(caller, async () => {
      await rooms.hosts.permit(caller);
      const opened = await orFault(open(outgoing, rooms));
      if ('flow' in opened) {
        await rooms.hosts.settle(caller, { fault: null, usedUpUntil: null });
        return opened;
      }
      const said = async () => {
        if (opened instanceof Fault) throw opened;
        return opened;
      };
      const { fault, usedUpUntil } = await judged(said, 'json', question, rooms);
      await rooms.hosts.settle(caller, { fault, usedUpUntil });
      throw fault ?? noStream(target.url.host);
    });
  };

  async function* flow<Item>(url: string, question: OpenAsk, accept: string, open: Open<Item>) {
    const door = await openDoor(url, question, accept, open);
    try {
      yield* door.flow;
    } finally {
      door.close();
    }
  }

  return {
    messages: (url, question = {}) => flow(url, question, '*/*', openSocket),
    events: (url, question = {}) => flow(url, question, 'text/event-stream', openEvents),
  };
}

async function orFault<Value>(opening: Promise<Value>): Promise<Value | Fault> {
  try {
    return await opening;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}
