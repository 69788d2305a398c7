import type { ASTNode } from '@marcbachmann/cel-js';
import type { Comparison, Expression, Truth } from './expression.ts';
import {
  isCount,
  isJson,
  isText,
  isTime,
  isTruth,
  nameOfType,
  toCount,
  toText,
  toTime,
  toTruth,
  typeOf,
} from './expression-type.ts';
import { readCall } from './read-call.ts';
import { readMap, readReference } from './read-reference.ts';
import { RuleFaultError } from './rule-fault.ts';

/** Type-checks a parsed rule. Throws a RuleFaultError at the first thing that has no meaning. */
export function readExpression(node: ASTNode): Expression {
  switch (node.op) {
    case 'value':
      return constant(node);
    case 'id':
    case '.':
    case '[]':
      return readReference(node);
    case '&&':
    case '||': {
      const [left, right] = node.args;
      return { kind: node.op === '&&' ? 'and' : 'or', left: truth(left), right: truth(right) };
    }
    case '!_':
      return { kind: 'not', of: truth(node.args) };
    case '-_':
      return { kind: 'negated', of: toCount(readExpression(node.args), node.args) };
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparison(node.op, ...node.args);
    case '+':
    case '-':
    case '*':
    case '/': {
      const [left, right] = node.args;
      return {
        kind: 'arithmetic',
        operator: node.op,
        left: toCount(readExpression(left), left),
        right: toCount(readExpression(right), right),
      };
    }
    case '?:':
      return choice(...node.args);
    case 'in':
      return membership(...node.args);
    case 'call': {
      const [name, args] = node.args;
      return readCall(name, args, false, node, readExpression);
    }
    case 'rcall': {
      const [name, receiver, args] = node.args;
      return readCall(name, [receiver, ...args], true, node, readExpression);
    }
    case 'list':
      throw new RuleFaultError('A list stands only after in, as in profile.traits.plan in ["gold", "silver"]', node);
    default:
      throw new RuleFaultError(`${node.op} is not available in rules`, node);
  }
}

const truth = (node: ASTNode): Truth => toTruth(readExpression(node), node);

function constant(node: ASTNode): Expression {
  const value = node.op === 'value' ? node.args : undefined;
  if (typeof value === 'boolean') return { kind: 'truth', value };
  if (typeof value === 'string') {
    if (value.includes('\0')) throw new RuleFaultError('A text can not hold the character \\0', node);
    return { kind: 'text', value };
  }
  if (typeof value === 'bigint' || typeof value === 'number') {
    if (Number.isFinite(Number(value))) return { kind: 'number', value: Number(value) };
    throw new RuleFaultError('Expected a number that a double can hold', node);
  }
  if (value === null) throw new RuleFaultError('Nothing equals null: ask has(…) or !has(…)', node);
  throw new RuleFaultError('Expected a text, a number, true or false', node);
}

function comparison(operator: Comparison, leftNode: ASTNode, rightNode: ASTNode): Truth {
  const left = readExpression(leftNode);
  const right = readExpression(rightNode);
  if (isJson(left) && isJson(right)) return { kind: 'compare-json', comparison: operator, left, right };
  if (isCount(left) || isCount(right)) {
    const sides = { left: toCount(left, leftNode), right: toCount(right, rightNode) };
    return { kind: 'compare-numbers', comparison: operator, ...sides };
  }
  if (isText(left) || isText(right)) {
    return {
      kind: 'compare-texts',
      comparison: operator,
      left: toText(left, leftNode),
      right: toText(right, rightNode),
    };
  }
  if (isTime(left) || isTime(right)) {
    return {
      kind: 'compare-times',
      comparison: operator,
      left: toTime(left, leftNode),
      right: toTime(right, rightNode),
    };
  }
  if (operator !== '==' && operator !== '!=') {
    throw new RuleFaultError(
      'Expected a number, a text or a time, found a condition',
      isTruth(left) ? leftNode : rightNode,
    );
  }
  return {
    kind: 'compare-truths',
    comparison: operator,
    left: toTruth(left, leftNode),
    right: toTruth(right, rightNode),
  };
}

function choice(conditionNode: ASTNode, yesNode: ASTNode, noNode: ASTNode): Expression {
  const condition = truth(conditionNode);
  const yes = readExpression(yesNode);
  const no = readExpression(noNode);
  if (isCount(yes) || isCount(no)) {
    return { kind: 'number-if', condition, yes: toCount(yes, yesNode), no: toCount(no, noNode) };
  }
  if (isText(yes) || isText(no)) {
    return { kind: 'text-if', condition, yes: toText(yes, yesNode), no: toText(no, noNode) };
  }
  if (isTruth(yes) || isTruth(no)) {
    return { kind: 'truth-if', condition, yes: toTruth(yes, yesNode), no: toTruth(no, noNode) };
  }
  if (isTime(yes) || isTime(no)) throw new RuleFaultError('A choice between times is not available', yesNode);
  throw new RuleFaultError('Say what the value is: double(…), string(…) or bool(…)', yesNode);
}

function membership(itemNode: ASTNode, listNode: ASTNode): Truth {
  if (listNode.op === 'list') return inConstants(itemNode, listNode, listNode.args);
  const map = readMap(listNode);
  if (map !== undefined) {
    const name = readExpression(itemNode);
    if (name.kind !== 'text') throw new RuleFaultError('Expected a name in quotes', itemNode);
    if (map === 'purchases')
      return { kind: 'has', of: { kind: 'purchase-number', currency: name.value, field: 'orders' } };
    return { kind: 'has', of: { kind: 'named-count', map, name: name.value } };
  }
  const list = readExpression(listNode);
  if (!isJson(list)) throw new RuleFaultError(`Expected a list, found ${nameOfType[typeOf(list)]}`, listNode);
  const item = constantOf(readExpression(itemNode));
  if (item === undefined) throw new RuleFaultError('Expected a text, a number, true or false', itemNode);
  return { kind: 'listed', item, list };
}

function constantOf(expression: Expression): string | number | boolean | undefined {
  if (expression.kind === 'text' || expression.kind === 'number' || expression.kind === 'truth')
    return expression.value;
  if (expression.kind === 'negated' && expression.of.kind === 'number') return -expression.of.value;
  return undefined;
}

function inConstants(itemNode: ASTNode, listNode: ASTNode, nodes: readonly ASTNode[]): Truth {
  const item = readExpression(itemNode);
  const numbers: number[] = [];
  const texts: string[] = [];
  for (const node of nodes) {
    const value = constantOf(readExpression(node));
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'number') numbers.push(value);
    else throw new RuleFaultError('Expected a text or a number', node);
  }
  if (numbers.length > 0 && texts.length > 0) throw new RuleFaultError('Expected items of one type', listNode);
  if (numbers.length > 0) return { kind: 'number-in', number: toCount(item, itemNode), items: numbers };
  if (texts.length > 0) return { kind: 'text-in', text: toText(item, itemNode), items: texts };
  throw new RuleFaultError('Expected a list with items', listNode);
}
