/**
 * Name of the parameter that holds what opens a stage's refused events. It is no resource of a stack: CloudFormation makes no key
 * pairs, and no SecureString. `npm run deploy` puts it there (ADR 40).
 */
export function sealingKeyName(stage: string): string {
  return `/lemniscate/${stage}/sealing-key`;
}
