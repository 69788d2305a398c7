import '#support/property-seed.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusedAddress } from '#domain/channel/refused-address.ts';

/** First and last address of blocks, as IANA writes them. */
const refused4 = [
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['198.18.0.0', '198.19.255.255'],
  ['0.0.0.0', '0.255.255.255'],
  ['224.0.0.0', '255.255.255.255'],
] as const;
const number4 = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const text4 = (number: number) => [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');

const inside = fc
  .constantFrom(...refused4)
  .chain(([first, last]) => fc.integer({ min: number4(first), max: number4(last) }))
  .map(text4);
const pairs = (address: string) => {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
};

describe('an address', () => {
  test('of a private, local or reserved block is refused, in IPv4 and inside IPv6', () => {
    fc.assert(
      fc.property(inside, (address) => {
        const forms = [
          address,
          `::ffff:${address}`,
          `::ffff:${pairs(address)}`,
          `0:0:0:0:0:ffff:${pairs(address)}`,
          `::${address}`,
          `64:ff9b::${address}`,
          `64:ff9b:1::${pairs(address)}`,
          `2002:${pairs(address)}::1`,
          `2001:0:${pairs(address)}::1`,
        ];
        for (const form of forms) expect(refusedAddress(form), form).toBeDefined();
      }),
    );
  });

  test.each([
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    'fec0::1',
    'ff02::1',
    '2001:db8::1',
    '100::1',
    '5f00::1',
  ])('%s is refused', (address) => expect(refusedAddress(address)).toBeDefined());

  test.each([
    '0x7f.0.0.1',
    '0177.0.0.1',
    '127.1',
    '2130706433',
    '1.2.3.4.5',
    '256.1.1.1',
    'fe80::1%eth0',
    'localhost',
    '',
    '1::2::3',
    ':::',
  ])('%s is none', (text) => expect(refusedAddress(text)).toBe('no address'));

  test.each([
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '169.253.255.255',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00:1450:4001:81b::200e',
  ])('%s is public', (address) => expect(refusedAddress(address)).toBeUndefined());
});
