import { consentBlock } from '#domain/consent/consent-block.ts';
import { consentsIn } from '#domain/profile/consents.ts';
import type { PersonaState } from '#domain/profile/persona-state.ts';
import { type AuditedRun, type Finding, findingsOf } from './audited-run.ts';
import { messagesByPersona } from './messages-by-persona.ts';

const mail = { purpose: 'marketing', channel: 'email', direction: 'outbound', kind: 'standard' } as const;

/**
 * Whoever unsubscribed gets no mail, whatever came before, after and late. Only for runs in which nobody says an explicit yes
 * after a no.
 */
export async function auditConsents(run: AuditedRun, live: ReadonlyMap<string, PersonaState>): Promise<Finding[]> {
  const noes = run.sent.filter(({ message, answer }) => answer === 'accepted' && message.event === 'Unsubscribed');
  const written = [...(await messagesByPersona(run, noes))].flatMap(([personaId, [first]]) => {
    const state = live.get(personaId);
    const block = state && consentBlock(consentsIn(state), mail);
    return block?.reason === 'consent_refused' ? [] : [`${first?.userId}: ${block?.detail ?? 'may be written to'}`];
  });
  return findingsOf('consents', 'unsubscribed and not refused', written);
}
