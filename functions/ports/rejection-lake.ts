/** Events that were refused: several alike of one request are told once. */
export interface RejectedEvents {
  readonly rejectionId: string;
  /** When they arrived, in epoch milliseconds. */
  readonly at: number;
  readonly touchpoint: string;
  readonly reason: string;
  /** Where in the event the fault is; empty for the whole event. */
  readonly path: string;
  readonly detail: string;
  readonly type?: string;
  readonly messageId?: string;
  readonly events: number;
}

/** Which of them are asked for. */
export interface RejectionsAsked {
  /** Those that arrived from this moment on … */
  readonly fromMs: number;
  /** … and before this place: older than its time, or as old with a smaller id. */
  readonly before: { readonly at: number; readonly messageId: string };
  readonly reason?: string | undefined;
  readonly touchpoint?: string | undefined;
  readonly limit: number;
}

/** What the lake knows of refused events; what they said is sealed. */
export interface RejectionLake {
  /** The latest first. Throws {@link LakeQueryError}. */
  rejections(asked: RejectionsAsked): Promise<readonly RejectedEvents[]>;
}
