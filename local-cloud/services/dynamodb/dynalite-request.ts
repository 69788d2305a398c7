import type { AttributeMap } from './attribute-value.ts';

/** A request as dynalite's validations leave it: the API's input with parsed expressions beside it. */
export interface DynaliteRequest {
  [name: string]: unknown;
  Item?: AttributeMap;
  Key?: AttributeMap;
  ExclusiveStartKey?: AttributeMap;
  ExpressionAttributeValues?: AttributeMap;
}
