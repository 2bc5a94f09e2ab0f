import { startEmulator } from "./handlers/hosting/emulator/control.ts";
import { placeAt } from "./tests/integration/hosting/setting.ts";
console.log(await startEmulator(placeAt(4726, "/tmp/tfx/state")));
