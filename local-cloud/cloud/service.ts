import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Principal } from '#local-cloud/iam/principal.ts';
import type { BillingRule } from '#local-cloud/metering/usage.ts';

/** One AWS API call, whoever made it: a function over HTTP, an outside SDK, or one local service acting for another. */
export interface Call {
  readonly principal: Principal;
  /** IAM prefix of the service: `dynamodb`, `s3`, `events`, `sqs`, `firehose`, `glue`, `athena`, `lambda`, `secretsmanager`, `ssm`. */
  readonly service: string;
  /** Name of the API operation: `PutItem`. */
  readonly operation: string;
  /** The operation's input as the JSON of the service's API model (blobs as `Uint8Array` in process, base64 strings on the wire). */
  readonly input: Readonly<Record<string, unknown>>;
  /** Set when a fault makes a queue hand out its messages in another order. */
  readonly shuffle?: Shuffle;
}

/** Puts elements in another order. */
export type Shuffle = <Element>(elements: readonly Element[]) => Element[];

/** What one permission check needs: an IAM action on ARNs. */
export interface Permission {
  readonly action: string;
  readonly resources: readonly string[];
}

/** One API operation that the local cloud answers. */
export interface Operation {
  /** Permissions the caller must hold. An empty list means any known principal may call. */
  permissions(input: Readonly<Record<string, unknown>>): readonly Permission[];
  run(input: Readonly<Record<string, unknown>>, call: Call): Promise<unknown>;
}

/** What a template resource becomes. `ref` answers Ref, `attributes` answer Fn::GetAtt. */
export interface Resource {
  readonly ref: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface ResourceContext {
  readonly logicalId: string;
  readonly stackName: string;
  readonly region: string;
  readonly account: string;
  /** Folder of the cloud assembly, where assets (function bundles) are. */
  readonly assemblyDirectory: string;
  /** A stable physical name, like CloudFormation's, for a resource without one. */
  physicalName(maxLength?: number): string;
}

/** Makes resources of one CloudFormation type. */
export interface ResourceProvider {
  /**
   * Dotted paths of the properties it honours or can safely ignore (`VersioningConfiguration`, `SSESpecification.*`).
   * A property that is not covered is refused by name when the cloud starts.
   */
  readonly properties: readonly string[];
  create(properties: Readonly<Record<string, unknown>>, context: ResourceContext): Promise<Resource>;
}

/** How a service's calls come over the wire, and how its errors go back. */
export type Wire =
  /** A POST with the operation in `X-Amz-Target`, behind this prefix (`DynamoDB_20120810`); errors are `__type` and message. */
  | { readonly protocol: 'json'; readonly target: string }
  /** The service reads requests that are signed for it itself, and has a form of its own for errors. */
  | {
      readonly protocol: 'rest';
      answer(request: IncomingMessage, response: ServerResponse, principal: Principal): Promise<void>;
      refuse(response: ServerResponse, error: unknown): void;
    };

/** One AWS service on this machine. */
export interface Service {
  /** IAM prefix, also the credential scope of signed requests. */
  readonly name: string;
  /** Absent when nobody calls it over the wire. */
  readonly wire?: Wire;
  /** What AWS bills for a call; absent when calls are free, or are metered where they run. */
  readonly bills?: BillingRule;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly resources: Readonly<Record<string, ResourceProvider>>;
  /** Called when every resource of the template exists. */
  start?(): Promise<void>;
  /**
   * Pushes out what waits for a timer only (buffers, batching windows) and resolves to true if it did anything.
   * `settle` calls it on all services until none has anything left and no work is in flight.
   */
  flush?(): Promise<boolean>;
  /** Called after the clock moved, with the new time in epoch milliseconds. */
  clockMoved?(nowMs: number): Promise<void>;
  stop?(): Promise<void>;
}

/** An error that a service's API model knows; it crosses the wire as `__type` + message with this status. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: string;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;
  constructor(code: string, message: string, status = 400, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** What every service is built with. */
export interface CloudContext {
  readonly region: string;
  readonly account: string;
  /** Where durable state lives; a fresh temporary folder when the user names none. */
  readonly stateDirectory: string;
  readonly clock: Clock;
  readonly activity: Activity;
  /** The one place every call passes: authorises, injects faults, runs and meters. */
  call(
    principal: Principal,
    service: string,
    operation: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<unknown>;
  /** The principal of an IAM role in the template, for services that act in a role (Firehose, event source mappings). */
  roleOf(roleArn: string): Principal;
  /** The principal of an AWS service, allowed by resource policies (`events.amazonaws.com` sending to a queue). */
  servicePrincipal(name: string, sourceArn: string): Principal;
}

/** Injected, movable time. */
export interface Clock {
  now(): number;
}

/** Counts work in flight, so that `settle` knows when nothing is left. */
export interface Activity {
  /** Runs the work and counts it until it ends. Never rejects the count; passes the result or error on. */
  track<T>(work: () => Promise<T>): Promise<T>;
  readonly inFlight: number;
}
