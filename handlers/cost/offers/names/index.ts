import type { OfferNames } from "../offer-row.ts";
import { ec2, ecs, eks, lambda } from "./compute.ts";
import { dynamodb, elasticache, rds } from "./databases.ts";
import { cloudwatch, elb, kms, sns, sqs } from "./messaging.ts";
import { s3 } from "./storage.ts";

/** What a price list's rows are called in the catalogue, by the list's offer code. */
export const offerNames: Readonly<Record<string, OfferNames>> = {
  AmazonEC2: ec2,
  AmazonRDS: rds,
  AmazonElastiCache: elasticache,
  AmazonDynamoDB: dynamodb,
  AmazonS3: s3,
  AWSLambda: lambda,
  AmazonECS: ecs,
  AmazonEKS: eks,
  AWSELB: elb,
  AWSQueueService: sqs,
  AmazonSNS: sns,
  awskms: kms,
  AmazonCloudWatch: cloudwatch,
};
