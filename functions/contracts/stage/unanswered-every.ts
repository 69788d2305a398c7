import { dueStepMinutes } from '#domain/propensity/answer-due.ts';

/** How often somebody looks which presentations are unanswered still. */
export const unansweredEveryMinutes = dueStepMinutes;
