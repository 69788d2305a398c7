import type { WaitingPresentation } from '#domain/propensity/waiting-presentation.ts';
import type { WaitingPresentations } from '#ports/waiting-presentations.ts';

/** Waiting presentations in memory. */
export class MemoryWaitingPresentations implements WaitingPresentations {
  readonly held = new Set<WaitingPresentation>();

  async hold(presentations: readonly WaitingPresentation[]): Promise<void> {
    for (const each of presentations) this.held.add(each);
  }

  async releaseDue(
    nowMs: number,
    release: (presentations: readonly WaitingPresentation[]) => Promise<void>,
  ): Promise<void> {
    const due = [...this.held].filter(({ dueAt }) => Date.parse(dueAt) <= nowMs);
    if (due.length === 0) return;
    await release(due);
    for (const each of due) this.held.delete(each);
  }
}
