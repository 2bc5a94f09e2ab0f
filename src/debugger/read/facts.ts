import { accessIn, type Access } from "./access.ts";
import { codeIn, httpStatusIn } from "./code.ts";
import type { Fragment } from "./fragment.ts";
import { callIn, hostIn, type Call } from "./operation.ts";
import { recognise, type Recognised } from "./recognise.ts";

/** Everything that is read out of one fragment, before it is judged. */
export interface Facts {
  readonly fragment: Fragment;
  /** The fragment's text in lower case. */
  readonly flat: string;
  readonly code?: string;
  readonly httpStatus?: number;
  readonly access: Access;
  readonly call: Call;
  readonly host?: string;
  readonly recognised: Recognised;
}

export function factsOf(fragment: Fragment): Facts {
  const { text } = fragment;
  const flat = text.toLowerCase();
  const code = fragment.code ?? codeIn(text);
  const httpStatus = fragment.httpStatus ?? httpStatusIn(text);
  const access = accessIn(code === undefined ? text : `${code}: ${text}`);
  const host = hostIn(text);
  return {
    fragment,
    flat,
    access,
    call: callIn(text),
    recognised: recognise(fragment, flat, code),
    ...(code === undefined ? {} : { code }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(host === undefined ? {} : { host }),
  };
}

/** What is known by its words was caused by a denial that names its action: the denial is what must be mended. */
export function isDeniedWithin({ recognised, access }: Facts): boolean {
  if (access.action === undefined) return false;
  return recognised.problem?.category !== "permission" || recognised.problem.vague === true;
}
