import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { Contact, isFinal } from '#domain/campaign/contact.ts';
import { parse } from '#runtime/parse.ts';
import { contactKey, queueOf } from './keys.ts';

/** A contact's item goes long after the lake has it, and after the windows of all that is counted by it. */
const keptSeconds = 400 * 86_400;

/** A contact as an item; one that waits stands in the index of what is due. */
export function contactItem(contact: Contact): Record<string, AttributeValue> {
  const { state, choice, dueAtMs, changedAtMs } = contact;
  const isQueued = !isFinal(state) && choice !== undefined && dueAtMs !== undefined;
  return marshall(
    {
      ...contactKey(contact),
      ...contact,
      ...(isQueued ? { dueQueue: queueOf(choice.channel, contact) } : {}),
      expiresAt: Math.floor(changedAtMs / 1000) + keptSeconds,
    },
    { removeUndefinedValues: true },
  );
}

/** Reads an item of a contact. Throws {@link UnexpectedShapeError}. */
export function contactIn(item: Record<string, AttributeValue>): Contact {
  return parse(Contact, unmarshall(item), 'A contact');
}
