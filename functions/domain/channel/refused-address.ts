/** A block of addresses and what it is for. */
interface Block {
  readonly network: bigint;
  readonly prefix: number;
  readonly name: string;
}

/**
 * Blocks that no customer's or partner's system has its public address in, from IANA's registries of special-purpose addresses (RFC 6890,
 * https://www.iana.org/assignments/iana-ipv4-special-registry and …/iana-ipv6-special-registry).
 */
const blocks4 = [
  ['0.0.0.0/8', 'this network'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'shared by carriers'],
  ['127.0.0.0/8', 'loopback'],
  // 169.254.169.254 and 169.254.170.2 are the metadata services of clouds.
  ['169.254.0.0/16', 'link-local'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'protocols'],
  ['192.0.2.0/24', 'documentation'],
  ['192.31.196.0/24', 'AS112'],
  ['192.52.193.0/24', 'AMT'],
  ['192.88.99.0/24', '6to4 relays'],
  ['192.168.0.0/16', 'private'],
  ['192.175.48.0/24', 'AS112'],
  ['198.18.0.0/15', 'benchmarks'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
] as const;

/** Of IPv6 only global unicast (2000::/3) is let through, and of that not these: some hold an IPv4 address of anybody's. */
const blocks6 = [
  ['2001::/23', 'protocols, Teredo'],
  ['2001:db8::/32', 'documentation'],
  ['2002::/16', '6to4'],
  ['2620:4f:8000::/48', 'AS112'],
  ['3fff::/20', 'documentation'],
] as const;

const globalUnicast = blockOf('2000::/3', 'global unicast');
const refused4 = blocks4.map(([text, name]) => blockOf(text, name));
const refused6 = blocks6.map(([text, name]) => blockOf(text, name));

/**
 * Why nothing is sent to an IP address, as text in any of its forms; undefined for a public one. IPv4 addresses inside IPv6 ones
 * (mapped, compatible, translated by NAT64) are outside global unicast, and refused whatever they hold.
 */
export function refusedAddress(address: string): string | undefined {
  const four = bits4(address);
  if (four !== undefined) return refused4.find((block) => holds(block, four, 32))?.name;
  const six = bits6(address);
  if (six === undefined) return 'no address';
  if (!holds(globalUnicast, six, 128)) return 'not public';
  return refused6.find((block) => holds(block, six, 128))?.name;
}

function blockOf(text: string, name: string): Block {
  const [address = '', prefix = ''] = text.split('/');
  return { network: bits4(address) ?? bits6(address) ?? 0n, prefix: Number(prefix), name };
}

function holds({ network, prefix }: Block, bits: bigint, width: number): boolean {
  const rest = BigInt(width - prefix);
  return bits >> rest === network >> rest;
}

/** Four plain decimal numbers: what resolvers answer. Octal, hexadecimal and short forms are no address here. */
function bits4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function bits6(text: string): bigint | undefined {
  const [plain = '', zone] = text.split('%');
  if (zone !== undefined || !plain.includes(':')) return undefined;
  const sides = withHexTail(plain)?.split('::');
  if (sides === undefined || sides.length > 2) return undefined;
  const [head = [], tail = []] = sides.map((side) => (side === '' ? [] : side.split(':')));
  const missing = 8 - head.length - tail.length;
  if (sides.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

/** `::ffff:10.0.0.1` with its tail in two groups. */
function withHexTail(text: string): string | undefined {
  const start = text.lastIndexOf(':') + 1;
  const tail = text.slice(start);
  if (!tail.includes('.')) return text;
  const bits = bits4(tail);
  if (bits === undefined) return undefined;
  return `${text.slice(0, start)}${(bits >> 16n).toString(16)}:${(bits & 0xffffn).toString(16)}`;
}
