/** Sort keys of the items of which the tables' streams tell: whole, or what they begin with. The rest of a table is filtered out. */
export const toldSorts = {
  customers: { personaPrefix: 'persona#', cluster: 'cluster', segments: 'segments' },
  decisions: { decisionPrefix: 'decision' },
  campaigns: { contactPrefix: 'contact#', run: 'run' },
} as const;
