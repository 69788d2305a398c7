import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import type { ResourceProvider } from '#local-cloud/cloud/service.ts';
import { checkEnvironment } from './check-environment.ts';
import type { LocalFunction } from './function-workers.ts';

const functionProperties = z.object({
  FunctionName: z.string().optional(),
  Code: z.union([z.object({ S3Key: z.string() }), z.object({ ZipFile: z.string() })]),
  Handler: z.string(),
  Role: z.string(),
  Runtime: z.string().regex(/^nodejs/),
  // Lambda's own defaults: 3 seconds and 128 MB.
  Timeout: z.coerce.number().default(3),
  MemorySize: z.coerce.number().default(128),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).default({ Variables: {} }),
  TracingConfig: z.object({ Mode: z.string() }).optional(),
  LoggingConfig: z.object({ SystemLogLevel: z.enum(['DEBUG', 'INFO', 'WARN']).default('INFO') }).optional(),
});

/** AWS::Lambda::Function: finds the bundle and gives it an environment with credentials of its role. */
export function functionProvider(context: LocalContext, deploy: (fn: LocalFunction) => void): ResourceProvider {
  return {
    properties: [
      'Architectures',
      'Code',
      'Description',
      'Environment.Variables',
      'FunctionName',
      'Handler',
      'LoggingConfig',
      'MemorySize',
      'RecursiveLoop',
      'ReservedConcurrentExecutions',
      'Role',
      'Runtime',
      'Timeout',
      'TracingConfig',
    ],
    async create(properties, { physicalName, assemblyDirectory }) {
      const parsed = functionProperties.parse(properties);
      const { FunctionName, Code, Handler, Role, Timeout, MemorySize, Environment } = parsed;
      const name = FunctionName ?? physicalName();
      checkEnvironment(name, Environment.Variables);
      const arn = `arn:aws:lambda:${context.region}:${context.account}:function:${name}`;
      const [moduleName = '', exportName = ''] = Handler.split('.');
      const folder = 'S3Key' in Code ? context.assets.get(Code.S3Key) : inlineBundle(context, name, Code.ZipFile);
      if (!folder) throw new Error(`${name}: the bundle is not an asset in ${assemblyDirectory}`);
      const file = ['.mjs', '.js', '.cjs']
        .map((end) => join(folder, moduleName + end))
        .find((path) => existsSync(path));
      if (!file) throw new Error(`${name}: no ${moduleName}.mjs or .js in ${folder}`);
      const environment = {
        ...Environment.Variables,
        ...context.environmentOf(Role),
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        // No X-Ray daemon listens on this machine.
        POWERTOOLS_TRACE_ENABLED: 'false',
      };
      deploy({
        name,
        construct: Environment.Variables.POWERTOOLS_SERVICE_NAME ?? name,
        arn,
        roleArn: Role,
        file,
        exportName,
        timeoutMs: Timeout * 1000,
        memoryMb: MemorySize,
        environment,
        isTraced: parsed.TracingConfig?.Mode === 'Active',
        logsInvocations: parsed.LoggingConfig?.SystemLogLevel !== 'WARN',
      });
      return { ref: name, attributes: { Arn: arn } };
    },
  };
}

/** Code written in the template itself is CommonJS in a file of its own. */
function inlineBundle(context: LocalContext, name: string, code: string): string {
  const folder = join(context.stateDirectory, 'inline', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.cjs'), code);
  return folder;
}
