import type { ASTNode } from '@marcbachmann/cel-js';
import { isPersonalTrait } from '#domain/privacy/personal-data.ts';
import { boundedName } from '#domain/text/bounded-name.ts';
import { dispositions } from '#domain/vocabulary/disposition.ts';
import { dispositionTrait } from '#domain/vocabulary/disposition-event.ts';
import { isoCurrencies } from '#domain/vocabulary/iso-currencies.ts';
import type { CountMap, Expression, JsonDocument } from './expression.ts';
import { RuleFaultError, type SourceRange } from './rule-fault.ts';

/** A name of a reference with its place: `profile`, `traits`, `plan`. */
interface Name extends SourceRange {
  readonly text: string;
}

/** The profile's names and what they hold. */
const profileFields: Readonly<Record<string, Expression>> = {
  sessions: { kind: 'profile-number', field: 'sessions' },
  interactions: { kind: 'profile-number', field: 'interactions' },
  orders: { kind: 'profile-number', field: 'orders' },
  first_seen: { kind: 'profile-time', field: 'firstSeen' },
  last_seen: { kind: 'profile-time', field: 'lastSeen' },
  first_purchase: { kind: 'profile-time', field: 'firstPurchase' },
  last_purchase: { kind: 'profile-time', field: 'lastPurchase' },
};

const countMaps: readonly CountMap[] = ['types', 'touchpoints', 'channels', 'campaigns', 'products', 'categories'];
const typeNames = ['track', 'identify', 'page', 'screen', 'group', 'alias'];

const purchaseFields = {
  orders: (currency) => ({ kind: 'purchase-number', currency, field: 'orders' }),
  gross_minor: (currency) => ({ kind: 'purchase-number', currency, field: 'grossMinor' }),
  refunded_minor: (currency) => ({ kind: 'purchase-number', currency, field: 'refundedMinor' }),
  net_minor: (currency) => ({ kind: 'purchase-number', currency, field: 'netMinor' }),
  first: (currency) => ({ kind: 'purchase-time', currency, field: 'first' }),
  last: (currency) => ({ kind: 'purchase-time', currency, field: 'last' }),
} satisfies Record<string, (currency: string) => Expression>;

/** Reads `profile.…`, `context.…` or `offer.…`, with names after dots or as texts in brackets. Throws a fault. */
export function readReference(node: ASTNode): Expression {
  const [root, ...names] = namesOf(node);
  if (root === undefined) throw new RuleFaultError('Expected a name', node);
  if (root.text === 'context' || root.text === 'offer') return json(root.text, names, root);
  if (root.text !== 'profile') throw unknownName(root, ['profile', 'context', 'offer']);
  const [field, ...rest] = names;
  if (field === undefined) throw new RuleFaultError(`Expected one of its names: ${profileNames.join(', ')}`, root);
  if (field.text === 'traits' || field.text === 'personal') return json(field.text, rest, field);
  if (field.text === 'dispositions') return dispositionDetails(rest, field);
  if (field.text === 'purchases') return purchases(rest, field);
  const map = countMaps.find((name) => name === field.text);
  if (map !== undefined) return namedCount(map, rest, field);
  const plain = Object.hasOwn(profileFields, field.text) ? profileFields[field.text] : undefined;
  if (plain === undefined) throw unknownName(field, profileNames);
  refuseMore(rest);
  return plain;
}

/** The maps of the profile that `"name" in …` can ask, by their text; `undefined` when the node is none. */
export function readMap(node: ASTNode): CountMap | 'purchases' | undefined {
  if (node.op !== '.' && node.op !== '[]') return undefined;
  const [root, field, ...rest] = namesOf(node);
  if (root?.text !== 'profile' || field === undefined || rest.length > 0) return undefined;
  return field.text === 'purchases' ? 'purchases' : countMaps.find((name) => name === field.text);
}

const detailNames = ['reason', 'root_cause', 'agent', 'call_back_at', 'offer_id', 'treatment_id'];
const profileNames = ['traits', 'personal', 'purchases', 'dispositions', ...countMaps, ...Object.keys(profileFields)];

function namesOf(node: ASTNode): Name[] {
  if (node.op === 'id') return [{ text: node.args, start: node.start, end: node.end }];
  if (node.op === '.') {
    const [of, text] = node.args;
    return [...namesOf(of), { text, start: node.end - text.length, end: node.end }];
  }
  if (node.op === '[]') {
    const [of, key] = node.args;
    if (key.op !== 'value' || typeof key.args !== 'string') {
      throw new RuleFaultError('Expected a name as a text, as in profile.channels["email"]', key);
    }
    return [...namesOf(of), { text: key.args, start: key.start, end: key.end }];
  }
  throw new RuleFaultError('Expected a name of profile, context or offer before the dot', node);
}

function json(document: JsonDocument, names: readonly Name[], root: Name): Expression {
  const [first, ...rest] = names.map(checkedName);
  if (first === undefined) throw new RuleFaultError(`Expected a name in ${root.text} after a dot`, root);
  const place = names[0] ?? root;
  if (document === 'traits' && isPersonalTrait(first)) {
    throw new RuleFaultError(
      `${first} is a personal trait, which the lake does not have: write profile.personal`,
      place,
    );
  }
  if (document === 'personal' && !isPersonalTrait(first)) {
    throw new RuleFaultError(`${first} is not among the personal traits: write profile.traits`, place);
  }
  const digits = names.slice(1).find(({ text }) => /^\d+$/.test(text));
  if (digits !== undefined) throw new RuleFaultError('Expected a name, found digits only', digits);
  return { kind: 'json', document, path: [first, ...rest] };
}

/** What was told with the last disposition of a kind: it stands in a trait, which the lake has too. */
function dispositionDetails([kind, ...rest]: readonly Name[], root: Name): Expression {
  const disposition = dispositions.find((known) => known === kind?.text);
  if (kind === undefined) throw new RuleFaultError('Expected a disposition, as in profile.dispositions.rejected', root);
  if (disposition === undefined) throw unknownName(kind, dispositions);
  const [field] = rest;
  if (field !== undefined && !detailNames.includes(field.text)) throw unknownName(field, detailNames);
  return json('traits', [{ ...kind, text: dispositionTrait(disposition) }, ...rest], root);
}

function purchases([currency, field, ...more]: readonly Name[], root: Name): Expression {
  if (currency === undefined || field === undefined) {
    throw new RuleFaultError('Expected a currency and a field, as in profile.purchases.EUR.orders', currency ?? root);
  }
  if (!isoCurrencies.has(currency.text)) {
    throw new RuleFaultError('Expected a currency of ISO 4217, as EUR', currency);
  }
  const known = Object.entries(purchaseFields).find(([name]) => name === field.text)?.[1];
  if (known === undefined) throw unknownName(field, Object.keys(purchaseFields));
  refuseMore(more);
  return known(currency.text);
}

function namedCount(map: CountMap, [name, ...more]: readonly Name[], root: Name): Expression {
  if (name === undefined) throw new RuleFaultError(`Expected a name, as in profile.${map}["name"]`, root);
  if (map === 'types' && !typeNames.includes(name.text)) throw unknownName(name, typeNames);
  refuseMore(more);
  return { kind: 'named-count', map, name: checkedName(name) };
}

/** A name that profiles keep as it is, and that a path of Athena's JSON functions can hold. */
export function checkedName({ text, ...range }: Name): string {
  if (text === '' || /["\\\p{Cc}]/u.test(text) || boundedName(text) !== text) {
    throw new RuleFaultError(
      'Expected a name of 1 to 100 bytes without quotes, backslashes and control characters',
      range,
    );
  }
  return text;
}

function refuseMore([name]: readonly Name[]): void {
  if (name !== undefined) throw new RuleFaultError(`There is nothing in it to be named ${name.text}`, name);
}

function unknownName(name: Name, known: readonly string[]): RuleFaultError {
  return new RuleFaultError(`${name.text} is not known here; expected one of ${known.join(', ')}`, name);
}
