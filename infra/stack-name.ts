/** What a stage is made of: what is kept, what runs, what watches, who may. */
export type StackPart = 'Data' | 'Loop' | 'Observability' | 'Access';

/** Name of one of a stage's stacks, by which scripts find it again. */
export function stackName(stage: string, part: StackPart): string {
  return `Lemniscate-${stage}-${part}`;
}
