/** Google's interface for businesses: how its lists are read, which places an account manages, and what its refusals mean. */
import { z } from 'zod';
import { Fault } from '../net/fault.ts';
import type { Ask, Http, RawAnswer } from '../net/http.ts';
import { standIn } from './oauth.ts';
import { changed } from './read-items.ts';
import { refusalIn } from './refusal.ts';
import { webLinks } from './web-links.ts';

const accountsHome = 'https://mybusinessaccountmanagement.googleapis.com/v1/accounts';
const placesHome = 'https://mybusinessbusinessinformation.googleapis.com/v1/';
const lastPage = 40;
const how = '`npx earshot sources google-business` says how';

export const text = z.string().nullish().catch(null);
/** Google leaves out what is empty: an answer without anything says “none”, one with other things only has changed. */
export const listOf = <Parts extends z.ZodRawShape>(parts: Parts) => {
  const shape = { ...parts, nextPageToken: text };
  const isKnown = (body: object) => Object.keys(body).length === 0 || Object.keys(body).some((key) => key in shape);
  return z.looseObject({}).refine(isKnown).pipe(z.object(shape));
};
/** Names become part of an address: only those in Google's own form. */
const Account = z.object({ name: z.string().regex(/^accounts\/[\w-]+$/) });
const Accounts = listOf({ accounts: z.array(z.unknown()).nullish() });
const Location = z.object({
  name: z.string().regex(/^locations\/[\w-]+$/),
  title: text,
  metadata: z.object({ mapsUri: text }).nullish().catch(null),
});
const Locations = listOf({ locations: z.array(z.unknown()).nullish() });
export const Refusal = z.object({ error: z.object({ status: text, message: text, details: z.unknown().optional() }) });

/** One of the owner's places: where its reviews are, and how people know it. */
export interface Place {
  /** `accounts/1/locations/2`. */
  readonly path: string;
  readonly title: string;
  readonly url: string | null;
}

export type Asking = <Body>(address: string, shape: z.ZodType<Body>, query: Query, more?: Ask) => Promise<Body>;
type Query = Readonly<Record<string, string | number | undefined>>;

export function asking(http: Http, options: { readonly baseUrl?: string | undefined }, token: string): Asking {
  return async (address, shape, query, more = {}) => {
    const headers = { authorization: `Bearer ${token}` };
    const { body } = await http.json(standIn(address, options), shape, { query, headers, refused, ...more });
    return body;
  };
}

/** All pages of a list; a token that comes again is its end. */
export async function* pages<Body extends { readonly nextPageToken?: string | null | undefined }>(
  ask: (pageToken: string | undefined) => Promise<Body>,
  signal: AbortSignal,
): AsyncGenerator<{ readonly body: Body; readonly more: boolean; readonly isLast: boolean }> {
  const asked = new Set<string>();
  let token: string | undefined;
  for (let page = 1; ; page += 1) {
    signal.throwIfAborted();
    const body = await ask(token);
    token = body.nextPageToken || undefined;
    const more = token !== undefined && !asked.has(token);
    yield { body, more, isLast: page >= lastPage };
    if (!more || token === undefined || page >= lastPage) return;
    asked.add(token);
  }
}

/** @param wanted their numbers; all that the account manages where none is given */
export async function* placesOf(ask: Asking, wanted: readonly string[], signal: AbortSignal): AsyncGenerator<Place> {
  const met = new Set<string>();
  for await (const { body } of pages((pageToken) => ask(accountsHome, Accounts, { pageToken }), signal)) {
    for (const account of readable(body.accounts, 'accounts', Account)) {
      if (met.has(account.name)) continue;
      met.add(account.name);
      const query = { readMask: 'name,title,metadata', pageSize: 100 };
      const address = `${placesHome}${account.name}/locations`;
      for await (const { body } of pages((pageToken) => ask(address, Locations, { ...query, pageToken }), signal)) {
        for (const { name, title, metadata } of readable(body.locations, 'locations', Location)) {
          const number = name.slice('locations/'.length);
          if (met.has(name) || (wanted.length > 0 && !wanted.includes(number))) continue;
          met.add(name);
          const [url = null] = webLinks([metadata?.mapsUri]);
          yield { path: `${account.name}/${name}`, title: title || name, url };
        }
      }
    }
  }
}

/** Those that can be read. @throws Fault where none of them can */
function readable<Item>(items: readonly unknown[] | null | undefined, where: string, shape: z.ZodType<Item>): Item[] {
  const read = (items ?? []).flatMap((item) => shape.safeParse(item).data ?? []);
  if (items?.length && read.length === 0) throw changed(where);
  return read;
}

const notAllowed = (message: string) => new Fault('not-allowed', message);

const refused = refusedTo('read');

/** Errors are `{ error: { code, message, status, details } }`. */
export function refusedTo(what: 'read' | 'answer') {
  return ({ status, text }: RawAnswer): Fault | undefined => {
    const error = status < 400 ? undefined : refusalIn(text, Refusal)?.error;
    if (error === undefined) return undefined;
    const said = `${error.message ?? ''} ${JSON.stringify(error.details ?? '')}`;
    // Before Google has approved a project, it may ask nothing at all, which comes as “too much”.
    if (status === 429 && /"quota_limit_value":"0"|limit '?0\b/i.test(said))
      return notAllowed(`Google has not approved your project yet: ${how} to ask for it.`);
    if (status === 401)
      return notAllowed(
        'Google no longer accepts this connection: `npx earshot connect google-business` makes a new one.',
      );
    if (/SERVICE_DISABLED|has not been used in project|is disabled/i.test(said))
      return notAllowed(`One of the three APIs is not switched on in your project at Google: ${how}.`);
    if (status === 403)
      return notAllowed(
        `The account you connected may not ${what} these reviews. Connect the one that manages the place: \`npx earshot connect google-business\`.`,
      );
    if (status === 404)
      return new Fault(
        'gone',
        'Google shows no reviews of one of your places: only those of verified ones can be read.',
      );
    return undefined;
  };
}

/** All of them at once. */
export async function allPlaces(ask: Asking, wanted: readonly string[], signal: AbortSignal): Promise<Place[]> {
  const places: Place[] = [];
  for await (const place of placesOf(ask, wanted, signal)) places.push(place);
  return places;
}
