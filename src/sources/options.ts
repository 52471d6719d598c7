/** Options that several sources share, so that they read the same in all of them. */
import { z } from 'zod';

/** An http or https address; a path in front (`http://127.0.0.1:4000/reddit`) is kept by `net/join`. */
export const webAddress = () =>
  z.url({ protocol: /^https?$/, error: 'should be an address that begins with https://' });

/** Where the platform has one host: lets a proxy or a test server stand in for it. */
export const baseUrl = (home: string) =>
  webAddress().optional().describe(`Where to ask instead of ${home}; only for a proxy or a test server.`);

/** A number that people copy out of an address, with or without quotation marks around it. */
export const digits = (error: string) =>
  z.union([z.string().regex(/^\d+$/, error), z.int(error).nonnegative(error).transform(String)]);
