import { expect, test } from 'vitest';
import { cdkArguments } from '#scripts/deploy/cdk-arguments.ts';

test.each([
  ['', { stage: 'dev', profile: undefined, passedOn: [] }],
  ['--stage dev-ada', { stage: 'dev-ada', profile: undefined, passedOn: [] }],
  ['--stage=prod --require-approval never', { stage: 'prod', passedOn: ['--require-approval', 'never'] }],
  ['--context a=b --stage prod --context c=d', { stage: 'prod', passedOn: ['--context', 'a=b', '--context', 'c=d'] }],
  ['--profile ops --stage prod', { stage: 'prod', profile: 'ops', passedOn: ['--profile', 'ops'] }],
  ['--profile=ops', { stage: 'dev', profile: 'ops', passedOn: ['--profile=ops'] }],
])('reads %j', (line, expected) => {
  expect(cdkArguments(line.split(' ').filter((word) => word !== ''))).toMatchObject(expected);
});
