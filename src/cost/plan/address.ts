/** A step of an address or a reference: `aws_subnet`, `a["x"]`, `b[0]`. */
export interface Step {
  readonly name: string;
  /** What stands in the brackets, as it is written: `0`, `"x"`. */
  readonly key?: string;
}

const stepPattern = /([^.[\]]+)((?:\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\])*)/g;

/** Cuts an address at its dots, but not inside of brackets: a `for_each` key may hold anything. */
export function stepsOf(address: string): readonly Step[] {
  return [...address.matchAll(stepPattern)].map(([, name = "", brackets = ""]) => {
    const key = brackets === "" ? undefined : brackets.slice(1, -1);
    return { name, ...(key !== undefined && { key }) };
  });
}

/** `module.a["x"].module.b` as its calls; nothing for the root. */
export function moduleSteps(address: string): readonly Step[] {
  return stepsOf(address).filter((_, at) => at % 2 === 1);
}

/** The address of a module instance: the opposite of `moduleSteps`. */
export function moduleAddress(steps: readonly Step[]): string {
  return steps.map(({ name, key }) => `module.${name}${key === undefined ? "" : `[${key}]`}`).join(".");
}

/** An instance's key as it is written in an address. */
export function writtenKey(index: unknown): string | undefined {
  return index === undefined || index === null ? undefined : JSON.stringify(index);
}
