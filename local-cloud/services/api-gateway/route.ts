/** A route of an HTTP API, ready to be matched. */
export interface Route {
  /** `GET /v1/customers/{identifier}` or `$default`. */
  readonly key: string;
  readonly integrationId: string;
  readonly authorizerId: string | undefined;
}

/** The route that answers a request, with the values of its path variables. */
export interface RouteMatch {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * Picks the most specific route: fixed segments before variables before a greedy variable, a method before ANY,
 * `$default` last. The path is compared after percent-decoding, as HTTP APIs do: `%2F` parts segments.
 */
export function matchRoute(routes: readonly Route[], method: string, path: string): RouteMatch | undefined {
  const candidates = routes.flatMap((route) => {
    if (route.key === '$default') return [{ route, pathParameters: {}, rank: '9' }];
    const [routeMethod, template = ''] = route.key.split(' ');
    if (routeMethod !== method && routeMethod !== 'ANY') return [];
    const found = matchPath(template, path);
    if (!found) return [];
    return [{ route, pathParameters: found.values, rank: `${found.rank}${routeMethod === 'ANY' ? 1 : 0}` }];
  });
  return candidates.sort((left, right) => (left.rank < right.rank ? -1 : 1))[0];
}

function matchPath(template: string, path: string): { values: Record<string, string>; rank: string } | undefined {
  const names = template.split('/').slice(1);
  const segments = path.split('/').slice(1);
  const values: Record<string, string> = {};
  let rank = '';
  for (const [index, name] of names.entries()) {
    const segment = segments[index];
    if (segment === undefined) return undefined;
    if (name.endsWith('+}')) {
      values[name.slice(1, -2)] = segments.slice(index).join('/');
      return { values, rank: `${rank}3` };
    }
    if (name.startsWith('{')) {
      if (segment === '') return undefined;
      values[name.slice(1, -1)] = segment;
      rank += '2';
    } else if (name === segment) rank += '1';
    else return undefined;
  }
  return segments.length === names.length ? { values, rank } : undefined;
}
