import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A copy of an assembly in which one column of a lake table has another type, as if it had been deployed so. */
export function mistypedAssembly(assembly: string, table: string, column: string, type: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'lemniscate-mistyped-'));
  cpSync(assembly, copy, { recursive: true });
  const file = join(copy, 'Lemniscate-dev-Data.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8'));
  const inputs = Object.values<{ Properties?: { TableInput?: TableInput } }>(template.Resources).flatMap(
    ({ Properties }) => Properties?.TableInput ?? [],
  );
  const columns = inputs.find(({ Name }) => Name === table)?.StorageDescriptor.Columns ?? [];
  const found = columns.find(({ Name }) => Name === column);
  if (found === undefined) throw new Error(`The assembly has no column ${table}.${column}`);
  found.Type = type;
  writeFileSync(file, JSON.stringify(template));
  return copy;
}

interface TableInput {
  readonly Name: string;
  readonly StorageDescriptor: { readonly Columns: { readonly Name: string; Type: string }[] };
}
