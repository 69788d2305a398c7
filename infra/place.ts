import * as z from 'zod';

/** Number of an AWS account. */
export const AccountId = z.string().regex(/^\d{12}$/, 'An account has twelve digits, in quotes: they may begin with 0');
/** Name of an AWS region, such as eu-central-1. */
export const Region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'A region has a name such as eu-central-1');
