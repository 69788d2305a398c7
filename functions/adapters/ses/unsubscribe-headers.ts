/**
 * One-click unsubscription (RFC 8058): one HTTPS address, and the post that does it. SES signs with DKIM after it has them, both under
 * one signature, which the RFC asks for. Gmail and Yahoo ask senders of many mails for them.
 */
export function unsubscribeHeaders(url: string | undefined): { Name: string; Value: string }[] {
  if (url === undefined) return [];
  return [
    { Name: 'List-Unsubscribe', Value: `<${url}>` },
    { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
  ];
}
