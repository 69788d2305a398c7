const advices: readonly { readonly of: readonly string[]; readonly advice: string }[] = [
  {
    of: ['CredentialsProviderError'],
    advice:
      'No credentials were found that AWS would take: sign in (aws sso login, aws configure) and name the profile in AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  },
  {
    of: ['ExpiredToken', 'ExpiredTokenException', 'TokenProviderError', 'RequestExpired', 'UnauthorizedException'],
    advice: 'The session has ended: sign in again (aws sso login), or take new keys.',
  },
  {
    of: ['InvalidClientTokenId', 'UnrecognizedClientException', 'InvalidAccessKeyId', 'AuthFailure', 'OptInRequired'],
    advice:
      'AWS does not know these keys here: they were revoked, belong to another partition, or the account has not opted in to the region that AWS_REGION names.',
  },
  {
    of: ['SignatureDoesNotMatch', 'InvalidSignatureException', 'IncompleteSignature', 'RequestTimeTooSkewed'],
    advice: 'The secret is not that of the key, or this machine’s clock is wrong.',
  },
  {
    of: ['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationError'],
    advice: 'These credentials may not do that: docs/deploying.md says which role may what.',
  },
  {
    of: ['ENOTFOUND', 'EAI_AGAIN'],
    advice: 'There is no such address: is the region spelled right in AWS_REGION, and the network up?',
  },
];

/** What a person can do about an error of AWS's, by its name; undefined where nothing is known. */
export function awsAdvice(name: string): string | undefined {
  return advices.find(({ of }) => of.includes(name))?.advice;
}
