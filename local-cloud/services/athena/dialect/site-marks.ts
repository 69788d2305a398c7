/** Name of the pseudo function that marks site `id` in a tree and in the SQL written from it. */
export const markName = (id: number): string => `t__site_${id}`;

const markOrQuoted = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\bt__site_(\d+)\(/gi;
const bracketOrQuoted = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[(),[\]]/g;

/** Puts in the place of each mark what `replace` gives for its number and the texts of its operands, inner marks first. */
export function replaceMarks(sql: string, replace: (id: number, operands: readonly string[]) => string): string {
  let made = '';
  let copied = 0;
  markOrQuoted.lastIndex = 0;
  for (let match = markOrQuoted.exec(sql); match !== null; match = markOrQuoted.exec(sql)) {
    if (match[1] === undefined) continue;
    const { operands, end } = operandsFrom(sql, markOrQuoted.lastIndex);
    made += sql.slice(copied, match.index);
    const resume = end;
    made += replace(
      Number(match[1]),
      operands.map((operand) => replaceMarks(operand, replace)),
    );
    copied = resume;
    markOrQuoted.lastIndex = resume;
  }
  return made + sql.slice(copied);
}

/** Cuts the operands of a call at their commas, from after its bracket to after the one that closes it. */
function operandsFrom(sql: string, from: number): { readonly operands: readonly string[]; readonly end: number } {
  const operands: string[] = [];
  let depth = 0;
  let start = from;
  bracketOrQuoted.lastIndex = from;
  for (let match = bracketOrQuoted.exec(sql); match !== null; match = bracketOrQuoted.exec(sql)) {
    const [sign] = match;
    if (sign === '(' || sign === '[') depth += 1;
    if ((sign === ',' || sign === ')') && depth === 0) {
      operands.push(sql.slice(start, match.index).trim());
      start = bracketOrQuoted.lastIndex;
      if (sign === ')') return { operands, end: start };
    }
    if (sign === ')' || sign === ']') depth -= 1;
  }
  throw new TypeError('A mark does not end');
}

/** A template with its operands filled in, each in brackets when it is more than a name or a literal. */
export function fillTemplate(template: string, operands: readonly string[]): string {
  const filled = template.replace(/\barg(\d+)\b/g, (_, index: string) => {
    const operand = operands[Number(index)] ?? '';
    return /^(?:[\w.]+|"(?:[^"]|"")*"|'(?:[^']|'')*')$/.test(operand) ? operand : `(${operand})`;
  });
  return `(${filled})`;
}
