/** What a run has borrowed (a lock, a folder, a terminal), given back last first. */
export class Borrowed {
  readonly #debts: (() => Promise<void>)[] = [];

  owe(giveBack: () => Promise<void>): void {
    this.#debts.push(giveBack);
  }

  /** Gives everything back, even when some of it fails; the first failure is thrown at the end. */
  async giveBack(): Promise<void> {
    const failures: unknown[] = [];
    for (let debt = this.#debts.pop(); debt; debt = this.#debts.pop()) {
      await debt().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }
}
