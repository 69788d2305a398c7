import { readFileSync } from 'node:fs';
import { App, type AppProps, Aspects } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type StageConfig, stageConfig } from '#infra/config.ts';
import { OnlyLoopFunctions } from '#infra/constructs/only-loop-functions.ts';
import { addStacks } from '#infra/stacks/add-stacks.ts';

/** JSON of a template, read by tests without a schema. */
// biome-ignore lint/suspicious/noExplicitAny: templates are free-form JSON that tests reach into
export type Json = any;

export interface TemplateResource {
  readonly id: string;
  readonly type: string;
  readonly properties: Json;
  readonly deletionPolicy: string | undefined;
}

/** An app with the project's feature flags, without bundling and without the slow validators. */
export function testApp(props: AppProps = {}): App {
  const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));
  const app = new App({
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    ...props,
    context: { ...context, 'aws:cdk:bundling-stacks': [] },
  });
  Aspects.of(app).add(new OnlyLoopFunctions());
  return app;
}

/** The synthesized templates of one stage. */
export class StageTemplates {
  readonly config: StageConfig;
  readonly stacks: ReturnType<typeof addStacks>;
  readonly templates: readonly Json[];

  constructor(stage = 'dev', settings: Partial<StageConfig> = {}) {
    this.config = { ...stageConfig(stage), ...settings };
    this.stacks = addStacks(testApp(), this.config);
    this.templates = Object.values(this.stacks).map((stack) => Template.fromStack(stack).toJSON());
  }

  /**
   * All resources of these types, in all stacks; without a type every resource. Throws where a stage has none of a type, so that no test
   * passes because it looks at nothing.
   */
  resources(...types: readonly string[]): readonly TemplateResource[] {
    const found = this.resourcesIfAny(...types);
    const lacking = types.filter((wanted) => !found.some(({ type }) => type === wanted));
    if (lacking.length > 0) throw new RangeError(`The stage has no ${lacking.join(' and no ')}`);
    return found;
  }

  /** {@link resources} of types of which a stage may have none. */
  resourcesIfAny(...types: readonly string[]): readonly TemplateResource[] {
    return this.templates.flatMap((template) =>
      Object.entries<Json>(template.Resources)
        .filter(([, { Type }]) => types.length === 0 || types.includes(Type))
        .map(([id, { Type, Properties, DeletionPolicy }]) => ({
          id,
          type: Type,
          properties: Properties ?? {},
          deletionPolicy: DeletionPolicy,
        })),
    );
  }

  /** The only resource of a type whose id begins so. */
  resource(type: string, idPrefix = ''): TemplateResource {
    const found = this.resources(type).filter(({ id }) => id.startsWith(idPrefix));
    if (found.length !== 1) throw new Error(`${found.length} resources of type ${type} begin with ${idPrefix}`);
    return found[0] as TemplateResource;
  }

  /** `Ref`, `Fn::GetAtt` and references across stacks as `<logical id>` or `<logical id>.<attribute>`, joins as text. */
  text(value: Json): string {
    if (typeof value !== 'object' || value === null) return String(value);
    const [[fn, argument]] = Object.entries<Json>(value) as [[string, Json]];
    switch (fn) {
      case 'Ref':
        return argument;
      case 'Fn::GetAtt':
        return argument.join('.');
      case 'Fn::Join':
        return argument[1].map((part: Json) => this.text(part)).join(argument[0]);
      case 'Fn::GetStackOutput': {
        const told = this.text(this.output((_, name) => name === argument.OutputName));
        return told === 'AWS::StackId' ? argument.StackName : told;
      }
      case 'Fn::ImportValue':
        return this.text(this.output(({ Export }) => Export?.Name === argument));
      default:
        throw new Error(`${fn} is new to this test`);
    }
  }

  /** What the stacks tell, by the name of the output. */
  get outputs(): Readonly<Record<string, string>> {
    const told = this.templates.flatMap(({ Outputs }) => Object.entries<Json>(Outputs ?? {}));
    return Object.fromEntries(told.map(([name, { Value }]) => [name, this.text(Value)]));
  }

  private output(isWanted: (output: Json, name: string) => boolean): Json {
    const outputs = this.templates.flatMap(({ Outputs }) => Object.entries<Json>(Outputs ?? {}));
    return outputs.find(([name, output]) => isWanted(output, name))?.[1].Value;
  }
}
