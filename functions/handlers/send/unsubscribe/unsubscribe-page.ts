/** The page that a link of a mail leads to: it asks, and after the POST it says that it is done. It names nobody. */
export function unsubscribePage(state: 'asks' | 'done'): string {
  const main =
    state === 'asks'
      ? '<h1>No more of these mails?</h1><form method="post"><button>Unsubscribe</button></form>'
      : '<h1>You are unsubscribed</h1><p>Mails that are on their way may still arrive.</p>';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>Unsubscribe</title><style>body{font:1rem/1.5 sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem}</style></head><body><main>${main}</main></body></html>`;
}
