import type { ErrorCode } from '#contracts/api/error-codes.ts';

/** What a function says when it could not do now what it was asked: in its log, and to the caller. */
export interface NotDone {
  readonly logged: string;
  readonly message: string;
  /** Instead of the error's own code. */
  readonly code?: ErrorCode;
}

/** For functions that have no words of their own. */
const words: NotDone = { logged: 'A request was not answered', message: 'Not answered; send the same request again.' };

const ownWords: Readonly<Record<string, NotDone>> = {
  'collect-interactions': {
    logged: 'A request was not accepted',
    message: 'Not accepted; send the same request again.',
  },
  'change-consents': {
    logged: 'A change of consents was not taken down',
    message: 'Not taken down; send it again.',
  },
  'unmerge-customer': {
    logged: 'A customer was not unmerged',
    message: 'The customer keeps changing; send it again.',
  },
  'write-catalogue': {
    logged: 'The catalogue was not changed',
    message: 'Too many changes at once; send it again.',
  },
  'make-decision': {
    logged: 'No decision was made',
    message: 'Nothing was decided; send the same request again.',
    // Callers of decisions are told one thing, whichever of its stores is busy.
    code: 'busy',
  },
  'capture-disposition': {
    logged: 'The bus took not every entry',
    message: 'Not captured; send the same request again.',
  },
};

/** The words of the function of a name. */
export function notDone(name: string): NotDone {
  return ownWords[name] ?? words;
}
