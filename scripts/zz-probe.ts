export const a = { x: 1 } as const;
export const b = JSON.parse('1') as string;
export const c = <number>JSON.parse('1');
export const d = JSON.parse('1') as unknown as 'const';
