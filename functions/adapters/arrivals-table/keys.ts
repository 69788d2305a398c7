/**
 * The key design of the table of arrivals: its one key is called `message`.
 *
 * | key                      | item                                                       |
 * |--------------------------|------------------------------------------------------------|
 * | `<a hash>`               | when a message arrived first                               |
 * | `sent#<credential>#<day>` | what a credential sent on a day: no message's key is alike |
 */
export const messageKey = (hash: string) => ({ message: { S: hash } });

export const sentKey = (credentialId: string, day: string) => ({ message: { S: `sent#${credentialId}#${day}` } });
