import type { Environment } from "../../../src/core/environment.ts";
import type { Surroundings } from "../ambient.ts";
import type { CredentialSource } from "../client-config.ts";
import { credentialSource } from "../shared-config.ts";

/** What the permission manager takes from the environment that a session is for. */
export interface PermissionSetting {
  readonly project: string;
  readonly stateDir: string;
  /** In a protected environment nothing is ever granted. */
  readonly protected: boolean;
  /** `grantor.profile` of the environment, in the caller's AWS files; credentials come from nowhere else. */
  readonly grantor?: { readonly profile: string; readonly credentials: () => Promise<CredentialSource> };
}

/** `checkKey` throws for an access key that must not be used with this hosting. */
export function permissionSetting(
  environment: Environment,
  env: Surroundings,
  checkKey: (accessKeyId: string) => void,
): PermissionSetting {
  const { project, stateDir, grantorProfile: profile, protected: isProtected } = environment;
  const setting = { project, stateDir, protected: isProtected };
  if (profile === undefined) return setting;
  const credentials = async (): Promise<CredentialSource> => {
    const source = await credentialSource(env, profile);
    return async () => {
      const found = await source();
      checkKey(found.accessKeyId);
      return found;
    };
  };
  return { ...setting, grantor: { profile, credentials } };
}
