import { dictionaryPacking } from './dictionary-packing.ts';

const { pack, unpack } = dictionaryPacking(
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
);

/** Packs a text of the customers table. */
export const packText = pack;

/** Reads what {@link packText} made. Throws {@link UnexpectedShapeError}. */
export const unpackText = unpack;
