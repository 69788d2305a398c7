import type { ItemKey } from '#adapters/dynamodb/read-items.ts';
import { toldSorts } from '#contracts/streams.ts';
import type { ContactRef } from '#domain/campaign/contact.ts';
import { hash32 } from '#domain/text/stable-hash.ts';

/**
 * The key design of the campaigns table: what campaigns have done, and what is to be sent.
 *
 * | partition                 | sort key              | item                                                              |
 * |---------------------------|-----------------------|-------------------------------------------------------------------|
 * | `campaign#<id>`           | `campaign`            | how many runs the campaign has had                                |
 * |                           | `run#<number>`        | a run of it, by name                                              |
 * | `entries#<campaign>`      | `<customer's id>`     | how often a customer entered the campaign, and when last          |
 * | `run#<run>`               | `run`                 | the run: what it was frozen to, and how far it is                 |
 * |                           | `chunk#<number>`      | how many contacts of a chunk are what                             |
 * | `run#<run>#<chunk>`       | `contact#<customer>`  | what the run does about a customer                                |
 * | `open`                    | `<run>`               | that a run may send, and on which channels                        |
 * | `choosing`                | `<run>`               | that a run chooses, or has chosen and not begun to send           |
 * | `sending`                 | `switch`              | whether all sending is stopped                                    |
 * | `sending#<channel>`       | `<minute>`, UTC       | how many messages a channel has sent in a minute                  |
 * | `address#<keyed hash>`    | `address`             | what came back from an address, and when it was written to        |
 *
 * Contacts that are not final stand in the index `due` as well, by `dueQueue` and `dueAtMs`: it is what senders take from. Each run has
 * queues of its own, so that one item holds all of it back or lets it go; and several of a channel, for an index takes 1,000 writes a
 * second of each, and an index that falls behind holds its table up.
 */
const { contactPrefix, run } = toldSorts.campaigns;
const chunks = 'chunk#';
const runs = 'run#';

export const campaignKey = (campaignId: string): ItemKey => ({ pk: campaignPartition(campaignId), sk: 'campaign' });
export const campaignPartition = (campaignId: string) => `campaign#${campaignId}`;
/** What the sort keys of a campaign's runs begin with; the ordinals sort as numbers do. */
export const runOfCampaignPrefix = runs;
export const runOfCampaignKey = (campaignId: string, ordinal: number, name: string): ItemKey => ({
  pk: campaignPartition(campaignId),
  sk: `${runs}${digits(ordinal, 8)}#${name}`,
});

export const entryKey = (campaignId: string, customerId: string): ItemKey => ({
  pk: `entries#${campaignId}`,
  sk: customerId,
});

export const runPartition = (runId: string) => `${runs}${runId}`;
export const runKey = (runId: string): ItemKey => ({ pk: runPartition(runId), sk: run });

export const chunkPrefix = chunks;
export const chunkKey = (runId: string, chunk: number): ItemKey => ({
  pk: runPartition(runId),
  sk: `${chunks}${digits(chunk, 6)}`,
});
export const chunkOfSort = (sort: string) => Number(sort.slice(chunks.length));

export const contactPartition = (runId: string, chunk: number) => `${runPartition(runId)}#${chunk}`;
export const contactSortPrefix = contactPrefix;
export const contactKey = ({ runId, chunk, customerId }: ContactRef): ItemKey => ({
  pk: contactPartition(runId, chunk),
  sk: `${contactPrefix}${customerId}`,
});
/** The contact that a key is of. Names of runs have no `#`. */
export function contactOfKey({ pk, sk }: ItemKey): ContactRef {
  const end = pk.lastIndexOf('#');
  return {
    runId: pk.slice(runs.length, end),
    chunk: Number(pk.slice(end + 1)),
    customerId: sk.slice(contactPrefix.length),
  };
}

export const dueIndex = 'due';
const queuesOfChannel = 4;

export const queueOf = (channel: string, { runId, customerId }: Pick<ContactRef, 'runId' | 'customerId'>) =>
  queueName(runId, channel, hash32(customerId) % queuesOfChannel);
/** All queues of a run on a channel. */
export const queuesOf = (runId: string, channel: string) =>
  Array.from({ length: queuesOfChannel }, (_, queue) => queueName(runId, channel, queue));

export const openPartition = 'open';
export const openKey = (runId: string): ItemKey => ({ pk: openPartition, sk: runId });
export const choosingPartition = 'choosing';
export const choosingKey = (runId: string): ItemKey => ({ pk: choosingPartition, sk: runId });

export const sendingSwitchKey: ItemKey = { pk: 'sending', sk: 'switch' };
export const sentInMinuteKey = (channel: string, minute: string): ItemKey => ({ pk: `sending#${channel}`, sk: minute });

export const addressKeyOf = (addressHash: string): ItemKey => ({ pk: `address#${addressHash}`, sk: 'address' });

function queueName(runId: string, channel: string, queue: number): string {
  return `${runId}#${channel}#${queue}`;
}

function digits(number: number, width: number): string {
  return String(number).padStart(width, '0');
}
