/** What a model is of: one treatment, all treatments of an offer, or all on a channel. */
export interface ModelKey {
  readonly kind: 'treatment' | 'offer' | 'channel';
  readonly id: string;
}

/** The key as one text, `treatment#summer-sale-hero`. */
export const modelName = ({ kind, id }: ModelKey) => `${kind}#${id}`;
