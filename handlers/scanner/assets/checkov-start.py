"""Starts the Checkov of the interpreter that runs this file, as its own command does, only sooner.

Most of a scan's time is spent importing Checkov, and a good part of that in the cyclic garbage collector, which
finds nothing there. It is off until the imports are done; what they made is then taken out of its sight.

FABER_PLAN=stdin: the path of a plan as JSON comes as a line on standard input once it is made, or an empty line
when there will be none. It is scanned together with the folder, by the same process.
FABER_IGNORE_SKIPS=1: comments in the source that switch rules off are not listened to.
"""

import gc
import os
import re
import sys
import warnings

gc.disable()
with warnings.catch_warnings():
    warnings.simplefilter("ignore", category=SyntaxWarning)
    if os.environ.get("FABER_IGNORE_SKIPS") == "1":
        # Before anything imports the name.
        from checkov.common.comment import enum as comments

        if not hasattr(comments, "COMMENT_REGEX"):
            sys.exit("error: this Checkov cannot be told to ignore inline skips")
        # The groups are kept, and it never matches.
        comments.COMMENT_REGEX = re.compile(r"(?!)(x)(x)?(x)?")
    from checkov.main import Checkov


def add_plan(path):
    from checkov.common.output.report import Report
    from checkov.terraform.plan_runner import Runner

    run = Runner.run

    def run_file(self, root_folder=None, *args, **kwargs):
        try:
            # Given a folder, it would read every JSON file below it as well.
            return run(self, None, *args, **kwargs)
        except Exception as error:
            # Checkov waits forever for a part of it that raised.
            print(f"plan: {type(error).__name__}: {error}", file=sys.stderr)
            report = Report(self.check_type)
            report.add_parsing_errors([path])
            return report

    get_dict = Report.get_dict

    def get_dict_with_skips(self, *args, **kwargs):
        # The plan has no comments: what the source's switch off must be known to be left out of it too.
        told = get_dict(self, *args, **kwargs)
        if isinstance(told, dict) and isinstance(told.get("results"), dict):
            told["results"]["skipped_checks"] = [
                {"check_id": check.check_id, "resource": check.resource} for check in self.skipped_checks
            ]
        return told

    Runner.run = run_file
    Report.get_dict = get_dict_with_skips
    place = sys.argv.index("--framework=terraform")
    sys.argv[place : place + 1] = ["--framework", "terraform", "terraform_plan", f"--file={path}"]


gc.freeze()
gc.enable()

if __name__ == "__main__":
    if os.environ.get("FABER_PLAN") == "stdin":
        plan = sys.stdin.readline().strip()
        if plan:
            add_plan(plan)
    sys.exit(Checkov(sys.argv[1:]).run())
