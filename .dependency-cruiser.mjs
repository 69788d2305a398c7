/** Which way imports may point; `npx depcruise functions infra scripts tests` checks it. */
const folder = (...names) => `^(${names.join('|')})`;
const outside = '^(functions|infra|scripts|tests|workflows)/';

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    forbid(
      'no-circles',
      'Files that need each other are one file or hide a third; circles of types alone are gone at run time.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid(
      'no-orphans',
      'Nothing imports it and it imports nothing: delete it or use it.',
      { orphan: true, pathNot: '\\.d\\.ts$' },
      {},
    ),
    forbid(
      'domain-stays-pure',
      'The domain imports the domain, zod and small pure libraries; no clock, network, environment or AWS.',
      { path: folder('functions/domain/') },
      {
        pathNot: [
          '^functions/domain/',
          'node_modules/zod/',
          'node_modules/@marcbachmann/cel-js/',
          'node_modules/libphonenumber-js/',
          '^node:(crypto|zlib|url)$',
          '^(crypto|zlib|url)$',
        ],
      },
    ),
    forbid(
      'kinds-compile-no-rules',
      'Who lists the kinds of catalogue items would carry the CEL parser; rules are checked by the catalogue.',
      { path: '^functions/domain/.*-kind\\.ts$' },
      { path: folder('functions/domain/rule/'), reachable: true },
    ),
    forbid(
      'ports-know-the-domain-only',
      'Ports say what the domain needs of the world, in its words.',
      { path: '^functions/ports\\.ts$' },
      { path: outside, pathNot: folder('functions/domain/') },
    ),
    forbid(
      'adapters-implement-ports',
      'Adapters know ports, the domain and what is shared; never a handler or the cloud that runs them.',
      { path: folder('functions/adapters/') },
      { path: outside, pathNot: folder('functions/(domain|adapters|shared)/', 'functions/ports\\.ts') },
    ),
    forbid(
      'handlers-stand-alone',
      'A handler is a bundle of its own: it imports no other handler and nothing outside functions/.',
      { path: '^functions/handlers/([^/]+)/' },
      {
        path: outside,
        pathNot: folder(
          'functions/(domain|adapters|shared|use-cases)/',
          'functions/ports\\.ts',
          'functions/handlers/$1/',
        ),
      },
    ),
    forbid(
      'shared-is-below-handlers',
      'What handlers share knows none of them.',
      { path: folder('functions/shared/') },
      { path: folder('functions/(handlers|adapters)/', 'infra/', 'scripts/', 'tests/') },
    ),
    forbid(
      'use-cases-ask-ports',
      'A use case says in which order ports are asked; which adapters they are is for the handler to say.',
      { path: folder('functions/use-cases/') },
      { path: outside, pathNot: folder('functions/(domain|shared|use-cases)/', 'functions/ports\\.ts') },
    ),
    forbid(
      'cloud-knows-contracts-only',
      'The app reads the domain’s contracts and workflows; it runs no handler, adapter or script.',
      { path: folder('infra/'), pathNot: folder('infra/local/') },
      { path: folder('functions/(handlers|adapters|shared|use-cases)/', 'scripts/', 'tests/', 'infra/local/') },
    ),
    forbid(
      'local-cloud-knows-no-code',
      'The local cloud runs the template and its bundles, as AWS does: it imports none of their sources.',
      // Seeding does what `npm run credentials` does.
      { path: folder('infra/local/'), pathNot: '^infra/local/seed-credentials\\.ts$' },
      { path: folder('functions/', 'infra/(stacks|constructs)/', 'tests/') },
    ),
    forbid(
      'code-does-not-need-tests',
      'Tests and their support are imported by tests, of which the simulation is one that runs by command.',
      { pathNot: folder('tests/', 'scripts/simulate') },
      { path: folder('tests/') },
    ),
    forbid('resolves', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    builtInModules: { add: ['node:sqlite'] },
  },
};
