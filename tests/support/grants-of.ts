import type { Json, StageTemplates } from './stage-templates.ts';

/** What the role of this logical id, CDK's hash left out, is allowed: `action resource`. Throws an Error when a policy denies, or is AWS's own. */
export function grantsOf(templates: StageTemplates, roleId: string): string[] {
  const role = templates.resources('AWS::IAM::Role').find(({ id }) => new RegExp(`^${roleId}[0-9A-F]{8}$`).test(id));
  if (role === undefined) throw new Error(`No role ${roleId}`);
  if (role.properties.ManagedPolicyArns !== undefined) throw new Error(`${roleId} has a policy of AWS's own`);
  const attached = templates
    .resourcesIfAny('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy')
    .filter(({ properties }) => properties.Roles.some((each: Json) => each.Ref === role.id))
    .map(({ properties }) => properties.PolicyDocument);
  const inline = (role.properties.Policies ?? []).map(({ PolicyDocument }: Json) => PolicyDocument);
  return [...attached, ...inline]
    .flatMap(({ Statement }) => Statement)
    .flatMap(({ Effect, Action, Resource, Condition }: Json) => {
      if (Effect !== 'Allow') throw new Error(`${roleId} has a statement that is no grant: ${Effect}`);
      const tags = Object.values(Condition?.StringEquals ?? {}).join('/');
      const on = (to: Json) => [named(templates.text(to)), ...(tags ? [`of ${tags}`] : [])].join(' ');
      return [Action].flat().flatMap((action) => [Resource].flat().map((to) => `${action} ${on(to)}`));
    })
    .sort();
}

/** Without CDK's hashes and the start of an ARN, which say nothing here. */
const named = (arn: string) => arn.replace(/[0-9A-F]{8}(?=\.|$|\/)/, '').replace(/^arn:.*AWS::AccountId:/, '');
