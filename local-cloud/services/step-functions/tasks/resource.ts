/** How a task does its work: at once, until a job has ended, or until somebody gives its token back. */
export type Pattern = 'request' | 'sync' | 'waitForTaskToken';

/** What a task's Resource names. */
export type Resource =
  | { readonly kind: 'function'; readonly arn: string }
  | {
      readonly kind: 'integration';
      /** As events name it: `lambda`, `athena`, `aws-sdk:s3`. */
      readonly type: string;
      /** As events name it: `invoke`, `startQueryExecution.sync`. */
      readonly action: string;
      readonly service: string;
      readonly operation: string;
      readonly pattern: Pattern;
    };

const integrations: Readonly<Record<string, readonly Pattern[]>> = {
  'lambda:invoke': ['request', 'waitForTaskToken'],
  'athena:startQueryExecution': ['request', 'sync'],
  'events:putEvents': ['request'],
};

/** Services that can be called by `aws-sdk:…`, by the name that the states language and errors have for them. */
const sdkServices: Readonly<Record<string, string>> = {
  athena: 'athena',
  dynamodb: 'dynamodb',
  eventbridge: 'events',
  s3: 's3',
};

/** Reads a Resource; undefined when it is not supported here. */
export function readResource(arn: string): Resource | undefined {
  if (/^arn:[^:]+:lambda:/.test(arn)) return { kind: 'function', arn };
  const [, sdkName, sdkAction = ''] = /^arn:aws:states:::aws-sdk:([^:]+):(\w+)$/.exec(arn) ?? [];
  if (sdkName !== undefined) {
    const service = sdkServices[sdkName];
    if (service === undefined) return undefined;
    const operation = sdkAction.charAt(0).toUpperCase() + sdkAction.slice(1);
    return {
      kind: 'integration',
      type: `aws-sdk:${sdkName}`,
      action: sdkAction,
      service,
      operation,
      pattern: 'request',
    };
  }
  const [, type = '', name = '', suffix] = /^arn:aws:states:::(\w+):(\w+)(\.sync|\.waitForTaskToken)?$/.exec(arn) ?? [];
  const pattern = suffix === undefined ? 'request' : suffix === '.waitForTaskToken' ? 'waitForTaskToken' : 'sync';
  if (integrations[`${type}:${name}`]?.includes(pattern) !== true) return undefined;
  const operation = name.charAt(0).toUpperCase() + name.slice(1);
  return { kind: 'integration', type, action: `${name}${suffix ?? ''}`, service: type, operation, pattern };
}

export function knownResource(arn: string): boolean {
  return readResource(arn) !== undefined;
}
