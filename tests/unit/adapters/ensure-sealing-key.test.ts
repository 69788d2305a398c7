import { createPrivateKey } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  GetParameterCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { dynamoSealer } from '#adapters/credentials-table/dynamo-sealer.ts';
import { ensureSealingKey } from '#adapters/parameter-store/ensure-sealing-key.ts';
import { publicHalfOf } from '#adapters/sealing/public-half-of.ts';
import { openerOf } from '#scripts/recover/opener-of.ts';

const ssm = new SSMClient({ region: 'eu-central-1' });
const dynamo = new DynamoDBClient({ region: 'eu-central-1' });
const place = { ssm, parameter: '/lemniscate/dev/sealing-key', dynamo, table: 'credentials' };
const identitySecret = 'k'.repeat(64);

let privateHalf: string | undefined;
let publicHalf: string | undefined;
/** Calls until one of them fails: who runs it is cut off there. */
let callsLeft = Number.POSITIVE_INFINITY;
const answered = () => {
  if (callsLeft-- <= 0) throw new Error('cut off');
};
beforeEach(() => {
  privateHalf = publicHalf = undefined;
  callsLeft = Number.POSITIVE_INFINITY;
});

mockClient(ssm)
  .on(GetParameterCommand, { Name: place.parameter, WithDecryption: true })
  .callsFake(() => {
    answered();
    if (privateHalf === undefined) throw new ParameterNotFound({ message: '', $metadata: {} });
    return { Parameter: { Value: privateHalf } };
  })
  .on(PutParameterCommand, { Name: place.parameter, Type: 'SecureString' })
  .callsFake(({ Value, Overwrite }) => {
    answered();
    if (privateHalf !== undefined && !Overwrite) throw new ParameterAlreadyExists({ message: '', $metadata: {} });
    privateHalf = Value;
    return {};
  });
mockClient(dynamo)
  .on(GetItemCommand, { TableName: place.table })
  .callsFake(() => {
    answered();
    return publicHalf === undefined ? {} : { Item: { publicHalf: { S: publicHalf } } };
  })
  .on(PutItemCommand, { TableName: place.table })
  .callsFake(({ Item, ConditionExpression }) => {
    answered();
    if (publicHalf !== undefined && ConditionExpression !== undefined)
      throw new ConditionalCheckFailedException({ message: '', $metadata: {} });
    publicHalf = Item.publicHalf.S;
    return {};
  });

test('makes a pair once, and lets it be from then on', async () => {
  expect(await ensureSealingKey(place)).toBe('made');
  const made = [privateHalf, publicHalf];
  expect(publicHalf).toBe(publicHalfOf(createPrivateKey(privateHalf ?? '')));
  expect(await ensureSealingKey(place)).toBe('there');
  expect([privateHalf, publicHalf]).toEqual(made);
});

test('leaves halves of one pair, whoever runs it at once and wherever somebody is cut off', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(4), { maxLength: 5 }), fc.integer({ min: 1, max: 4 }), async (cuts, atOnce) => {
      privateHalf = publicHalf = undefined;
      for (const cut of cuts) {
        callsLeft = cut;
        await ensureSealingKey(place).catch((error: Error) => expect(error.message).toBe('cut off'));
        // Never for a key that nobody has.
        if (publicHalf !== undefined) expect(publicHalf).toBe(publicHalfOf(createPrivateKey(privateHalf ?? '')));
      }
      callsLeft = Number.POSITIVE_INFINITY;
      await Promise.all(Array.from({ length: atOnce }, () => ensureSealingKey(place)));
      expect(publicHalf).toBe(publicHalfOf(createPrivateKey(privateHalf ?? '')));
    }),
  );
});

test('a function seals for the pair as soon as there is one, and reads it once', async () => {
  const sealer = dynamoSealer(dynamo, place.table);
  expect(await sealer()).toBeUndefined();
  await ensureSealingKey(place);
  const sealed = (await sealer())?.seal('{"a":1}') ?? '';
  expect(openerOf({ privateHalf, identitySecret })(sealed)).toBe('{"a":1}');
  callsLeft = 0;
  expect(await sealer()).toBeDefined();
});
