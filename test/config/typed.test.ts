/** What owners type is read kindly: times of day and mail servers. */
import { expect, test } from 'vitest';
import { serverFrom, timeOfDay } from '../../src/config/typed.ts';

test.each([
  ['8', '08:00'],
  ['8:30', '08:30'],
  ['8.30', '08:30'],
  ['8am', '08:00'],
  ['6 pm', '18:00'],
  ['12am', '00:00'],
  ['12 PM', '12:00'],
  ['23:59', '23:59'],
  ['24:00', null],
  ['13pm', null],
  ['8:75', null],
  ['in the morning', null],
])('%s o’clock', (typed, time) => {
  expect(timeOfDay(typed)).toBe(time);
});

test.each([
  ['smtp.bluedoor.example', { host: 'smtp.bluedoor.example', port: 587, security: 'starttls' }],
  [' SMTP.bluedoor.example:465 ', { host: 'smtp.bluedoor.example', port: 465, security: 'tls' }],
  ['127.0.0.1:2525', { host: '127.0.0.1', port: 2525, security: 'starttls' }],
  ['smtp.bluedoor.example:99999', null],
  ['https://bluedoor.example', null],
  ['ana@bluedoor.example', null],
  ['my provider', null],
  ['later', null],
])('the server %s', (typed, server) => {
  expect(serverFrom(typed)).toEqual(server);
});
