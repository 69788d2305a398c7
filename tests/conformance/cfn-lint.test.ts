import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { sizeOf } from '#support/size-of.ts';
import { StageTemplates } from '#support/stage-templates.ts';

/** The program of the Python package of that name. */
const program = process.env.CFN_LINT ?? 'cfn-lint';
const isPresent = spawnSync(program, ['--version']).status === 0;

/** Findings that are none here, each with its reason. */
const passedOver = {
  // CDK lets a function and a stream wait for their role's policy and names the role beside it, which they refer to anyway.
  W3005: 'a dependency that a reference enforces already',
  // It takes no expression where Step Functions takes one: tests/workflows holds each definition to the language's own schemas.
  E3601: 'a definition of a state machine',
} as const;

const title = isPresent ? 'cfn-lint' : 'cfn-lint (not run: neither CFN_LINT nor the path has the program)';

describe.skipIf(!isPresent)(title, () => {
  test.each(sizeOf({ part: ['prod'], whole: ['dev', 'staging', 'prod'] }))(
    'finds nothing in the templates of stage %s',
    async (stage) => {
      const folder = mkdtempSync(join(tmpdir(), 'cfn-lint-'));
      const files = new StageTemplates(stage).templates.map((template, index) => {
        const file = join(folder, `${index}.template.json`);
        writeFileSync(file, JSON.stringify(template));
        return file;
      });
      const regions = ['--regions', 'us-east-1', 'eu-central-1'];
      const ignored = ['--ignore-checks', ...Object.keys(passedOver)];
      const found = await promisify(execFile)(program, [...regions, ...ignored, '--', ...files]).then(
        ({ stdout }) => stdout,
        (error: { stdout: string; stderr: string }) => `${error.stdout}${error.stderr}`,
      );
      expect(found).toBe('');
    },
    240_000,
  );

  test('finds what is wrong', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'cfn-lint-')), 'wrong.template.json');
    writeFileSync(
      file,
      JSON.stringify({ Resources: { queue: { Type: 'AWS::SQS::Queue', Properties: { Nonsense: 1 } } } }),
    );
    await expect(promisify(execFile)(program, [file])).rejects.toMatchObject({
      stdout: expect.stringContaining('E3002'),
    });
  });
});
