import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { UnexpectedShapeError } from '#shared/errors.ts';

/**
 * Deflates a stored text with a dictionary of what such texts are made of: DynamoDB counts a write by the kilobyte, and a small
 * text has too little of its own to learn from. The first byte names the dictionary.
 */
export function packText(text: string): Uint8Array {
  const packed = deflateRawSync(Buffer.from(text, 'utf8'), { dictionary: dictionaries[current], level: 9 });
  return Buffer.concat([Buffer.of(current), packed]);
}

/** Reads what {@link packText} made, today or with an earlier dictionary. Throws {@link UnexpectedShapeError}. */
export function unpackText(packed: Uint8Array): string {
  const dictionary = dictionaries[packed[0] ?? dictionaries.length];
  if (dictionary === undefined) throw new UnexpectedShapeError(`No dictionary has the number ${packed[0]}`);
  try {
    return inflateRawSync(packed.subarray(1), { dictionary }).toString('utf8');
  } catch (cause) {
    throw new UnexpectedShapeError('A stored text can’t be inflated', { cause });
  }
}

/**
 * What is most frequent stands last. A dictionary that texts were stored with must never change: to improve one, add another
 * below it.
 */
const dictionaries = [
  Buffer.from(
    [
      '"Email Opened","Email Link Clicked","Push Notification Received","Products Searched","Product List Viewed","Promotion Viewed",',
      '"Promotion Clicked","Product Clicked","Product Removed","Cart Viewed","Checkout Started","Checkout Step Completed",',
      '"Payment Info Entered","Order Updated","Order Cancelled","Order Refunded","Disposition Captured","presented","clicked",',
      '"accepted","rejected","ignored","converted","Application Opened","Application Installed","Signed Up","Signed In",',
      '"collections","ordering","affiliate","telesales","repair","billing","store","call-centre","push","sms","server","mobile",',
      '0123456789abcdef{"full":false,"purchase":[179,null,"refunds":[],"schema":1}',
      '{"campaigns":[],"categories":[[24322,[["","channels":[["browser",1]],"groups":[],"money":[["USD",1,],["GBP",1,],["EUR",1,,0,179],',
      '"products":[[24322,[["","schema":1,"seen":[179,179],"sessions":1,"touchpoints":[["app",1],["email",1],["web",1]],',
      '"types":[1,0,0,0,0,0],"events":[[207,[["Order Completed",1],["Page Viewed",1],["Product Added",1],["Product Viewed",1]]],',
      '[207,[["Page Viewed",1],["Product Added",1],["Product Viewed",3]]]],"spend":[[207,[["EUR",]]]],"responses":[[207,',
      '"links":[["device_id:",],["email:",],["anonymous_id:",179]],"personal":[["email","address","firstName","lastName","phone"],"traits":[["createdAt","plan",],"consents":[["marketing",true,],',
      '"zone":[["zone","Europe/Berlin",\n[["d2026-",179,{"entries":[["","older":"","schema":1,"slots":]]["-4-a-b-8-9",0,"web","Product Viewed"],',
      '["-4-a-b-8-9",0000,0,"web","Product Added"],["-4-a-b-8-9",2,"web",null],["-4-a-b-8-9",0,"web","Order Completed","EUR",00,"]]',
    ].join(''),
  ),
];
const current = dictionaries.length - 1;
