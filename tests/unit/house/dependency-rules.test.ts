import { afterAll, expect, test } from 'vitest';
import { brokenRules, type Files, houseRules, removeHouses } from '#support/house/broken-rules.ts';

/** A small house in which each storey knows what it may. */
const house: Files = {
  'functions/domain/text/hash.ts': "import { createHash } from 'node:crypto';\nexport const hash = createHash;",
  'functions/domain/interaction/interaction.ts':
    "import * as z from 'zod';\nimport { hash } from '../text/hash.ts';\nexport const interaction = [z, hash];",
  'functions/domain/offer/offer-kind.ts':
    "import { hash } from '#domain/text/hash.ts';\nexport const offerKind = hash;",
  'functions/domain/rule/rule.ts': "import { hash } from '#domain/text/hash.ts';\nexport const rule = hash;",
  'functions/domain/decision/arbitrate.ts':
    "import { rule } from '#domain/rule/rule.ts';\nexport const arbitrate = rule;",
  'functions/contracts/bus/event.ts':
    "import { interaction } from '#domain/interaction/interaction.ts';\nexport const event = interaction;",
  'functions/ports/bus.ts': "import { event } from '#contracts/bus/event.ts';\nexport const bus = event;",
  'functions/runtime/http/answer.ts': "import { event } from '#contracts/bus/event.ts';\nexport const answer = event;",
  'functions/runtime/errors.ts': "import { hash } from '#domain/text/hash.ts';\nexport const fault = hash;",
  'functions/use-cases/collect/collect.ts':
    "import { bus } from '#ports/bus.ts';\nimport { fault } from '#runtime/errors.ts';\nexport const collect = [bus, fault];",
  'functions/adapters/event-bridge/bus.ts':
    "import { PutEvents } from '@aws-sdk/client-eventbridge';\nimport { bus } from '#ports/bus.ts';\nexport const adapter = [PutEvents, bus];",
  'functions/handlers/wiring/identification.ts':
    "import { adapter } from '#adapters/event-bridge/bus.ts';\nexport const identification = adapter;",
  'functions/handlers/collect/collect-interactions/handler.ts':
    "import { answer } from '#runtime/http/answer.ts';\nimport { collect } from '#use-cases/collect/collect.ts';\nimport { identification } from '#handlers/wiring/identification.ts';\nexport const handler = [answer, collect, identification];",
  'functions/handlers/land/land-events/handler.ts':
    "import { event } from '#contracts/bus/event.ts';\nexport const handler = event;",
  'infra/stacks/loop-stack.ts': "import { event } from '#contracts/bus/event.ts';\nexport const stack = event;",
  'local-cloud/main.ts': "import { createServer } from 'node:http';\nexport const main = createServer;",
  'scripts/redrive/main.ts':
    "import { collect } from '#use-cases/collect/collect.ts';\nexport const redrive = collect;",
  'tests/loop/first.test.ts': "import { redrive } from '#scripts/redrive/main.ts';\nredrive();",
};

/** A file that imports another one and exports what it got. */
const importing = (specifier: string) => `import * as all from '${specifier}';\nexport { all };`;

/** By rule, the files of which each breaks it, and none breaks another one; `beside` are files that they need. */
const violations: Record<string, { readonly planted: Files; readonly beside?: Files }> = {
  'no-circles': {
    planted: { 'scripts/redrive/one.ts': "import { two } from './two.ts';\nexport const one = () => two;" },
    beside: { 'scripts/redrive/two.ts': "import { one } from './one.ts';\nexport const two = () => one;" },
  },
  'no-circles-of-types': {
    planted: {
      'local-cloud/one.ts': "import type { Two } from './two.ts';\nexport interface One {\n  readonly two: Two;\n}",
    },
    beside: {
      'local-cloud/two.ts': "import type { One } from './one.ts';\nexport interface Two {\n  readonly one: One;\n}",
    },
  },
  'floor-1-knows-none-above': {
    planted: { 'functions/domain/vocabulary/words.ts': importing('#domain/offer/offer-kind.ts') },
  },
  'floor-2-knows-none-above': {
    planted: { 'functions/domain/budget/money.ts': importing('#domain/interaction/interaction.ts') },
  },
  'floor-3-knows-none-above': {
    planted: { 'functions/domain/interaction/asked.ts': importing('#domain/rule/rule.ts') },
  },
  'floor-4-knows-none-above': { planted: { 'functions/domain/consent/asked.ts': importing('#domain/rule/rule.ts') } },
  'floor-5-knows-none-above': { planted: { 'functions/domain/profile/asked.ts': importing('#domain/rule/rule.ts') } },
  'floor-6-knows-none-above': {
    planted: { 'functions/domain/contact-policy/made.ts': importing('#domain/decision/arbitrate.ts') },
  },
  'floor-7-knows-none-above': {
    planted: { 'functions/domain/propensity/made.ts': importing('#domain/decision/arbitrate.ts') },
  },
  'floor-8-knows-none-above': {
    planted: { 'functions/domain/catalogue/made.ts': importing('#domain/decision/arbitrate.ts') },
  },
  'floor-9-knows-none-above': {
    planted: { 'functions/domain/decision/told.ts': importing('#domain/disposition/told.ts') },
    beside: { 'functions/domain/disposition/told.ts': importing('#domain/text/hash.ts') },
  },
  'every-noun-has-a-floor': { planted: { 'functions/domain/voucher/voucher.ts': importing('#domain/text/hash.ts') } },
  'no-orphans': { planted: { 'scripts/redrive/forgotten.ts': 'export const forgotten = 1;' } },
  'domain-stays-pure': {
    planted: {
      'functions/domain/vocabulary/file.ts': importing('node:fs'),
      'functions/domain/vocabulary/environment.ts': importing('node:process'),
      'functions/domain/vocabulary/network.ts': importing('node:http'),
      'functions/domain/vocabulary/queue.ts': importing('@aws-sdk/client-eventbridge'),
      'functions/domain/vocabulary/large.ts': importing('lodash'),
      'functions/domain/vocabulary/told.ts': importing('#contracts/bus/event.ts'),
      'functions/domain/vocabulary/asked.ts': importing('#ports/bus.ts'),
      'functions/domain/vocabulary/thrown.ts': importing('#runtime/errors.ts'),
    },
  },
  'kinds-compile-no-rules': {
    planted: { 'functions/domain/segment/segment-kind.ts': importing('./checked.ts') },
    beside: { 'functions/domain/segment/checked.ts': importing('#domain/rule/rule.ts') },
  },
  'readers-do-not-decide': {
    planted: { 'functions/handlers/respond/capture-disposition/handler.ts': importing('#use-cases/respond/shown.ts') },
    beside: { 'functions/use-cases/respond/shown.ts': importing('#domain/decision/arbitrate.ts') },
  },
  'contracts-know-the-domain-only': {
    planted: {
      'functions/contracts/bus/port.ts': importing('#ports/bus.ts'),
      'functions/contracts/bus/case.ts': importing('#use-cases/collect/collect.ts'),
    },
  },
  'ports-know-domain-and-contracts-only': {
    planted: {
      'functions/ports/table.ts': importing('#adapters/event-bridge/bus.ts'),
      'functions/ports/thrown.ts': importing('#runtime/errors.ts'),
    },
  },
  'use-cases-ask-ports': {
    planted: {
      'functions/use-cases/collect/table.ts': importing('#adapters/event-bridge/bus.ts'),
      'functions/use-cases/collect/answer.ts': importing('#runtime/http/answer.ts'),
      'functions/use-cases/collect/wiring.ts': importing('#handlers/wiring/identification.ts'),
    },
  },
  'use-cases-are-handed-the-world': {
    planted: {
      'functions/use-cases/collect/queue.ts': importing('@aws-sdk/client-eventbridge'),
      'functions/use-cases/collect/environment.ts': importing('node:process'),
      'functions/use-cases/collect/log.ts': importing('@aws-lambda-powertools/logger'),
      'functions/use-cases/collect/file.ts': importing('node:fs'),
    },
  },
  'adapters-implement-ports': {
    planted: {
      'functions/adapters/event-bridge/case.ts': importing('#use-cases/collect/collect.ts'),
      'functions/adapters/event-bridge/answer.ts': importing('#runtime/http/answer.ts'),
      'functions/adapters/event-bridge/wiring.ts': importing('#handlers/wiring/identification.ts'),
    },
  },
  'runtime-is-below-handlers': {
    planted: {
      'functions/runtime/table.ts': importing('#adapters/event-bridge/bus.ts'),
      'functions/runtime/case.ts': importing('#use-cases/collect/collect.ts'),
      'functions/runtime/wiring.ts': importing('#handlers/wiring/identification.ts'),
    },
  },
  'handlers-stand-alone': {
    planted: {
      'functions/handlers/collect/collect-interactions/other.ts': importing('#handlers/land/land-events/handler.ts'),
      'functions/handlers/collect/collect-interactions/stack.ts': importing('#infra/stacks/loop-stack.ts'),
      'functions/handlers/land/land-events/sibling.ts': importing('#handlers/land/land-rows/row.ts'),
    },
    beside: { 'functions/handlers/land/land-rows/row.ts': importing('#contracts/bus/event.ts') },
  },
  'infra-knows-contracts-only': {
    planted: {
      'infra/stacks/domain.ts': importing('#domain/text/hash.ts'),
      'infra/stacks/ports.ts': importing('#ports/bus.ts'),
      'infra/stacks/use-cases.ts': importing('#use-cases/collect/collect.ts'),
      'infra/stacks/adapters.ts': importing('#adapters/event-bridge/bus.ts'),
      'infra/stacks/runtime.ts': importing('../../functions/runtime/errors.ts'),
      'infra/stacks/handlers.ts': importing('#handlers/land/land-events/handler.ts'),
      'infra/stacks/scripts.ts': importing('#scripts/redrive/main.ts'),
    },
  },
  'local-cloud-knows-no-code': {
    planted: {
      'local-cloud/domain.ts': importing('#domain/text/hash.ts'),
      'local-cloud/stack.ts': importing('#infra/stacks/loop-stack.ts'),
      'local-cloud/script.ts': importing('#scripts/redrive/main.ts'),
    },
  },
  'workflows-know-contracts-only': {
    planted: {
      'workflows/campaign/domain.contract.ts': importing('#domain/text/hash.ts'),
      'workflows/campaign/ports.contract.ts': importing('#ports/bus.ts'),
      'workflows/campaign/stacks.contract.ts': importing('#infra/stacks/loop-stack.ts'),
    },
    beside: { 'workflows/campaign/run.contract.ts': importing('#contracts/bus/event.ts') },
  },
  'scripts-run-no-handlers': {
    planted: {
      'scripts/redrive/again.ts': importing('#handlers/land/land-events/handler.ts'),
      'scripts/redrive/wiring.ts': importing('#handlers/wiring/identification.ts'),
    },
  },
  'code-does-not-need-tests': { planted: { 'scripts/redrive/tested.ts': importing('../../tests/loop/first.test.ts') } },
  resolves: { planted: { 'scripts/redrive/lost.ts': importing('./gone.ts') } },
};

afterAll(removeHouses);

test('a house that keeps every rule breaks none', async () => {
  expect(await brokenRules(house)).toEqual({});
});

test.each(Object.entries(violations))('what breaks %s is named by it', async (rule, { planted, beside }) => {
  expect(await brokenRules({ ...house, ...beside, ...planted })).toEqual({ [rule]: Object.keys(planted).sort() });
});

test('nouns that need each other are a circle of folders though no file is in one', async () => {
  const planted = {
    'functions/domain/offer/goal.ts': importing('#domain/treatment/creative.ts'),
    'functions/domain/treatment/creative.ts': importing('#domain/text/hash.ts'),
    'functions/domain/treatment/treatment.ts': importing('#domain/offer/offer-kind.ts'),
  };
  expect(await brokenRules({ ...house, ...planted })).toEqual({
    'no-folder-circles': ['functions/domain/offer', 'functions/domain/treatment'],
  });
});

test('every rule is seen broken', async () => {
  expect([...Object.keys(violations), 'no-folder-circles'].sort()).toEqual((await houseRules()).sort());
});
