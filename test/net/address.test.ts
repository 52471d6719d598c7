/** No address at home, in any spelling, passes for one on the Internet. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPublicAddress, isThisMachine } from '../../src/net/address.ts';

const closed = [
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.255.255', '169.254.169.254'],
  ...['172.16.0.1', '172.31.255.255', '192.0.0.8', '192.0.2.1', '192.168.1.1', '198.18.0.1', '198.51.100.7'],
  ...['203.0.113.9', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '::127.0.0.1', '::ffff:0:127.0.0.1'],
  ...['64:ff9b::127.0.0.1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::8.8.8.8', '2002:7f00:1::', '2002:c0a8:101::1'],
  ...['fe80::1', 'fe80::1%eth0', 'fec0::1', 'fc00::1', 'fd12:3456::1', 'ff02::1', '100::1', '2001::1', '2001:db8::1'],
  ...['3fff::1', '5f00::1', 'localhost', '', '1.2.3', '1.2.3.4.5', '08.8.8.8', '::g'],
];
const open = [
  ...['1.1.1.1', '8.8.8.8', '100.63.255.255', '100.128.0.0', '126.255.255.255', '172.15.0.1', '172.32.0.1'],
  ...['192.0.1.1', '192.167.1.1', '223.255.255.255'],
  ...['2606:4700::1111', '2a00:1450:4001::8a', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8', '2002:808:808::1', '2001:4860::1'],
];

test.each(closed)('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));
test.each(open)('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));

test('an IPv4 address and all its IPv6 disguises are judged alike', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
      const hex = [a * 256 + b, c * 256 + d].map((half) => half.toString(16)).join(':');
      const disguises = [
        `::ffff:${address}`,
        `::ffff:${hex}`,
        `0:0:0:0:0:ffff:${hex}`,
        `64:ff9b::${address}`,
        `2002:${hex}::1`,
      ];
      expect(disguises.map(isPublicAddress)).toEqual(disguises.map(() => isPublicAddress(address)));
    }),
  );
});

test('nothing outside 2000::/3 is public but what carries an IPv4 address', () => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      const first = Number.parseInt(address.split(':')[0] || '0', 16);
      fc.pre(first !== 0 && first !== 0x64);
      if (isPublicAddress(address)) expect(first >> 13).toBe(1);
    }),
  );
});

test('this machine is known by its names', () => {
  const names = [
    '127.0.0.1',
    '127.9.9.9',
    '[::1]',
    'localhost',
    'shop.localhost',
    '10.0.0.1',
    'localhost.example',
    '127.0.0.1.example',
  ];
  expect(names.filter(isThisMachine)).toEqual(names.slice(0, 5));
});
