/** The inner modules of dynalite 4 that the local DynamoDB calls in process. They carry no types of their own. */
declare module 'dynalite/db/index.js' {
  type AttributeMap = import('./attribute-value.ts').AttributeMap;
  type ItemView = import('./item-view.ts').ItemView;
  type DynaliteTable = import('./table.ts').DynaliteTable;
  type DynaliteRequest = import('./dynalite-request.ts').DynaliteRequest;

  const db: {
    createKey(keyOrItem: AttributeMap, table: DynaliteTable): string;
    validateKey(key: AttributeMap, table: DynaliteTable): Error | null | undefined;
    validateItem(item: AttributeMap, table: DynaliteTable): Error | null | undefined;
    checkConditional(request: DynaliteRequest, item: AttributeMap | undefined): Error | null | undefined;
    updateIndexes(
      view: ItemView,
      table: DynaliteTable,
      before: AttributeMap | undefined,
      after: AttributeMap | undefined,
      done: (error?: unknown) => void,
    ): void;
  };
  export default db;
}

declare module 'dynalite/actions/*' {
  type ItemView = import('./item-view.ts').ItemView;
  type DynaliteRequest = import('./dynalite-request.ts').DynaliteRequest;
  const action: (view: ItemView, request: DynaliteRequest, done: (error: unknown, answer: unknown) => void) => void;
  export default action;
}

declare module 'dynalite/validations/index.js' {
  type DynaliteRequest = import('./dynalite-request.ts').DynaliteRequest;
  type ItemView = import('./item-view.ts').ItemView;
  type Custom = (request: DynaliteRequest, view: ItemView) => string | undefined;
  const validations: {
    checkTypes(input: Readonly<Record<string, unknown>>, types: Readonly<Record<string, unknown>>): DynaliteRequest;
    checkValidations(
      request: DynaliteRequest,
      types: Readonly<Record<string, unknown>>,
      custom: Custom,
      view: ItemView,
    ): void;
    validateExpressions(request: DynaliteRequest): string | undefined;
  };
  export default validations;
}

declare module 'dynalite/validations/*' {
  type DynaliteRequest = import('./dynalite-request.ts').DynaliteRequest;
  type ItemView = import('./item-view.ts').ItemView;
  const validation: {
    readonly types: Readonly<Record<string, unknown>>;
    custom(request: DynaliteRequest, view: ItemView): string | undefined;
  };
  export default validation;
}
