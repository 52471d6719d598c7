/** The daemon's one timer: node-cron calls at every full minute. */
import { schedule } from 'node-cron';
import { minuteMs } from '../clock.ts';

/** A tick that comes late because the computer slept or was busy is one tick, not none and not one for each minute. */
const lateByMs = minuteMs;

/** @param tick must not throw. @returns how to end it */
export function everyMinute(tick: () => void): () => void {
  const task = schedule('* * * * *', tick, { missedExecutionTolerance: lateByMs, suppressMissedWarning: true });
  return () => void task.destroy();
}
