/** Stacks whose outputs scripts ask for: what is kept, what runs, what goes to customers, where touchpoints call. */
export const tellingParts = ['Data', 'Loop', 'Campaigns', 'Api'] as const;

/** What a stage is made of: those, what watches, who may. */
export type StackPart = (typeof tellingParts)[number] | 'Observability' | 'Access';

/** Name of one of a stage's stacks, by which scripts find it again. */
export function stackName(stage: string, part: StackPart): string {
  return `Lemniscate-${stage}-${part}`;
}
