import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

/** Synthesizes two functions that ask STS, at `/granted` and `/denied`, of which one may; gives the assembly's folder. */
export function synthesizeDecodingApp(): string {
  const bundle = mkdtempSync(join(tmpdir(), 'decoding-bundle-'));
  buildSync({
    entryPoints: [fileURLToPath(new URL('./decoding-function.mjs', import.meta.url))],
    outfile: join(bundle, 'index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);" },
  });
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'decoding-assembly-')) });
  const stack = new Stack(app, 'Toy-test-Decoding');
  const api = new HttpApi(stack, 'Api');
  for (const name of ['granted', 'denied']) {
    const fn = new Lambda(stack, name, {
      runtime: Runtime.NODEJS_24_X,
      code: Code.fromAsset(bundle),
      handler: 'index.decode',
      timeout: Duration.seconds(29),
    });
    if (name === 'granted') {
      fn.addToRolePolicy(new PolicyStatement({ actions: ['sts:DecodeAuthorizationMessage'], resources: ['*'] }));
    }
    const integration = new HttpLambdaIntegration(`${name}-call`, fn);
    api.addRoutes({ path: `/${name}`, methods: [HttpMethod.POST], integration });
  }
  return app.synth().directory;
}
