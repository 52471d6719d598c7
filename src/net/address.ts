/** Which network addresses belong to the public Internet, so that no feed can make us knock on doors at home. */
import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IANA's special-purpose registry for IPv4 (RFC 6890 and its updates), multicast and the reserved rest. */
const closedIPv4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

const closed = new BlockList();
for (const [start, bits] of closedIPv4) closed.addSubnet(start, bits, 'ipv4');

/** True only for addresses that anybody on the Internet could have given us; everything unreadable is not public. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closed.check(address, 'ipv4');
  return isIPv6(address) && isPublicIPv6(groupsOf(address));
}

/** @param hostname as a URL has it: lower case, IPv6 in brackets. */
export function isThisMachine(hostname: string): boolean {
  return /^(?:127\.\d+\.\d+\.\d+|\[::1\]|(?:.*\.)?localhost\.?)$/.test(hostname);
}

function isPublicIPv6(groups: readonly number[]): boolean {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups;
  const leading = [a, b, c, d, e, f].join(':');
  // NAT64 (RFC 6052) is how IPv6-only networks reach IPv4, so what it carries decides. Mapped addresses likewise.
  if (leading === `${0x64}:${0xff9b}:0:0:0:0` || leading === `0:0:0:0:0:${0xffff}`) return isPublicIPv4Of(g, h);
  // 6to4 (RFC 3056) carries an IPv4 address too.
  if (a === 0x2002) return isPublicIPv4Of(b, c);
  const globalUnicast = (a & 0xe000) === 0x2000;
  const protocolAssignments = a === 0x2001 && b < 0x200;
  const documentation = (a === 0x2001 && b === 0xdb8) || (a === 0x3fff && b < 0x1000);
  return globalUnicast && !protocolAssignments && !documentation;
}

function isPublicIPv4Of(high: number, low: number): boolean {
  return isPublicAddress([high >> 8, high & 255, low >> 8, low & 255].join('.'));
}

/** The eight numbers of an IPv6 address that `isIPv6` accepts: zone dropped, dotted ending and `::` spelled out. */
function groupsOf(address: string): number[] {
  const [plain = ''] = address.split('%');
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(plain);
  const hex = dotted
    ? plain.slice(0, dotted.index) +
      [1, 3].map((at) => (Number(dotted[at]) * 256 + Number(dotted[at + 1])).toString(16)).join(':')
    : plain;
  const [head = '', tail] = hex.split('::');
  const numbers = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const before = numbers(head);
  const after = numbers(tail ?? '');
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}
