import type { Reporter, TestModule } from "vitest/node";

/** A vitest reporter that says of each skipped test why it was skipped. */
export default class SkipReasons implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const module of modules) {
      for (const test of module.children.allTests("skipped")) {
        const result = test.result();
        const note = result.state === "skipped" ? result.note : undefined;
        console.error(`skipped: ${module.relativeModuleId} > ${test.fullName}: ${note ?? "no reason given"}`);
      }
    }
  }
}
