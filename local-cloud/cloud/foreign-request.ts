import type { IncomingMessage } from 'node:http';

const loopbackName = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Why a request to what moves clocks and reads tables is not from a program of this machine, or undefined. A web page reaches
 * 127.0.0.1 too: under a name of its own that resolves there (then `Host` is that name), or with a request that needs no leave of
 * ours (then the browser says where it comes from, and can't call its body JSON).
 */
export function foreignRequest({ method = 'GET', headers, socket }: IncomingMessage): string | undefined {
  const { host = '', origin, 'content-type': type = '' } = headers;
  const site = headers['sec-fetch-site'];
  if (!isLoopback(host, socket.localPort)) return `Host is ${JSON.stringify(host)}, not this machine`;
  if (origin !== undefined && origin !== `http://${host}`) return `Origin is ${JSON.stringify(origin)}, not this cloud`;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return `the request is of a ${site} page`;
  const isOfBrowser = origin !== undefined || site !== undefined;
  if (isOfBrowser && method !== 'GET' && method !== 'HEAD' && !/^application\/json\s*(;|$)/i.test(type))
    return `a page's ${method} is application/json`;
  return undefined;
}

function isLoopback(host: string, port: number | undefined): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const parsed = new URL(`http://${host}`);
  return parsed.host === host.toLowerCase() && loopbackName.test(parsed.hostname) && Number(parsed.port || 80) === port;
}
