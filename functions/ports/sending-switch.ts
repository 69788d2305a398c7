/** Whether all sending is stopped, since when, and who threw the switch. */
export interface SendingState {
  readonly stopped: boolean;
  /** ISO 8601; absent when it was never thrown. */
  readonly changedAt?: string;
  /** Id of the credential. */
  readonly changedBy?: string;
}

/** The one switch that stops all sending. Who sends asks it no longer than 2 seconds before each message. */
export interface SendingSwitch {
  read(): Promise<SendingState>;
  set(state: SendingState): Promise<void>;
}
