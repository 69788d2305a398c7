import type { Service } from '#local-cloud/cloud/service.ts';
import type { KnowsOperation } from './fault-plan.ts';

/** Knows the operations of these services, requests to the HTTP API, and `*` for all. */
export function knowsOperation(services: ReadonlyMap<string, Service>): KnowsOperation {
  return (name, operation) => {
    if (name === '*') return true;
    if (name === 'apigateway') return operation === undefined || operation === 'Request';
    const operations = services.get(name)?.operations;
    return operations !== undefined && (operation === undefined || Object.hasOwn(operations, operation));
  };
}
