import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

/**
 * MiniStack's API URLs are names under localhost, which RFC 6761 leads to the loopback address and some resolvers do not know. A
 * process that imports this knows them.
 */
const { lookup } = dns;
const withLoopback = (hostname: string, ...more: readonly unknown[]) =>
  Reflect.apply(lookup, dns, [hostname.endsWith('.localhost') ? '127.0.0.1' : hostname, ...more]);
Object.assign(dns, { lookup: withLoopback });
syncBuiltinESMExports();
