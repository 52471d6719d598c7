/** What sources share that answer posts: how they ask, and the noes that all platforms have. */
import type { z } from 'zod';
import { Fault } from '../net/fault.ts';
import type { Ask } from '../net/http.ts';

/** One question to the platform, let in as the owner. */
export type Asking = <Body>(path: string, shape: z.ZodType<Body>, ask: Ask) => Promise<Body>;

/** What was to be answered was taken away there in the meantime. */
export const nothingToAnswer = (title: string): Fault =>
  new Fault('gone', `${title} no longer has what you want to answer: it was taken away there.`);

/** @param why as a part of a sentence: `it is too long` */
export const notTaken = (title: string, why: string): Fault =>
  new Fault('garbled', `${title} does not take this answer: ${why}.`);
