/** Whether an environment is protected by its name, whatever the settings say. */
export function isAlwaysProtected(environment: string): boolean {
  return /^prod(?:uction)?$/i.test(environment);
}
