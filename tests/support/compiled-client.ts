import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** What the compiler has against a client of the API that stands in a folder, and where the program is that it made of it. */
export function compiledClient(
  folder: string,
  client: string,
): { readonly faults: string[]; readonly program: string } {
  const file = join(folder, 'client.mts');
  writeFileSync(file, client);
  const program = ts.createProgram([file], {
    strict: true,
    skipLibCheck: true,
    rewriteRelativeImportExtensions: true,
    outDir: folder,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ESNext,
    types: ['node'],
  });
  const said = ts.getPreEmitDiagnostics(program);
  program.emit();
  return {
    faults: said.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
    program: join(folder, 'client.mjs'),
  };
}
