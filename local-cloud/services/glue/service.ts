import * as z from 'zod';
import type { CloudContext, ResourceProvider, Service } from '#local-cloud/cloud/service.ts';
import { perCall } from '#local-cloud/metering/per-call.ts';
import { type Catalogue, openCatalogue } from './catalogue.ts';
import { catalogueOperations } from './operations.ts';
import { databaseInput, TableInput } from './table-input.ts';

const databaseProperties = z.object({ DatabaseInput: databaseInput });
const tableProperties = z.object({ DatabaseName: z.string(), TableInput });

/** The Glue Data Catalog: databases, external tables and views. */
export function createGlueService(context: CloudContext): Service {
  const catalogue = openCatalogue(context.stateDirectory, () => context.clock.now());
  return {
    name: 'glue',
    wire: { protocol: 'json', target: 'AWSGlue' },
    bills: perCall,
    operations: catalogueOperations(catalogue, context),
    resources: { 'AWS::Glue::Database': databaseProvider(catalogue), 'AWS::Glue::Table': tableProvider(catalogue) },
  };
}

function databaseProvider(catalogue: Catalogue): ResourceProvider {
  return {
    properties: ['CatalogId', 'DatabaseInput.Name', 'DatabaseInput.Description', 'DatabaseInput.LocationUri'],
    async create(properties, { physicalName }) {
      const { DatabaseInput: input } = databaseProperties.parse(properties);
      const name = (input.Name ?? physicalName(255)).toLowerCase();
      catalogue.addDatabase(name, input.Description);
      return { ref: name };
    },
  };
}

function tableProvider(catalogue: Catalogue): ResourceProvider {
  return {
    properties: ['CatalogId', 'DatabaseName', 'TableInput.*'],
    async create(properties) {
      const { DatabaseName, TableInput: table } = tableProperties.parse(properties);
      catalogue.declare(DatabaseName, table);
      return { ref: table.Name };
    },
  };
}
