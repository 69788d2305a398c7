import * as z from 'zod';

const oneOrMany = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const principals = z.union([z.literal('*'), z.record(z.string(), oneOrMany)]);
const conditions = z.record(z.string(), z.record(z.string(), oneOrMany));

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMany,
  Resource: oneOrMany.optional(),
  Principal: principals.optional(),
  Condition: conditions.default({}),
});

const policyDocument = z.strictObject({
  Version: z.literal('2012-10-17'),
  Id: z.string().optional(),
  Statement: z.union([statement, z.array(statement)]).transform((value) => [value].flat()),
});

/** What a permission is asked with: the keys that conditions look at. */
export interface RequestFacts {
  readonly sourceArn?: string;
  readonly account: string;
}

/** One statement, ready to be asked. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** For a statement in a resource's policy: whom it speaks of. Absent in a role's policy. */
  readonly principals?: '*' | Readonly<Record<string, readonly string[]>>;
  covers(action: string, resource: string, facts: RequestFacts): boolean;
}

/** Reads an IAM policy document; refuses condition operators and keys that the local cloud can't evaluate. */
export function readPolicy(document: unknown): readonly Statement[] {
  return policyDocument.parse(document).Statement.map((item) => {
    const actions = item.Action.map((pattern) => wildcard(pattern.toLowerCase()));
    const resources = (item.Resource ?? ['*']).map(wildcard);
    const tests = Object.entries(item.Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => readCondition(operator, key, values)),
    );
    return {
      effect: item.Effect,
      ...(item.Principal === undefined ? {} : { principals: item.Principal }),
      covers: (action, resource, facts) =>
        actions.some((pattern) => pattern.test(action.toLowerCase())) &&
        resources.some((pattern) => pattern.test(resource)) &&
        tests.every((test) => test(facts)),
    };
  });
}

function readCondition(operator: string, key: string, values: readonly string[]): (facts: RequestFacts) => boolean {
  const facts = {
    'aws:SourceArn': (request: RequestFacts) => request.sourceArn,
    'aws:SourceAccount': (request: RequestFacts) => request.account,
    'aws:SecureTransport': () => 'true',
  } as const satisfies Record<string, (request: RequestFacts) => string | undefined>;
  // Resources have no tags here: a statement that looks at one covers nothing.
  if (/^aws:ResourceTag\//i.test(key)) return () => false;
  const fact = Object.entries(facts).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
  if (!fact) throw new Error(`the local cloud does not know the policy condition key ${key}`);
  const matchers = values.map((value) => matcher(operator, value));
  return (request) => {
    const value = fact(request);
    return value !== undefined && matchers.some((matches) => matches(value));
  };
}

function matcher(operator: string, expected: string): (value: string) => boolean {
  switch (operator) {
    case 'StringEquals':
    case 'Bool':
      return (value) => value === expected;
    case 'ArnEquals':
    case 'ArnLike':
    case 'StringLike': {
      const pattern = wildcard(expected);
      return (value) => pattern.test(value);
    }
    default:
      throw new Error(`the local cloud does not know the policy condition operator ${operator}`);
  }
}

/** `*` is any run of characters, `?` any one. */
function wildcard(pattern: string): RegExp {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, 's');
}
