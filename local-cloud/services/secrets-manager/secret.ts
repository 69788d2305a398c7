/** A secret of the template. */
export interface Secret {
  readonly arn: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly value: string;
  readonly createdMs: number;
  readonly versionId: string;
}
