import { App } from "cdktf";
import { OrdersStack } from "./parts/stack.ts";

const app = new App();
new OrdersStack(app, "orders", { home: import.meta.dirname });
app.synth();
