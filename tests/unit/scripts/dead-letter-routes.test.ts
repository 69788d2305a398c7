import { expect, test } from 'vitest';
import { deadLetterRoutes } from '#scripts/target/dead-letter-routes.ts';

const route = (name: string) => ({
  kind: 'queue',
  name,
  deadLettersUrl: `https://sqs/${name}-dead`,
  queueUrl: `https://sqs/${name}`,
});

test('are those of every stack that tells some', () => {
  const outputs = {
    BusName: 'bus',
    DeadLetterRoutes: JSON.stringify([route('profile'), route('learning')]),
    CampaignsDeadLetterRoutes: JSON.stringify([route('sends')]),
  };
  expect(deadLetterRoutes({ outputs }).map(({ name }) => name)).toEqual(['profile', 'learning', 'sends']);
});

test('are missed by name when no stack tells any', () => {
  expect(() => deadLetterRoutes({ outputs: { BusName: 'bus' } })).toThrow(
    'The stacks have no output DeadLetterRoutes, only BusName',
  );
});

test.each([
  ['no JSON', '['],
  ['a kind that nobody knows', JSON.stringify([{ ...route('profile'), kind: 'pigeon' }])],
  ['a queue that is not said', JSON.stringify([{ ...route('profile'), queueUrl: undefined }])],
])('are refused with %s', (_, DeadLetterRoutes) => {
  expect(() => deadLetterRoutes({ outputs: { DeadLetterRoutes } })).toThrow('DeadLetterRoutes');
});
