import { DuckDBInstance, DuckDBScalarFunction, VARCHAR } from '@duckdb/node-api';
import { maxSites, probeName } from './dialect/binding.ts';
import { computedFunctions } from './dialect/computed-functions.ts';
import { macros } from './dialect/macros.ts';

/** Starts the engine: in memory, offline, and reading and writing nothing but the given folders. */
export async function startDuck(...folders: readonly string[]): Promise<DuckDBInstance> {
  const allowed = folders.map((folder) => `'${folder.replaceAll("'", "''")}/'`);
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  // A function without parameters: any use with operands is refused with their types in the message.
  for (let id = 0; id < maxSites; id += 1) {
    connection.registerScalarFunction(
      DuckDBScalarFunction.create({ name: probeName(id), returnType: VARCHAR, mainFunction: () => {} }),
    );
  }
  for (const computed of computedFunctions()) connection.registerScalarFunction(computed);
  await connection.run(macros);
  await connection.run(`
    SET TimeZone = 'UTC'; SET lambda_syntax = 'ENABLE_SINGLE_ARROW';
    SET autoinstall_known_extensions = false; SET autoload_known_extensions = false;
    SET allowed_directories = [${allowed.join(', ')}]; SET enable_external_access = false;
    SET lock_configuration = true;`);
  connection.closeSync();
  return instance;
}
