/** Complaints about cars and their parts in the public register of the NHTSA, vehicle by vehicle. */
import { z } from 'zod';
import { dayMs } from '../clock.ts';
import { barePost, type Post } from '../mention.ts';
import { join } from '../net/join.ts';
import { baseUrl } from './options.ts';
import { readItems } from './read-items.ts';
import { defineSource } from './source.ts';

const home = 'https://api.nhtsa.gov';

const Vehicle = z.strictObject({
  make: z.string().trim().min(1).describe('Such as JEEP.'),
  model: z.string().trim().min(1).describe('Such as WRANGLER.'),
  year: z.int().min(1950).max(2100).describe('The model’s year.'),
});
const Options = z.strictObject({
  vehicles: z
    .array(Vehicle)
    .min(1)
    .describe('Vehicles that you sell, repair or make parts for; complaints that name you are kept.'),
  baseUrl: baseUrl(home),
});

const Id = z.union([z.int(), z.string().min(1)]).transform(String);
const Complaint = z.object({
  odiNumber: Id,
  summary: z.string().nullish(),
  components: z.string().nullish(),
  /** `12/18/2017`. */
  dateComplaintFiled: z.string().nullish(),
});
const Found = z.object({ results: z.array(z.unknown()) });

export const nhtsa = defineSource({
  id: 'nhtsa',
  title: 'NHTSA complaints',
  kind: 'posts',
  suits: ['other'],
  home: 'https://www.nhtsa.gov/recalls',
  docs: 'https://www.nhtsa.gov/nhtsa-datasets-and-apis',
  hears: 'complaints about vehicles, US',
  about:
    'Reads the complaints about the vehicles you name in the public register of the road safety office of the United ' +
    'States (NHTSA), and keeps those that name you. It needs no account.',
  access: 'open',
  keeps: 'everything',
  order: 'unordered',
  pace: [{ requests: 10, perSeconds: 60 }],
  cron: '25 7 * * *',
  // A complaint is published some days after it was filed.
  overlapMs: 30 * dayMs,
  quietAfterMs: 180 * dayMs,
  options: Options,
  example: { vehicles: [{ make: 'JEEP', model: 'WRANGLER', year: 2021 }] },
  secrets: {},

  looks: ({ vehicles }) => {
    const keys = vehicles.map((at) => ({ key: `${at.make} ${at.model} ${at.year}`.toUpperCase(), at }));
    return [...new Map(keys.map((look) => [look.key, look])).values()].map(
      (look) => ({ ...look, scope: 'place' }) as const,
    );
  },

  async *collect({ at: { make, model, year }, options, since, http }) {
    const url = join(options.baseUrl ?? home, 'complaints/complaintsByVehicle');
    const { body } = await http.json(url, Found, { query: { make, model, modelYear: year } });
    const place = `${make} ${model} ${year}`;
    // The whole of decades comes at once: what is older was read before.
    const read = readItems(body.results, 'results', Complaint, (complaint) => {
      const post = toPost(complaint, place);
      const old = post.publishedAt !== null && post.publishedAt < since;
      return old || !(post.text || post.title) ? null : post;
    });
    const once = new Map(read.posts.map((post) => [post.externalId, post]));
    yield { ...read, posts: [...once.values()] };
  },
});

function toPost(
  { odiNumber, summary, components, dateComplaintFiled }: z.infer<typeof Complaint>,
  place: string,
): Post {
  return barePost('nhtsa', summary ?? '', {
    externalId: odiNumber,
    // Its record in the register: no page of its own is known.
    url: `${home}/complaints/odinumber?odinumber=${encodeURIComponent(odiNumber.toWellFormed())}`,
    title: components || null,
    publishedAt: dayOf(dateComplaintFiled),
    place,
  });
}

/** `12/18/2017` is the 18th of December. */
function dayOf(text: string | null | undefined): number | null {
  const [, month = '', day = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text?.trim() ?? '') ?? [];
  const time = Date.parse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T00:00:00Z`);
  return Number.isNaN(time) ? null : time;
}
