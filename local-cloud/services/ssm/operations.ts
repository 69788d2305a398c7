import { join } from 'node:path';
import * as z from 'zod';
import { jsonFile } from '#local-cloud/cloud/json-file.ts';
import type { CloudContext, Operation } from '#local-cloud/cloud/service.ts';
import { ssmError } from './errors.ts';

const storedParameter = z.object({
  Type: z.enum(['String', 'SecureString']),
  Value: z.string().min(1).max(4096),
  Version: z.number(),
  modifiedMs: z.number(),
});
const putInput = storedParameter.pick({ Type: true, Value: true }).extend({
  Name: z.string().min(1),
  Overwrite: z.boolean().default(false),
});

/** Puts and gets texts by name, kept in the state directory. */
export function parameterOperations({
  stateDirectory,
  clock,
  region,
  account,
}: CloudContext): Readonly<Record<string, Operation>> {
  const file = jsonFile(join(stateDirectory, 'parameters.json'), z.record(z.string(), storedParameter));
  const arnOf = (name: unknown) => `arn:aws:ssm:${region}:${account}:parameter/${String(name).replace(/^\//, '')}`;
  const onParameter =
    (operation: string): Operation['permissions'] =>
    ({ Name }) => [{ action: `ssm:${operation}`, resources: [arnOf(Name)] }];

  return {
    PutParameter: {
      permissions: onParameter('PutParameter'),
      run: async (input) => {
        const { Name, Overwrite, Type, Value } = putInput.parse(input);
        const all = file.read() ?? {};
        if (all[Name] !== undefined && !Overwrite) {
          throw ssmError(
            'ParameterAlreadyExists',
            'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
          );
        }
        const Version = (all[Name]?.Version ?? 0) + 1;
        file.write({ ...all, [Name]: { Type, Value, Version, modifiedMs: clock.now() } });
        return { Version, Tier: 'Standard' };
      },
    },
    GetParameter: {
      permissions: onParameter('GetParameter'),
      run: async ({ Name, WithDecryption }) => {
        const found = file.read()?.[String(Name)];
        if (found === undefined) throw ssmError('ParameterNotFound', '');
        const { modifiedMs, ...parameter } = found;
        // Encrypted it would be worth nothing here: nobody has AWS's key.
        if (parameter.Type === 'SecureString' && WithDecryption !== true) {
          throw ssmError('ValidationException', 'the local cloud gives a SecureString decrypted only');
        }
        return { Parameter: { ...parameter, Name, ARN: arnOf(Name), LastModifiedDate: modifiedMs / 1000 } };
      },
    },
  };
}
