import * as z from 'zod';

const column = z.object({ Name: z.string(), Type: z.string().optional(), Comment: z.string().optional() });

const storageDescriptor = z.object({
  Columns: z.array(column).optional(),
  Location: z.string().optional(),
  InputFormat: z.string().optional(),
  OutputFormat: z.string().optional(),
  Compressed: z.boolean().optional(),
  NumberOfBuckets: z.number().optional(),
  StoredAsSubDirectories: z.boolean().optional(),
  SerdeInfo: z
    .object({
      Name: z.string().optional(),
      SerializationLibrary: z.string().optional(),
      Parameters: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  Parameters: z.record(z.string(), z.string()).optional(),
});

/** A table or view as Glue's API and CloudFormation write it (`TableInput`). */
export const TableInput = z.object({
  Name: z.string().toLowerCase(),
  Description: z.string().optional(),
  Owner: z.string().optional(),
  Retention: z.number().optional(),
  TableType: z.string().optional(),
  Parameters: z.record(z.string(), z.coerce.string()).optional(),
  PartitionKeys: z.array(column).optional(),
  StorageDescriptor: storageDescriptor.optional(),
  ViewOriginalText: z.string().optional(),
  ViewExpandedText: z.string().optional(),
});
export type TableInput = z.infer<typeof TableInput>;

/** A database as Glue's API and CloudFormation write it (`DatabaseInput`). */
export const databaseInput = z.object({
  Name: z.string().toLowerCase().optional(),
  Description: z.string().optional(),
  LocationUri: z.string().optional(),
  Parameters: z.record(z.string(), z.string()).optional(),
});
