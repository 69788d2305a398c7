declare module 'asl-validator' {
  /** Checks a definition in the states language by its JSON schemas. */
  function aslValidator(definition: object): {
    readonly isValid: boolean;
    readonly errors: readonly { readonly 'Error code': string; readonly Message: string }[];
  };
  export = aslValidator;
}
