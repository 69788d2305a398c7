/** HiGHS in WebAssembly. Its own types call its default export a property of it, which an ES module's import is not. */
declare module 'highs' {
  export default function loadHighs(): Promise<{
    /** Solves a program in CPLEX LP format. */
    solve(
      program: string,
      options: { readonly output_flag: boolean },
    ): {
      readonly Status: string;
      readonly ObjectiveValue: number;
      readonly Columns: Readonly<Record<string, { readonly Primal?: number }>>;
    };
  }>;
}
