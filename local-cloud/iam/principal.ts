/** Who makes a call. `root` is the developer at the keyboard: an outside SDK with the printed access key. */
export type Principal =
  | { readonly kind: 'root' }
  | { readonly kind: 'role'; readonly roleArn: string }
  | { readonly kind: 'service'; readonly service: string; readonly sourceArn: string };
