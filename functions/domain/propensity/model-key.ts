/** What a model is of: one treatment, all treatments of an offer, or all on a channel. */
export interface ModelKey {
  readonly kind: 'treatment' | 'offer' | 'channel';
  readonly id: string;
}

/** The key as one text, `treatment#summer-sale-hero`. */
export const modelName = ({ kind, id }: ModelKey) => `${kind}#${id}`;

/** The models of a treatment: its own, and those of its kin. */
export function modelsOf(presented: {
  readonly treatmentId: string;
  readonly offerId: string;
  readonly channel: string;
}): readonly [treatment: ModelKey, offer: ModelKey, channel: ModelKey] {
  return [
    { kind: 'treatment', id: presented.treatmentId },
    { kind: 'offer', id: presented.offerId },
    { kind: 'channel', id: presented.channel },
  ];
}
