/** Kinds of items of the catalogue, as paths name them: `/v1/<kind>/<id>`. */
export { itemKindNames } from '#domain/catalogue/item-kinds.ts';
