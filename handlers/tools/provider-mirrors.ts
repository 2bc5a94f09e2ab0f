import { stat } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { FaberError } from "../../src/core/error.ts";
import { readMirror, type MirroredProvider } from "./mirror-layout.ts";
import { impliedPlaces, optionalSoftwarePlaces } from "./mirror-places.ts";
import { goPlatform } from "./release-platform.ts";

/** A folder that Terraform can install providers from without a network. */
export interface ProviderMirror {
  readonly path: string;
  /** `configured`: named in the settings; `project`: beside the root; `implied`: one of Terraform's own places; `found`: by looking. */
  readonly origin: "configured" | "project" | "implied" | "found";
  /** Those with a version for this platform. */
  readonly providers: readonly MirroredProvider[];
}

export interface MirrorSearch {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly home: string;
  readonly platform: string;
  readonly arch: string;
  /** Absolute folder named by FABER_PROVIDER_MIRROR or the settings: must be a mirror, and is asked first. */
  readonly configured?: string;
  /** Absolute folder of the Terraform root, for its own `terraform.d/plugins`. */
  readonly root?: string;
  /** Folders whose children are looked at; the usual places of optional software when absent. */
  readonly prefixes?: readonly string[];
}

/** Every mirror in the usual places, the one with the first say first; some thirty folders are listed, none deeply. */
export async function findProviderMirrors(search: MirrorSearch): Promise<readonly ProviderMirror[]> {
  const configured =
    search.configured === undefined || search.configured === ""
      ? []
      : [await configuredMirror(search, search.configured)];
  const places = [
    ...impliedPlaces(search),
    ...(await optionalSoftwarePlaces(search.prefixes ?? ["/opt", "/usr/local"])),
  ];
  const others = await Promise.all(
    places.map(async (place) => ({ ...place, providers: await providersIn(place.path, search) })),
  );
  const seen = new Set(configured.map((mirror) => mirror.path));
  const found = others.filter(({ path, providers }) => {
    if (providers.length === 0 || seen.has(path)) return false;
    seen.add(path);
    return true;
  });
  return [...configured, ...found];
}

async function configuredMirror(search: MirrorSearch, path: string): Promise<ProviderMirror> {
  const refuse = (code: string, message: string): never => {
    throw new FaberError({
      code,
      exit: "wrong-usage",
      message,
      hints: [
        "name a folder laid out HOST/NAMESPACE/TYPE/VERSION/OS_ARCH, as `terraform providers mirror DIR` makes it",
        "or remove provider_mirror and FABER_PROVIDER_MIRROR to use the registry",
      ],
    });
  };
  const folder = isAbsolute(path) ? await stat(path).catch(() => undefined) : undefined;
  if (!folder?.isDirectory())
    return refuse("provider-mirror-missing", `the provider mirror ${path} is not an existing folder`);
  const providers = await providersIn(path, search);
  if (providers.length > 0) return { path, origin: "configured", providers };
  const { os, arch } = goPlatform(search.platform, search.arch);
  return refuse("provider-mirror-empty", `the provider mirror ${path} holds no provider for ${os}_${arch}`);
}

async function providersIn(path: string, search: MirrorSearch): Promise<readonly MirroredProvider[]> {
  const { os, arch } = goPlatform(search.platform, search.arch);
  return readMirror(path, `${os}_${arch}`);
}
