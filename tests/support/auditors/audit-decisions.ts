import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { recordOf } from '#adapters/budgets-table/budget-items.ts';
import { dynamoCatalogue } from '#adapters/catalogue-table/dynamo-catalogue.ts';
import type { BudgetRecord } from '#domain/budget/budget-record.ts';
import { type Catalogue, readCatalogue } from '#domain/catalogue/catalogue.ts';
import { storedModels } from '#scripts/models/stored-models.ts';
import { outputOf, type Target } from '#scripts/target/target.ts';
import { type AuditedBudget, auditBudgets } from './audit-budgets.ts';
import { auditCaps } from './audit-caps.ts';
import { auditModels } from './audit-models.ts';
import { auditRecords } from './audit-records.ts';
import { auditRefusals } from './audit-refusals.ts';
import { auditResponses } from './audit-responses.ts';
import type { AuditedRun, Finding } from './audited-run.ts';
import type { DecisionRegister } from './decision-register.ts';
import { decisionsInLake } from './decisions-in-lake.ts';
import { messagesByPersona } from './messages-by-persona.ts';
import type { TouchpointLog } from './touchpoint-log.ts';

/** Asks the auditors of decisions about a run: of budgets and models about all runs of its cloud, for these are everybody's. */
export async function auditDecisions(
  run: AuditedRun,
  log: TouchpointLog,
  register: DecisionRegister,
): Promise<Finding[]> {
  await register.read();
  const personas = new Set((await messagesByPersona(run, run.sent)).keys());
  const own = [...register.decisions.values()].filter(({ personaId }) => personas.has(personaId));
  const told = new Set(log.told.map(({ decisionId }) => decisionId));
  const decisionIds = [...new Set([...told, ...own.map(({ decisionId }) => decisionId)])];
  const [lake, { catalogue, leased }, models] = await Promise.all([
    decisionsInLake(run.target, [...personas], decisionIds),
    catalogueAndBudgets(run.target),
    storedModels(run.target),
  ]);
  const records = register.decisions;
  return [
    ...auditRecords(log, records, { own, landed: lake.decisions }),
    ...auditResponses(log, { records, remembered: register.told, landed: lake.dispositions }),
    ...auditCaps(own, [...catalogue.contactPolicies.values()], lake.split),
    ...auditRefusals(log, own),
    ...auditBudgets(budgetsIn(catalogue), leased, [...records.values()], register.logs),
    ...auditModels(records, register.told, models),
  ];
}

/** The catalogue, and what is leased by budget and period. */
async function catalogueAndBudgets(
  target: Target,
): Promise<{ catalogue: Catalogue; leased: Map<string, BudgetRecord> }> {
  const client = new DynamoDBClient(target.client);
  const { items, revision } = await dynamoCatalogue(client, outputOf(target, 'CatalogueTableName')).load();
  const leased = new Map<string, BudgetRecord>();
  const TableName = outputOf(target, 'BudgetsTableName');
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) {
    for (const item of Items) {
      const [kind, budgetId] = item.pk?.S?.split('#') ?? [];
      if (kind === 'budget') leased.set(`${budgetId} ${item.sk?.S}`, recordOf(item));
    }
  }
  client.destroy();
  return { catalogue: readCatalogue(items, revision), leased };
}

/** Each budget with what a decision takes of it at most: all treatments that use it, for a treatment is shown once. */
function budgetsIn({ budgets, treatments }: Catalogue): AuditedBudget[] {
  const uses = [...treatments.values()].flatMap((treatment) => treatment.uses);
  return [...budgets.values()].map((budget) => ({
    budget,
    mostAtOnce: uses.reduce((sum, { budgetId, amount }) => sum + (budgetId === budget.budgetId ? amount : 0), 0),
  }));
}
