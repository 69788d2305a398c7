import type { Json, TemplateResource } from '#support/stage-templates.ts';

/** What a check looks at: the templates of one stage. */
export interface CheckedStage {
  readonly templates: readonly Json[];
  resources(...types: readonly string[]): readonly TemplateResource[];
  text(value: Json): string;
}

/** Something that AWS documents about several properties or resources at once, and that nothing else checks before a deployment. */
export interface AwsCheck {
  /** In one sentence, as docs/aws-checks.md has it. */
  readonly law: string;
  /** The page that says so. */
  readonly source: string;
  /** What breaks the law, by logical id. */
  faults(stage: CheckedStage): readonly string[];
  /** Resources by logical id that break it, to show that it is seen. */
  readonly broken: Readonly<Record<string, { readonly Type: string; readonly Properties?: Json }>>;
}

/** Faults of every resource of a type: ids of those that `isFine` does not hold of. */
export const every =
  (type: string, isFine: (properties: Json, stage: CheckedStage, id: string) => boolean) =>
  (stage: CheckedStage): readonly string[] =>
    stage
      .resources(type)
      .filter(({ id, properties }) => !isFine(properties, stage, id))
      .map(({ id }) => id);

/** A stage of a few resources, for examples. */
export function stageOf(resources: AwsCheck['broken']): CheckedStage {
  const all = Object.entries(resources).map(([id, { Type, Properties = {} }]) => ({
    id,
    type: Type,
    properties: Properties,
    deletionPolicy: undefined,
  }));
  return {
    templates: [{ Resources: resources }],
    resources: (...types) => all.filter(({ type }) => types.length === 0 || types.includes(type)),
    text: (value) =>
      typeof value === 'string' ? value : (value?.Ref ?? value?.['Fn::GetAtt']?.join('.') ?? String(value)),
  };
}

/** Characters of a policy as IAM counts them: no white space. References count as long as what they mean may become. */
export const policyLength = (document: Json): number => JSON.stringify(document, resolved).replaceAll(/\s/g, '').length;

/** The longest of each that there is. */
const pseudo: Readonly<Record<string, string>> = {
  'AWS::AccountId': '123456789012',
  'AWS::Partition': 'aws-us-gov',
  'AWS::Region': 'ap-southeast-2',
};
// A name that CloudFormation makes for a queue has up to 80 characters, and an ARN some 40 before it.
const reference = 'r'.repeat(124);

function resolved(_key: string, part: Json): Json {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
  if ('Fn::Join' in part) return part['Fn::Join'][1].map((piece: Json) => resolved('', piece)).join('');
  if ('Ref' in part) return pseudo[part.Ref] ?? reference;
  return 'Fn::GetAtt' in part || 'Fn::ImportValue' in part || 'Fn::GetStackOutput' in part ? reference : part;
}
