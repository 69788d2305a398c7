/** An allocation cannot be made of what was given: the message says where and why, for the person who gave it. */
export class AllocationProblemError extends Error {}
