import type { ASTNode } from '@marcbachmann/cel-js';
import { only } from './call-arguments.ts';
import { textReader } from './evaluator.ts';
import type { Call, Json, Text } from './expression.ts';
import { isJson, isText, nameOfType, typeOf } from './expression-type.ts';
import { jsonReader } from './json-reader.ts';
import { RuleFaultError } from './rule-fault.ts';
import type { Read, RuleFunction } from './rule-function.ts';
import { double, textOfJson } from './sql-forms.ts';

export const size: RuleFunction = {
  name: 'size',
  isMethod: false,
  read: (args, call, read) => sizeCall(only(args, call, 'size(profile.traits.tags)'), read),
};

/** The same as a method. */
export const sizeOf: RuleFunction = {
  name: 'size',
  isMethod: true,
  read: (args, call, read) => sizeCall(only(args, call, 'profile.traits.tags.size()'), read),
};

function sizeCall(node: ASTNode, read: Read): Call<'number-call', number> {
  const of = read(node);
  if (isText(of)) return sizeOfText(of);
  if (isJson(of)) return sizeOfJson(of);
  throw new RuleFaultError(`Expected a text or a list, found ${nameOfType[typeOf(of)]}`, node);
}

function sizeOfText(text: Text): Call<'number-call', number> {
  const ask = textReader(text);
  return {
    kind: 'number-call',
    parts: [text],
    live(facts) {
      const value = ask(facts);
      return value === undefined ? undefined : codePoints(value);
    },
    sql: (writer) => double(`length(${writer.text(text)})`),
  };
}

function sizeOfJson(json: Json): Call<'number-call', number> {
  const ask = jsonReader(json);
  return {
    kind: 'number-call',
    parts: [json],
    live(facts) {
      const value = ask(facts);
      if (typeof value === 'string') return codePoints(value);
      return Array.isArray(value) ? value.length : undefined;
    },
    sql(writer) {
      const text = writer.json(json);
      return double(`COALESCE(length(${textOfJson(text)}), json_array_length(${text}))`);
    },
  };
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
