import loadHighs from 'highs';
import type { CustomerOptions } from '#domain/allocation/customer-options.ts';
import type { Limits } from '#domain/allocation/resource.ts';

/** The optimum of a problem's linear program, in which customers may have fractions of options: no allocation is worth more. */
export async function highsAllocation(
  limits: Limits,
  customers: readonly CustomerOptions[],
): Promise<{ readonly value: number; readonly seconds: number }> {
  const highs = await loadHighs();
  const program = programOf(limits, customers);
  const startedAt = performance.now();
  const { Status, ObjectiveValue } = highs.solve(program, { output_flag: false });
  const seconds = (performance.now() - startedAt) / 1000;
  if (Status !== 'Optimal') throw new Error(`HiGHS found the program ${Status}`);
  return { value: ObjectiveValue, seconds };
}

/** The program in CPLEX's LP format: a column an option, a row a customer and a row a limit. */
function programOf(limits: Limits, customers: readonly CustomerOptions[]): string {
  const worths: string[] = [];
  const rows = new Map(Object.keys(limits).map((name): [string, string[]] => [name, []]));
  const choices: string[] = [];
  for (const [at, { options }] of customers.entries()) {
    const columns = options.map((_, place) => `x${at}_${place}`);
    for (const [place, { value, uses = {} }] of options.entries()) {
      worths.push(`${value < 0 ? '-' : '+'} ${Math.abs(value)} ${columns[place]}`);
      for (const [name, amount] of Object.entries(uses))
        if (amount !== 0) rows.get(name)?.push(`+ ${amount} ${columns[place]}`);
    }
    if (columns.length > 0) choices.push(` c${at}: ${columns.join(' + ')} <= 1`);
  }
  const limited = [...rows].flatMap(([name, terms], place) =>
    terms.length === 0 ? [] : [` l${place}: ${terms.join(' ')} <= ${limits[name]}`],
  );
  // Lines of the format are short: terms stand on lines of their own.
  return ['Maximize', ` obj: ${worths.join('\n ')}`, 'Subject To', ...limited, ...choices, 'End', ''].join('\n');
}
