import { supplyChain } from "../../../../../src/practices/rules/supply-chain.ts";
import { awsSource, made } from "../../../../helpers/plan-document.ts";
import { testRules } from "../../../../helpers/rule-cases.ts";

const provider = (constraint?: string) => ({
  aws: {
    name: "aws",
    full_name: awsSource,
    ...(constraint === undefined ? {} : { version_constraint: constraint }),
  },
});
const from = (source: string, version?: string) => ({
  modules: { net: { source, ...(version === undefined ? {} : { version_constraint: version }) } },
});

testRules(supplyChain, {
  "provider-unpinned": { objects: { providers: provider() }, quiet: { providers: provider("~> 5.0") } },
  "provider-without-upper-bound": {
    objects: { providers: provider(">= 5.0") },
    quiet: { providers: provider(">= 5.0, < 7.0") },
  },
  "module-unpinned": {
    objects: { ...from("terraform-aws-modules/vpc/aws"), at: "module.net" },
    quiet: from("terraform-aws-modules/vpc/aws", "5.1.0"),
  },
  "module-on-branch": {
    objects: from("git::https://example.com/net.git?ref=main"),
    quiet: from("git::https://example.com/net.git?ref=v1.2.0"),
  },
  "module-over-plain-http": {
    objects: { ...from("git::http://somebody:token@example.com/net.git?ref=v1"), says: /^(?!.*token)/ },
    quiet: from("git::https://example.com/net.git?ref=v1"),
  },
  provisioner: {
    objects: { address: "aws_instance.a", provisioners: ["local-exec"], wrote: {} },
    quiet: made("aws_instance.a"),
  },
});
