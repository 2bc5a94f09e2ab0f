import { proposeConfig } from "../../config/init/propose.ts";
import { gatherFacts } from "../../config/init/facts.ts";
import { ignoreStateDir, writeConfig } from "../../config/init/write.ts";
import { configIn, workingDir } from "../../config/find.ts";
import { exitOf } from "../../core/exit.ts";
import { writeFileAtomically } from "../../workdir/atomic-file.ts";
import { flagOption, textOption, type CommandBody } from "../define.ts";
import { openHost } from "../open-host.ts";

export const init: CommandBody = async (invocation) => {
  const { world, options } = invocation;
  const dir = await workingDir({ flag: textOption(options, "chdir"), env: world.env, cwd: world.cwd });
  const proposal = proposeConfig(await gatherFacts(dir, world.env));
  const isThere = (await configIn(dir)) !== undefined;
  if (!isThere && !flagOption(options, "yes") && !(await agrees(invocation, proposal))) {
    return { exit: exitOf("not-approved", "nothing was written") };
  }
  const writing = { dir, write: writeFileAtomically };
  const file = await writeConfig(proposal, writing);
  const ignoring = await ignoreStateDir(writing);
  const text = [
    `wrote ${file}`,
    ...(ignoring.done === "added" ? [`added .faber/ to ${ignoring.file}`] : []),
    "look it through, then: faber doctor, faber preview --env=NAME",
  ];
  return {
    exit: exitOf("done", `wrote ${file}`),
    document: { file, ignored: ignoring.done },
    text: text.join("\n"),
  };
};

async function agrees(invocation: Parameters<CommandBody>[0], proposal: string): Promise<boolean> {
  const host = await openHost(invocation, invocation.redactor, []);
  try {
    host.print(proposal.split("\n"));
    const answer = await host.ask({
      id: "write-config",
      kind: "choice",
      text: "Write this as faber.yaml?",
      choices: ["y", "n"],
      defaultChoice: "n",
      unattended: {
        code: "approval-missing",
        exit: "not-approved",
        hints: ["take the proposal: faber init --yes"],
      },
    });
    return answer === "y";
  } finally {
    host.close();
  }
}
