/** The settings with the overrides over them. An override that nobody gave is undefined, and leaves its setting as it is. */
export function layOver<Settings extends object>(
  settings: Settings,
  overrides: Readonly<Record<string, unknown>>,
): Settings & Readonly<Record<string, unknown>> {
  const given = Object.entries(overrides).filter(([, value]) => value !== undefined);
  return { ...settings, ...Object.fromEntries(given) };
}
