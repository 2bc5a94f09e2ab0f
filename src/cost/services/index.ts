import type { CostMapping } from "../contract.ts";
import { mqBroker, mskCluster, redshiftCluster } from "./analytics.ts";
import {
  docdbCluster,
  docdbInstance,
  neptuneCluster,
  neptuneInstance,
  neptuneSnapshot,
} from "./document-databases.ts";
import { dynamodbTable } from "./dynamodb-table.ts";
import { ebsVolume } from "./ebs-volume.ts";
import { autoscalingGroup } from "./ec2-group.ts";
import { ec2Instance } from "./ec2-instance.ts";
import { ebsSnapshot, ebsSnapshotCopy, ec2Host, elasticIp } from "./ec2-other.ts";
import { ecsService } from "./ecs-service.ts";
import { eksCluster, eksFargateProfile, eksNodeGroup } from "./eks.ts";
import { elasticacheCluster, elasticacheReplicationGroup } from "./elasticache.ts";
import { efsFileSystem, fsxLustre, fsxOpenZfs, fsxWindows } from "./file-systems.ts";
import { lambdaConcurrency, lambdaFunction } from "./lambda.ts";
import { otherServices } from "./other/index.ts";
import { rdsCluster, rdsClusterInstance } from "./rds-cluster.ts";
import { dbInstance } from "./rds-instance.ts";
import { searchDomain } from "./search-domain.ts";
import { directory, dmsReplicationInstance, lightsailInstance } from "./small-machines.ts";

/** Every mapping, one for each family of resource types. */
export const services: readonly CostMapping[] = [
  autoscalingGroup,
  dbInstance,
  directory,
  dmsReplicationInstance,
  docdbCluster,
  docdbInstance,
  dynamodbTable,
  ebsSnapshot,
  ebsSnapshotCopy,
  ebsVolume,
  ec2Host,
  ec2Instance,
  ecsService,
  efsFileSystem,
  eksCluster,
  eksFargateProfile,
  eksNodeGroup,
  elasticIp,
  elasticacheCluster,
  elasticacheReplicationGroup,
  fsxLustre,
  fsxOpenZfs,
  fsxWindows,
  lambdaConcurrency,
  lambdaFunction,
  lightsailInstance,
  mqBroker,
  mskCluster,
  neptuneCluster,
  neptuneInstance,
  neptuneSnapshot,
  rdsCluster,
  rdsClusterInstance,
  redshiftCluster,
  searchDomain,
  ...otherServices,
];
