import { objectAt } from "../../../src/core/json.ts";
import { pathOf } from "../existence/rest-api.ts";
import { broken, degraded, down, healthy, type HealthReader } from "./reader.ts";

/** https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DescribeDomain.html */
export const searchDomains: HealthReader = {
  types: ["aws_opensearch_domain", "aws_elasticsearch_domain"],
  call: "es:DescribeDomain",
  read: async ({ desk, of }) => {
    const said = await desk.rest("es")(pathOf("/2021-01-01/opensearch/domain/{domain_name}", of));
    const { Created, Deleted, Processing } = objectAt(said["DomainStatus"]);
    if (Deleted === true) return broken("it is being deleted");
    if (Created !== true) return down("it is being created");
    return Processing === true ? degraded("a change of it goes on") : healthy("created, nothing in progress");
  },
};
