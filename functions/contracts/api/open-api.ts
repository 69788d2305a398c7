import { catalogueSchemas } from './catalogue-routes.ts';
import { collectSchemas } from './collect-routes.ts';
import { type Operation, tags } from './route.ts';
import { routes } from './routes.ts';

/** The API as an OpenAPI 3.1 document, made from the list of its routes and the schemas that validate. */
export function openApi() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Lemniscate',
      version: '1.0.0',
      description: 'Customer interactions in; one live profile, and the next best treatment, out.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The stage that serves this document' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths: paths(),
    components: {
      schemas: { ...collectSchemas(), ...catalogueSchemas() },
      securitySchemes: {
        writeKey: { type: 'http', scheme: 'basic', description: 'The key as user, no password' },
        writeKeyHeader: { type: 'apiKey', in: 'header', name: 'X-Write-Key' },
      },
    },
  };
}

/** Operations by path and method. OpenAPI has no sign for parameters that reach over slashes. */
function paths(): Record<string, Record<string, Operation>> {
  const described: Record<string, Record<string, Operation>> = {};
  for (const { method, path, operation } of routes()) {
    if (operation === undefined) continue;
    const documented = path.replaceAll('+}', '}');
    described[documented] = { ...described[documented], [method.toLowerCase()]: operation };
  }
  return described;
}
