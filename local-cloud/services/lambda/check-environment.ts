import { lambdaError } from './errors.ts';

// In bytes, names and values together: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
const mostBytes = 4096;

/** Refuses, as Lambda does, variables that are too many or too long for a function. */
export function checkEnvironment(name: string, variables: Readonly<Record<string, string>>): void {
  const bytes = Object.entries(variables).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
  if (bytes <= mostBytes) return;
  throw lambdaError(
    'InvalidParameterValueException',
    `${name}: Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit; they have ${bytes} bytes`,
  );
}
