import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, ArnFormat, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';

/** Doubles a number; for one below 0 it fails, and for `late` it takes its time. */
const double = `exports.handler = async (event) => {
  const { number, late } = event;
  if (number < 0) throw Object.assign(new Error('below zero'), { name: 'NegativeError' });
  if (late) await new Promise((resolve) => setTimeout(resolve, late));
  return { number: number * 2 };
};`;

const invoke = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' };
const doubleInput = { FunctionName: '${Double}', Payload: '{% $states.input %}' };

/** Doubles a number, waits a day, and doubles it again. */
const twice = {
  QueryLanguage: 'JSONata',
  StartAt: 'Double once',
  States: {
    'Double once': { ...invoke, Arguments: doubleInput, Output: '{% $states.result.Payload %}', Next: 'Sleep' },
    Sleep: { Type: 'Wait', Seconds: 86_400, Next: 'Double again' },
    'Double again': { ...invoke, Arguments: doubleInput, Output: '{% $states.result.Payload %}', End: true },
  },
};

/** Doubles each number of the objects of a bucket. */
const each = {
  QueryLanguage: 'JSONata',
  StartAt: 'Double each',
  States: {
    'Double each': {
      Type: 'Map',
      Label: 'double',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSONL' },
        Arguments: { Bucket: '${Bucket}', Key: '{% $states.input.key %}' },
      },
      MaxConcurrency: 5,
      ToleratedFailurePercentage: '{% $states.input.tolerated %}',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Double one',
        States: {
          'Double one': { ...invoke, Arguments: doubleInput, Output: '{% $states.result.Payload.number %}', End: true },
        },
      },
      End: true,
    },
  },
};

/** Synthesizes state machines around one function, one of which may not call it; gives the assembly's folder. */
export function synthesizeStateMachineApp(): string {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'machines-assembly-')) });
  const stack = new Stack(app, 'Toy-test-Machines');
  const fn = new Lambda(stack, 'Double', {
    runtime: Runtime.NODEJS_24_X,
    code: Code.fromInline(double),
    handler: 'index.handler',
    timeout: Duration.seconds(29),
  });
  const bucket = new Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY });
  const machine = (name: string, definition: object) => {
    const made = new StateMachine(stack, name, {
      stateMachineName: name,
      definitionBody: DefinitionBody.fromString(JSON.stringify(definition)),
      definitionSubstitutions: { Double: fn.functionArn, Bucket: bucket.bucketName },
    });
    new CfnOutput(stack, `${name}Arn`, { value: made.stateMachineArn });
    return made;
  };
  fn.grantInvoke(machine('Twice', twice));
  machine('Denied', twice);
  const mapped = machine('Each', each);
  fn.grantInvoke(mapped);
  bucket.grantRead(mapped);
  // By its name: its own ARN in its own policy would be a circle.
  const arn = (resource: string, resourceName: string) =>
    stack.formatArn({ service: 'states', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  for (const [action, resource] of [
    ['states:StartExecution', arn('stateMachine', 'Each')],
    ['states:RedriveExecution', arn('execution', 'Each/double:*')],
  ] as const) {
    mapped.addToRolePolicy(new PolicyStatement({ actions: [action], resources: [resource] }));
  }
  new CfnOutput(stack, 'BucketName', { value: bucket.bucketName });
  return app.synth().directory;
}
