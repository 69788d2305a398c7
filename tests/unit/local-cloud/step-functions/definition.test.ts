import { expect, test } from 'vitest';
import { readDefinition } from '#local-cloud/services/step-functions/language/read-definition.ts';

const pass = { Type: 'Pass', End: true };
const machine = (states: object, more: object = {}) =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...more });
const task = (more: object) =>
  machine({ Do: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true, ...more } });
const map = (more: object, config: object = { Mode: 'INLINE' }) =>
  machine({
    Each: {
      Type: 'Map',
      End: true,
      ItemProcessor: { ProcessorConfig: config, StartAt: 'A', States: { A: pass } },
      ...more,
    },
  });

test.each([
  ['a field of JSONPath', machine({ A: { ...pass, Parameters: {} } }), /"Parameters" at \/States\/A/],
  ['a whole definition in JSONPath', JSON.stringify({ StartAt: 'A', States: { A: pass } }), /JSONPath definitions/],
  ['a state in JSONPath', machine({ A: { ...pass, QueryLanguage: 'JSONPath' } }), /A: JSONPath in a JSONata/],
  ['a type of states that there is not', machine({ A: { ...pass, Type: 'Loop' } }), /States\/A\/Type/],
  [
    'a resource that is not supported',
    task({ Resource: 'arn:aws:states:::sns:publish' }),
    /sns:publish is not supported/,
  ],
  ['an activity', task({ Resource: 'arn:aws:states:eu-west-1:1:activity:a' }), /activity:a is not supported/],
  ['another account', task({ Credentials: { RoleArn: 'arn' } }), /"Credentials"/],
  ['a state that leads nowhere', machine({ A: { Type: 'Pass', Next: 'B' } }), /goes to B, which is no state/],
  ['a state without an end', machine({ A: { Type: 'Pass' } }), /A: one of Next and End/],
  ['a catcher that leads nowhere', task({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }] }), /goes to B/],
  ['an expression that is none', machine({ A: { ...pass, Output: { x: '{% $f( %}' } } }), /A: Output\/x/],
  ['express children', map({}, { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' }), /ItemProcessor/],
  [
    'a reader in an inline map',
    map({ ItemReader: { Resource: 'arn:aws:states:::s3:listObjectsV2' } }),
    /ItemReader only/,
  ],
  ['a label with a slash', map({ Label: 'a/b' }), /Label/],
  ['no JSON', '{', /INVALID_JSON_DESCRIPTION/],
])('refuses by name %s', (_what, text, message) => {
  expect(() => readDefinition(text)).toThrow(message);
});

test('takes a machine in JSONPath of which every state says that it is in JSONata', () => {
  const states = { A: { ...pass, QueryLanguage: 'JSONata', Output: '{% 1 %}' } };
  expect(() => readDefinition(JSON.stringify({ StartAt: 'A', States: states }))).not.toThrow();
});
