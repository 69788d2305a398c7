import * as z from 'zod';
import { isRecord } from '#local-cloud/cloud/record.ts';

/** Where the functions of a template find what they name. Each throws when the name is unknown. */
export interface Scope {
  ref(name: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  exported(name: string): unknown;
  stackOutput(stackName: string, outputName: string): unknown;
  condition(name: string): boolean;
  mapped(map: string, key: string, subKey: string): unknown;
}

/** Answer of `Ref AWS::NoValue`: the property that holds it is left out. */
export const noValue = Symbol('AWS::NoValue');

const text = z.string();
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const list = z.array(z.unknown());

/** Name and argument when the value is an intrinsic function (`Ref`, `Fn::…`). */
export function intrinsicOf(value: unknown): { name: string; argument: unknown } | undefined {
  if (!isRecord(value)) return undefined;
  const [name, ...others] = Object.keys(value);
  if (name === undefined || others.length > 0 || !(name === 'Ref' || name.startsWith('Fn::'))) return undefined;
  return { name, argument: value[name] };
}

/** The value with every intrinsic function replaced by what it stands for. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope)).filter((item) => item !== noValue);
  const intrinsic = intrinsicOf(value);
  if (intrinsic) return evaluate(intrinsic.name, intrinsic.argument, scope);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, resolve(item, scope)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== noValue));
}

/** The value of a condition expression (`Fn::Equals`, `Fn::And`, …). */
export function isTrue(expression: unknown, scope: Scope): boolean {
  return z.union([z.boolean(), z.stringbool()]).parse(resolve(expression, scope));
}

function evaluate(name: string, argument: unknown, scope: Scope): unknown {
  const items = () => list.parse(resolve(argument, scope));
  const conditions = () => list.parse(argument).map((item) => isTrue(asCondition(item, scope), scope));
  switch (name) {
    case 'Ref':
      return scope.ref(text.parse(argument));
    case 'Fn::GetAtt': {
      const [id = '', ...path] = typeof argument === 'string' ? argument.split('.') : z.array(text).parse(argument);
      return scope.attribute(id, path.join('.'));
    }
    case 'Fn::Join': {
      const [separator, parts] = z.tuple([text, z.array(scalar)]).parse(resolve(argument, scope));
      return parts.map(String).join(separator);
    }
    case 'Fn::Sub':
      return substitute(argument, scope);
    case 'Fn::Select': {
      const [index, choices] = z.tuple([z.coerce.number(), list]).parse(resolve(argument, scope));
      return choices[index];
    }
    case 'Fn::Split': {
      const [separator, whole] = z.tuple([text, text]).parse(resolve(argument, scope));
      return whole.split(separator);
    }
    case 'Fn::ImportValue':
      return scope.exported(text.parse(resolve(argument, scope)));
    case 'Fn::GetStackOutput': {
      const { StackName, OutputName } = z
        .strictObject({ StackName: text, OutputName: text, Region: text.optional() })
        .parse(resolve(argument, scope));
      return scope.stackOutput(StackName, OutputName);
    }
    case 'Fn::FindInMap':
      return scope.mapped(...z.tuple([text, text, text]).parse(resolve(argument, scope)));
    case 'Fn::Base64':
      return Buffer.from(text.parse(resolve(argument, scope))).toString('base64');
    case 'Fn::If': {
      const [condition, whenTrue, whenFalse] = z.tuple([text, z.unknown(), z.unknown()]).parse(argument);
      return resolve(scope.condition(condition) ? whenTrue : whenFalse, scope);
    }
    case 'Fn::Equals': {
      const [left, right] = items();
      return JSON.stringify(left) === JSON.stringify(right);
    }
    case 'Fn::And':
      return conditions().every(Boolean);
    case 'Fn::Or':
      return conditions().some(Boolean);
    case 'Fn::Not':
      return !conditions()[0];
    default:
      throw new Error(`the local cloud does not know the template function ${name}`);
  }
}

/** `{Condition: name}` inside Fn::And and its like stands for the named condition. */
function asCondition(item: unknown, scope: Scope): unknown {
  return isRecord(item) && typeof item.Condition === 'string' ? scope.condition(item.Condition) : item;
}

function substitute(argument: unknown, scope: Scope): string {
  const [pattern, variables] =
    typeof argument === 'string' ? [argument, {}] : z.tuple([text, z.record(text, z.unknown())]).parse(argument);
  return pattern.replace(/\$\{(!?)([^}]+)\}/g, (whole, literal: string, name: string) => {
    if (literal) return whole.replace('!', '');
    if (name in variables) return String(resolve(variables[name], scope));
    const [id = '', ...path] = name.split('.');
    return String(path.length > 0 ? scope.attribute(id, path.join('.')) : scope.ref(name));
  });
}
