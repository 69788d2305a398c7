import { isRecord } from '#local-cloud/cloud/record.ts';
import { compiled, expressionIn } from '#local-cloud/services/step-functions/jsonata/evaluate.ts';
import { knownResource } from '#local-cloud/services/step-functions/tasks/resource.ts';
import type { Flow, MachineDefinition, State } from './state.ts';

/** Fields that a state in JSONPath may have here: those that mean the same in JSONata. */
const languageFree: ReadonlySet<string> = new Set([
  'Cause',
  'Comment',
  'End',
  'Error',
  'Next',
  'QueryLanguage',
  'Resource',
  'Type',
]);

/** What is wrong with a definition beyond its form, each with the state that it is about. */
export function definitionFaults(definition: MachineDefinition): readonly string[] {
  const topLanguage = definition.QueryLanguage ?? 'JSONPath';
  const states = allStates(definition);
  if (topLanguage === 'JSONPath' && states.every(([, state]) => state.QueryLanguage !== 'JSONata')) {
    return ['JSONPath definitions are not supported: set QueryLanguage to JSONata'];
  }
  return [
    ...flowFaults(definition),
    ...states.flatMap(([name, state]) => languageFaults(name, state, topLanguage)),
    ...states.flatMap(([name, state]) => stateFaults(name, state)),
  ];
}

/** The flows within a state. */
function flowsOf(state: State): readonly Flow[] {
  if (state.Type === 'Parallel') return state.Branches;
  return state.Type === 'Map' ? [state.ItemProcessor] : [];
}

function allStates(flow: Flow): readonly (readonly [string, State])[] {
  return Object.entries(flow.States).flatMap(([name, state]) => [
    [name, state] as const,
    ...flowsOf(state).flatMap(allStates),
  ]);
}

function languageFaults(name: string, state: State, topLanguage: 'JSONata' | 'JSONPath'): readonly string[] {
  const language = state.QueryLanguage ?? topLanguage;
  if (topLanguage === 'JSONata' && language === 'JSONPath') return [`state ${name}: JSONPath in a JSONata definition`];
  if (language === 'JSONata') return [];
  // Within a state in JSONata these are JSONata unless they say otherwise; only whole flows inherit.
  const own = Object.entries(state).filter(([field, value]) => !languageFree.has(field) && !isEmpty(value));
  return own.map(([field]) => `state ${name}: ${field} in JSONPath is not supported`);
}

const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;

function flowFaults(flow: Flow): readonly string[] {
  const names = new Set(Object.keys(flow.States));
  const targets = Object.entries(flow.States).flatMap(([name, state]) =>
    targetsOf(state).map((target) => [name, target] as const),
  );
  return [
    ...(names.has(flow.StartAt) ? [] : [`MISSING_TRANSITION_TARGET: StartAt ${flow.StartAt} is no state`]),
    ...targets.flatMap(([name, target]) =>
      names.has(target) ? [] : [`MISSING_TRANSITION_TARGET: state ${name} goes to ${target}, which is no state`],
    ),
    ...Object.values(flow.States).flatMap((state) => flowsOf(state).flatMap(flowFaults)),
  ];
}

function targetsOf(state: State): readonly string[] {
  const next = 'Next' in state && state.Next !== undefined ? [state.Next] : [];
  const caught = 'Catch' in state ? state.Catch.map((catcher) => catcher.Next) : [];
  if (state.Type !== 'Choice') return [...next, ...caught];
  return [...state.Choices.map((rule) => rule.Next), ...(state.Default === undefined ? [] : [state.Default])];
}

function stateFaults(name: string, state: State): readonly string[] {
  const faults: string[] = [];
  if (!['Choice', 'Succeed', 'Fail'].includes(state.Type)) {
    const ends = 'End' in state && state.End === true;
    const goesOn = 'Next' in state && state.Next !== undefined;
    if (ends === goesOn) faults.push(`state ${name}: one of Next and End`);
  }
  if (state.Type === 'Wait' && (state.Seconds === undefined) === (state.Timestamp === undefined))
    faults.push(`state ${name}: one of Seconds and Timestamp`);
  if (state.Type === 'Task' && !knownResource(state.Resource))
    faults.push(`state ${name}: Resource ${state.Resource} is not supported`);
  if (state.Type === 'Map' && state.ItemProcessor.ProcessorConfig.Mode === 'INLINE') {
    for (const field of ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label'] as const)
      if (state[field] !== undefined) faults.push(`state ${name}: ${field} only in a distributed map`);
  }
  for (const [path, text] of expressionsIn(state, '')) {
    try {
      compiled(text);
    } catch (error) {
      faults.push(`state ${name}: ${path}: ${isRecord(error) ? String(error.message) : String(error)}`);
    }
  }
  return faults;
}

function expressionsIn(value: unknown, path: string): readonly (readonly [string, string])[] {
  const text = expressionIn(value);
  if (text !== undefined) return [[path, text]];
  if (Array.isArray(value)) return value.flatMap((item, index) => expressionsIn(item, `${path}[${index}]`));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    // Those of the states within are theirs.
    name === 'States' || name === 'Comment' ? [] : expressionsIn(member, path === '' ? name : `${path}/${name}`),
  );
}
