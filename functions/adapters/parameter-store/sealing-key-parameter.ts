import {
  GetParameterCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';

/**
 * Where the private half of a stage's sealing key stands, in PEM: Parameter Store, encrypted (SecureString), at no cost and under
 * permissions that no function has.
 */
export function sealingKeyParameter(client: SSMClient, name: string) {
  return {
    /** The private half; `undefined` when there is none yet. */
    async read(): Promise<string | undefined> {
      try {
        const { Parameter } = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
        return Parameter?.Value;
      } catch (error) {
        if (error instanceof ParameterNotFound) return undefined;
        throw error;
      }
    },

    /** Puts a private half there; over another one only when told to, else `kept` is the answer. */
    async put(privateHalf: string, over: 'none' | 'another'): Promise<'put' | 'kept'> {
      const Type = 'SecureString';
      try {
        await client.send(
          new PutParameterCommand({ Name: name, Value: privateHalf, Type, Overwrite: over === 'another' }),
        );
        return 'put';
      } catch (error) {
        if (error instanceof ParameterAlreadyExists) return 'kept';
        throw error;
      }
    },
  };
}
