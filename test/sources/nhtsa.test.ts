/** What is particular to the NHTSA's register: a vehicle's whole history at once, and American dates. */
import { expect, test } from 'vitest';
import { nhtsa } from '../../src/sources/nhtsa.ts';
import { fixture } from '../fixtures/nhtsa/fixture.ts';
import { readSource } from '../support/read-source.ts';

const path = '/complaints/complaintsByVehicle';
const readComplaints = (...results: readonly object[]) =>
  readSource(nhtsa, { options: fixture.options, routes: () => ({ [path]: { json: { count: 1, results } } }) });

test('a complaint keeps its words, its parts and the day it was filed; those of long ago are left out', async () => {
  const read = await readSource(nhtsa, fixture);
  expect(read.posts[0]).toMatchObject({
    externalId: '90071992547409931234',
    url: 'https://api.nhtsa.gov/complaints/odinumber?odinumber=90071992547409931234',
    title: 'SERVICE BRAKES',
    publishedAt: Date.parse('2026-11-12T00:00:00Z'),
    place: 'NORTHWIND BREEZE 2021',
  });
  expect(read.posts.map(({ externalId }) => externalId)).not.toContain('11055305');
  expect(Object.fromEntries(read.requests[0]?.query ?? [])).toEqual({
    make: 'NORTHWIND',
    model: 'BREEZE',
    modelYear: '2021',
  });
});

test('a vehicle named twice is one watch, shared by all brands that name it', () => {
  const [one] = nhtsa.example.vehicles;
  const vehicles = one ? [one, { ...one, make: one.make.toLowerCase() }] : [];
  expect(nhtsa.looks({ vehicles }, { names: [], handles: [], domains: [] })).toMatchObject([
    { key: 'JEEP WRANGLER 2021', scope: 'place' },
  ]);
});

test('a date that is none stays unknown, a complaint that comes twice is one, one without a word is left out', async () => {
  const read = await readComplaints(
    { odiNumber: 1, summary: 'It rattles.', dateComplaintFiled: '13/45/2026' },
    { odiNumber: 1, summary: 'It rattles.' },
    { odiNumber: 2, summary: '', components: null },
    { odiNumber: null, summary: 'It squeaks.' },
  );
  expect(read.posts.map(({ externalId, publishedAt }) => [externalId, publishedAt])).toEqual([['1', null]]);
  expect(read.unreadable).toHaveLength(1);
});
