import { hoursPerMonth, priced } from "../../component.ts";
import type { CostMapping } from "../../contract.ts";
import { metered, present } from "./lines.ts";

export const transferServer: CostMapping = {
  types: ["aws_transfer_server"],
  price(resource, prices, usage) {
    const bill = { table: "aws_transfer_server", prices, usage };
    const value = resource.value("protocols");
    const listed = Array.isArray(value) ? value.map(String).sort() : [];
    const protocols = listed.length > 0 ? listed : ["SFTP"];
    return priced([
      ...protocols.map((name) =>
        present(bill, { name: `${name} protocol enabled`, unit: "hours", quantity: hoursPerMonth }),
      ),
      metered(bill, { name: "Data downloaded", unit: "GB", path: "monthly_data_downloaded_gb" }),
      metered(bill, { name: "Data uploaded", unit: "GB", path: "monthly_data_uploaded_gb" }),
    ]);
  },
};
