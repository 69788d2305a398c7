import * as z from 'zod';

/** A value that a command's line can give, as help and mistakes tell of it. */
export interface CommandPart {
  /** Its name in the command's values, and of an option behind the dashes. */
  readonly name: string;
  readonly isPositional: boolean;
  /** What stands for the value, in capitals; a flag has none, for it takes no value. */
  readonly placeholder: string | undefined;
  readonly description: string;
  readonly isRequired: boolean;
  /** The value when it is not given, as it would be typed. */
  readonly default: string | undefined;
  /** What the value has to be, such as `a whole number from 1`; undefined where the schema itself says so when it is not. */
  readonly expected: string | undefined;
  /** All values that there are, when they can be counted. */
  readonly choices: readonly string[];
}

/** What is told of a value: JSON Schema's own keywords, and ours. */
const Told = z.object({
  type: z.string().optional(),
  description: z.string().default(''),
  default: z.unknown().optional(),
  enum: z.array(z.string()).default([]),
  items: z.object({ enum: z.array(z.string()).default([]) }).optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
  value: z.string().optional(),
});
type Told = z.output<typeof Told>;

/** The parts of a command, in the order of its values. */
export function partsOf(values: z.ZodObject, positionals: readonly string[]): readonly CommandPart[] {
  const { properties = {} } = z.toJSONSchema(values, { io: 'output', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, property]) => {
    const told = Told.parse(property);
    const isFlag = told.type === 'boolean';
    return {
      name,
      isPositional: positionals.includes(name),
      placeholder: isFlag ? undefined : (told.value ?? name.toUpperCase()),
      description: told.description,
      isRequired: values.shape[name]?.safeParse(undefined).success !== true,
      default: isFlag || told.default === undefined ? undefined : String(told.default),
      expected: expectationOf(told),
      choices: told.items?.enum ?? told.enum,
    };
  });
}

function expectationOf(told: Told): string | undefined {
  if (told.items !== undefined && told.items.enum.length > 0)
    return `one or more of ${told.items.enum.join(', ')}, with commas between`;
  if (told.enum.length > 0) return `one of ${told.enum.join(', ')}`;
  if (told.type !== 'integer' && told.type !== 'number') return undefined;
  const { minimum, exclusiveMinimum, maximum } = told;
  return [
    told.type === 'integer' ? 'a whole number' : 'a number',
    // Zod bounds whole numbers by those that are safe.
    minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? ` from ${minimum}` : '',
    exclusiveMinimum === undefined ? '' : ` above ${exclusiveMinimum}`,
    maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? ` to ${maximum}` : '',
  ].join('');
}
