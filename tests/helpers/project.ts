import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll } from "vitest";
import { packageRoot } from "../../src/workdir/package-root.ts";

const repository = packageRoot(import.meta.url);

/** A folder of one test, with a Terraform root in it. */
export interface Project {
  readonly dir: string;
  readonly path: (...parts: readonly string[]) => string;
  readonly write: (files: Readonly<Record<string, string>>) => Promise<void>;
  readonly read: (name: string) => Promise<string>;
  readonly has: (name: string) => boolean;
  /** Every file below a folder (the whole project by default) with its mode, by relative path. */
  readonly files: (below?: string) => Promise<ReadonlyMap<string, number>>;
}

const made: string[] = [];

afterAll(async () => {
  for (const dir of made) await rm(dir, { recursive: true, force: true, maxRetries: 5 });
});

/** A folder that is gone when the test file has ended. */
export async function temporaryFolder(): Promise<string> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), "faber-e2e-")));
  made.push(dir);
  return dir;
}

/** A copy of `tests/fixtures/tf/NAME` in a folder called `shop`, which becomes the project's name. */
export async function projectFrom(
  fixture: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Project> {
  return copyOf(join(repository, "tests/fixtures/tf", fixture), files);
}

/** A copy of one of the stacks that ship with faber. */
export async function projectFromStack(
  stack: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Project> {
  return copyOf(join(repository, "stacks", stack), files);
}

async function copyOf(source: string, files: Readonly<Record<string, string>>): Promise<Project> {
  const dir = join(await temporaryFolder(), "shop");
  // Somebody may have worked in the stack itself: what tools leave behind is not part of it.
  await cp(source, dir, {
    recursive: true,
    filter: (path) => !/\.terraform|\.faber|tfstate|node_modules|cdktf\.out/.test(relative(source, path)),
  });
  const project = projectIn(dir);
  await project.write(files);
  return project;
}

function projectIn(dir: string): Project {
  return {
    dir,
    path: (...parts) => join(dir, ...parts),
    write: async (files) => {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(dir, name)), { recursive: true });
        await writeFile(join(dir, name), text);
      }
    },
    read: (name) => readFile(join(dir, name), "utf8"),
    has: (name) => existsSync(join(dir, name)),
    files: (below = ".") => filesBelow(dir, join(dir, below)),
  };
}

async function filesBelow(base: string, dir: string): Promise<ReadonlyMap<string, number>> {
  if (!existsSync(dir)) return new Map();
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const modes = await Promise.all(
    files.map(async (file) => [relative(base, file), (await stat(file)).mode & 0o777] as const),
  );
  return new Map(modes);
}

/** The only file below `.faber/runs` with this name, or the newest of several. */
export async function newestRunFile(project: Project, name: string): Promise<string> {
  const runs = (await readdir(project.path(".faber/runs"))).sort();
  return project.read(join(".faber/runs", runs.at(-1) ?? "none", name));
}
