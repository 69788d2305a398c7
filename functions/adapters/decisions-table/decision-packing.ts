import { dictionaryPacking } from '#adapters/dynamodb/dictionary-packing.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';

/** Texts of decisions as bytes. There is no line break in them. */
export function packTexts(texts: readonly string[]): Uint8Array {
  return packing.pack(texts.join('\n'));
}

/** Reads what {@link packTexts} made. Throws {@link UnexpectedShapeError}. */
export function unpackTexts(packed: Uint8Array): string[] {
  return packing.unpack(packed).split('\n');
}

/** What a reader makes of a decision's text. Throws {@link UnexpectedShapeError} where it throws. */
export function readText<Read>(text: string, read: (text: string) => Read): Read {
  try {
    return read(text);
  } catch (cause) {
    throw new UnexpectedShapeError('A record of a decision can’t be decoded', { cause });
  }
}

const usual = [
  '"random-eligible","propensity-only","no-levers","eligibility-only","no-treatment","holdout","challenger","mean","lot",',
  '{"reason":"paused"}{"reason":"not_started","untilMs":{"reason":"ended"}{"reason":"value_unknown"}{"reason":"budget_unknown",',
  '{"reason":"budget_exhausted","budgetId":"{"reason":"quiet_hours","policyId":"{"reason":"resting","policyId":"',
  '{"reason":"consent_refused"}{"reason":"no_consent"}{"reason":"contact_cap","policyId":"","untilMs":17',
  '"call-centre","store","billing","telesales","app","sms","push","email","outbound","title":"","image":"","text":"",',
  ',0,{"reason":"not_suitable","of":"group"}],{"reason":"not_applicable","of":"treatment"}],{"reason":"not_eligible","of":"offer"}],',
  '{"schema":1,"ids":["019","-7","-8",0],"at":[17,"web",1],"catalogue":[,"],"told":[0,0],"currencies":["EUR"],"budgets":[],"placements":',
  '[{"placementId":"web/home-hero","channel":"web","direction":"inbound","strategyId":"","arm":"champion","variant":"","arbitration":',
  '{"usePropensity":true,"useContext":true,"useLevers":true,"usePrices":true,"exploration":"thompson"},"order":"score","limit":1,',
  '"features":"","heldOut":0,"rows":[["',
].join('');

/** With what arbitration finds, which the lake is told, and the engine. */
const withFindings = `{"reason":"offer_shown"}],{"reason":"held_out"}],{"reason":"below_zero"}],{"reason":"outranked"}],0,[0.${usual}{"schema":1,"engine":1,"full":1,"ids":[`;

const packing = dictionaryPacking(Buffer.from(usual), Buffer.from(withFindings));
