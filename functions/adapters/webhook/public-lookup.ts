import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { refusedAddress } from '#domain/channel/refused-address.ts';
import { RefusedAddressError } from '#runtime/errors.ts';

/** Asks for all addresses of a name. */
export type Resolve = (hostname: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

/** What the machine's resolver says. */
export const resolveByDns: Resolve = (hostname) =>
  new Promise((resolve, reject) => {
    lookup(hostname, { all: true, verbatim: true }, (error, found) => (error ? reject(error) : resolve(found)));
  });

/**
 * How sockets look names up: once, and they connect to what was looked at, so that a name that answers another address a moment later
 * leads nowhere. A name with any address that is not public is refused whole. Fails with {@link RefusedAddressError}.
 */
export function publicLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname).then(
      (found) => {
        const refused = found.map(({ address }) => refusedAddress(address)).find((reason) => reason !== undefined);
        const [first] = found;
        if (refused !== undefined || first === undefined) {
          done(new RefusedAddressError(`${hostname} leads to an address that is ${refused ?? 'unknown'}`), '');
        } else if (options.all === true) {
          done(null, [...found]);
        } else {
          done(null, first.address, first.family);
        }
      },
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), ''),
    );
  };
}

/** Sockets look up no name that is an address already. Throws {@link RefusedAddressError}. */
export function checkLiteral(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const refused = isIP(host) === 0 ? undefined : refusedAddress(host);
  if (refused !== undefined) throw new RefusedAddressError(`${host} is an address that is ${refused}`);
}
