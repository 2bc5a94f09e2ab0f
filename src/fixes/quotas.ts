/** A quota as Service Quotas names it, and the failures that tell of it. */
export interface KnownQuota {
  readonly service: string;
  readonly code: string;
  readonly sign: RegExp;
}

/** Codes: https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html, each service's page. */
export const knownQuotas: readonly KnownQuota[] = [
  { service: "vpc", code: "L-F678F1CE", sign: /VpcLimitExceeded/ },
  { service: "vpc", code: "L-A4707A72", sign: /InternetGatewayLimitExceeded/ },
  { service: "vpc", code: "L-FE5A380F", sign: /NatGatewayLimitExceeded/ },
  { service: "vpc", code: "L-407747CB", sign: /SubnetLimitExceeded/ },
  { service: "vpc", code: "L-E79EC296", sign: /SecurityGroupLimitExceeded/ },
  { service: "vpc", code: "L-0EA8095F", sign: /RulesPerSecurityGroupLimitExceeded/ },
  { service: "vpc", code: "L-589F43AA", sign: /RouteTableLimitExceeded/ },
  { service: "vpc", code: "L-DF5E4CA3", sign: /NetworkInterfaceLimitExceeded/ },
  { service: "ec2", code: "L-0263D0A3", sign: /AddressLimitExceeded/ },
  { service: "ec2", code: "L-1216C47A", sign: /VcpuLimitExceeded/ },
  {
    service: "iam",
    code: "L-FE177D64",
    sign: /LimitExceeded.*RolesPerAccount|RolesPerAccount.*LimitExceeded/,
  },
  { service: "s3", code: "L-DC2B2D3D", sign: /TooManyBuckets/ },
  { service: "rds", code: "L-7B6409FD", sign: /InstanceQuotaExceeded/ },
  { service: "lambda", code: "L-B99A9384", sign: /ReservedConcurrentExecutions.*(?:minimum|below|exceed)/ },
  { service: "cloudformation", code: "L-0485CB21", sign: /LimitExceededException.*stacks/i },
  { service: "elasticloadbalancing", code: "L-53DA6B97", sign: /TooManyLoadBalancers/ },
  { service: "elasticloadbalancing", code: "L-B22855CB", sign: /TooManyTargetGroups/ },
  { service: "ecs", code: "L-21C621EB", sign: /LimitExceeded.*clusters/i },
];
