/** Output that names the delivery stream of each lake table. */
export const deliveryStreams = {
  interactions: 'InteractionsStreamName',
  rejected_interactions: 'RejectedInteractionsStreamName',
  identity_links: 'IdentityLinksStreamName',
  decisions: 'DecisionsStreamName',
  dispositions: 'DispositionsStreamName',
} as const;
