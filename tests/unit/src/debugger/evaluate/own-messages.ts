import type { CorpusRow } from "../../../../../src/debugger/evaluate/corpus.ts";

/** `group | category[,also…] | code | action` above a message; messages of our own, in shapes that documentation shows. */
const messages: readonly (readonly [label: string, text: string])[] = [
  [
    "lock-held | state |ConditionalCheckFailedException|",
    `╷
│ Error: Error acquiring the state lock
│
│ Error message: ConditionalCheckFailedException: The conditional request failed
│ Lock Info:
│   ID:        0aa1bb2c-33dd-44ee-55ff-66778899aabb
│   Path:      shop-state/live/terraform.tfstate
│   Operation: OperationTypeApply
│   Who:       ci@runner-17
│   Version:   1.5.7
│   Created:   2024-02-03 10:11:12.131415 +0000 UTC
│   Info:
│
│ Terraform acquires a state lock to protect the state from being written
│ by multiple users at the same time. Please resolve the issue above and try
│ again.
╵`,
  ],
  [
    "lock-held | state |PreconditionFailed|",
    `Error: Error acquiring the state lock

Error message: operation error S3: PutObject, https response error StatusCode: 412, RequestID: 8Q1W2E3R4T5Y6U7I, HostID: q1w2e3r4/abc=, api error PreconditionFailed: At least one of the pre-conditions you specified did not hold
Lock Info:
  ID:        77778888-1111-2222-3333-444455556666
  Path:      other-bucket/network.tfstate
  Operation: OperationTypePlan
  Who:       anna@laptop
  Version:   1.11.4
  Created:   2025-05-06 07:08:09.1 +0000 UTC`,
  ],
  [
    "lock-table-missing | state,resource |ResourceNotFoundException|",
    `Error: Error locking state: Error acquiring the state lock: 2 errors occurred:
	* ResourceNotFoundException: Requested resource not found
	status code: 400, request id: ABCDEF0123456789
	* ResourceNotFoundException: Requested resource not found`,
  ],
  [
    "backend-bucket-missing | state,resource,config |NoSuchBucket|",
    `Error: Failed to get existing workspaces: S3 bucket does not exist.

The referenced S3 bucket must have been previously created. If the S3 bucket
was created within the last minute, please wait for a minute or two and try
again.

Error: NoSuchBucket: The specified bucket does not exist
	status code: 404, request id: 0A1B2C3D4E5F6G7H, host id: abc/def==`,
  ],
  [
    "sqs-createqueue-denied | permission |AccessDenied|sqs:CreateQueue",
    `Error: creating SQS Queue (orders-dlq): operation error SQS: CreateQueue, https response error StatusCode: 403, RequestID: 11111111-2222-3333-4444-555555555555, api error AccessDenied: User: arn:aws:iam::111122223333:user/deployer is not authorized to perform: sqs:createqueue on resource: arn:aws:sqs:eu-west-1:111122223333:orders-dlq because no identity-based policy allows the sqs:CreateQueue action`,
  ],
  [
    "sqs-createqueue-denied | permission |AccessDenied|sqs:CreateQueue",
    `An error occurred (AccessDenied) when calling the CreateQueue operation: User: arn:aws:sts::444455556666:assumed-role/ci/build-9 is not authorized to perform: sqs:CreateQueue on resource: arn:aws:sqs:us-east-2:444455556666:jobs`,
  ],
  [
    "sqs-createqueue-scp | permission |AccessDenied|sqs:CreateQueue",
    `Error: creating SQS Queue (jobs): AccessDenied: User: arn:aws:sts::444455556666:assumed-role/ci/build-9 is not authorized to perform: sqs:CreateQueue on resource: arn:aws:sqs:us-east-2:444455556666:jobs with an explicit deny in a service control policy
	status code: 403, request id: aaaaaaaa-1111-2222-3333-bbbbbbbbbbbb`,
  ],
  [
    "sqs-createqueue-explicit | permission |AccessDenied|sqs:CreateQueue",
    `api error AccessDenied: User: arn:aws:iam::111122223333:user/kim is not authorized to perform: sqs:CreateQueue on resource: arn:aws:sqs:us-east-1:111122223333:x with an explicit deny in an identity-based policy`,
  ],
  [
    "ec2-runinstances-denied | permission |UnauthorizedOperation|ec2:RunInstances",
    `Error: creating EC2 Instance: operation error EC2: RunInstances, https response error StatusCode: 403, RequestID: 0f0f0f0f-1111-2222-3333-444444444444, api error UnauthorizedOperation: You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/dev is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:eu-central-1:123456789012:instance/* because no identity-based policy allows the ec2:RunInstances action. Encoded authorization failure message: 4GIOHlTkIaWHQD0Q0m6XSnuUMCm-abcdefgh_ijklmnopqrstuvwxyz0123456789`,
  ],
  [
    "ec2-runinstances-denied | permission |UnauthorizedOperation|",
    `botocore.exceptions.ClientError: An error occurred (UnauthorizedOperation) when calling the RunInstances operation: You are not authorized to perform this operation. Encoded authorization failure message: w9YrRZoVt3kXqUeWdD_abcdefghijklmnop`,
  ],
  [
    "assume-role-denied | permission |AccessDenied|sts:AssumeRole",
    `Error: Cannot assume IAM Role

  with provider["registry.terraform.io/hashicorp/aws"],
  on providers.tf line 3, in provider "aws":
   3: provider "aws" {

IAM Role (arn:aws:iam::999988887777:role/Deployer) cannot be assumed.

Error: operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: 12121212-3434-5656-7878-909090909090, api error AccessDenied: User: arn:aws:iam::111122223333:user/ci is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::999988887777:role/Deployer`,
  ],
  [
    "lambda-addpermission-exists | resource |ResourceConflictException|",
    `Error: adding Lambda Permission (resize/AllowS3): operation error Lambda: AddPermission, https response error StatusCode: 409, RequestID: 01010101-2323-4545-6767-898989898989, ResourceConflictException: The statement id (AllowS3) provided already exists. Please provide a new statement id, or remove the existing statement.

  with aws_lambda_permission.s3,
  on lambda.tf line 40, in resource "aws_lambda_permission" "s3":
  40: resource "aws_lambda_permission" "s3" {`,
  ],
  [
    "log-group-exists | resource |ResourceAlreadyExistsException|",
    `Error: creating CloudWatch Logs Log Group (/aws/lambda/resize): operation error CloudWatch Logs: CreateLogGroup, https response error StatusCode: 400, RequestID: 98989898-7676-5454-3232-101010101010, ResourceAlreadyExistsException: The specified log group already exists

  with aws_cloudwatch_log_group.resize,
  on logs.tf line 1, in resource "aws_cloudwatch_log_group" "resize":
   1: resource "aws_cloudwatch_log_group" "resize" {`,
  ],
  [
    "log-group-exists | resource |ResourceAlreadyExistsException|",
    `An error occurred: ResizeLogGroup - /aws/lambda/shop-dev-resize already exists (Service: AWSLogs; Status Code: 400; Error Code: ResourceAlreadyExistsException; Request ID: 12345678-1234-1234-1234-123456789012; Proxy: null).`,
  ],
  [
    "log-group-exists | resource |ResourceAlreadyExistsException|",
    `* aws_cloudwatch_log_group.app: Creating CloudWatch Log Group failed: ResourceAlreadyExistsException: The specified log group already exists:  The CloudWatch Log Group '/ecs/app' already exists.`,
  ],
  [
    "dynamodb-table-exists | resource |ResourceInUseException|",
    `Error: creating AWS DynamoDB Table (sessions): operation error DynamoDB: CreateTable, https response error StatusCode: 400, RequestID: ABCDEFGHIJKLMNOP, ResourceInUseException: Table already exists: sessions

  with aws_dynamodb_table.sessions,
  on db.tf line 5, in resource "aws_dynamodb_table" "sessions":
   5: resource "aws_dynamodb_table" "sessions" {`,
  ],
  [
    "dynamodb-table-exists | resource |ResourceInUseException|",
    `botocore.errorfactory.ResourceInUseException: An error occurred (ResourceInUseException) when calling the CreateTable operation: Table already exists: carts-2`,
  ],
  [
    "lambda-function-exists | resource |ResourceConflictException|",
    `Error: creating Lambda Function (mailer): ResourceConflictException: Function already exist: mailer
{
  RespMetadata: {
    StatusCode: 409,
    RequestID: "aaaabbbb-cccc-dddd-eeee-ffff00001111"
  },
  Message_: "Function already exist: mailer",
  Type: "User"
}`,
  ],
  [
    "lambda-update-in-progress | resource |ResourceConflictException|",
    `Error: updating Lambda Function (mailer) configuration: operation error Lambda: UpdateFunctionConfiguration, https response error StatusCode: 409, RequestID: 0000aaaa-1111-bbbb-2222-cccc3333dddd, ResourceConflictException: The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:eu-west-1:111122223333:function:mailer`,
  ],
  [
    "iam-policy-exists | resource |EntityAlreadyExists|",
    `Error: creating IAM Policy (app-read): operation error IAM: CreatePolicy, https response error StatusCode: 409, RequestID: abababab-cdcd-efef-0101-232323232323, EntityAlreadyExists: A policy called app-read already exists. Duplicate names are not allowed.`,
  ],
  [
    "iam-policy-exists | resource |EntityAlreadyExists|",
    `* aws_iam_policy.write: Error creating IAM policy backup-write: EntityAlreadyExists: A policy called backup-write already exists. Duplicate names are not allowed.
	status code: 409, request id: 11112222-3333-4444-5555-666677778888`,
  ],
  [
    "sg-has-dependents | resource |DependencyViolation|",
    `Error: deleting Security Group (sg-0123456789abcdef0): operation error EC2: DeleteSecurityGroup, https response error StatusCode: 400, RequestID: 00112233-4455-6677-8899-aabbccddeeff, api error DependencyViolation: resource sg-0123456789abcdef0 has a dependent object`,
  ],
  [
    "sg-has-dependents | resource |DependencyViolation|",
    `* aws_security_group.web (destroy): 1 error(s) occurred:

* aws_security_group.web: DependencyViolation: resource sg-89abcdef has a dependent object
	status code: 400, request id: deadbeef-0000-1111-2222-333344445555`,
  ],
  [
    "subnet-has-dependents | resource |DependencyViolation|",
    `Error: deleting EC2 Subnet (subnet-0aa11bb22cc33dd44): DependencyViolation: The subnet 'subnet-0aa11bb22cc33dd44' has dependencies and cannot be deleted.
	status code: 400, request id: 99990000-aaaa-bbbb-cccc-ddddeeeeffff`,
  ],
  [
    "iam-role-delete-conflict-policies | resource |DeleteConflict|",
    `Error: deleting IAM Role (worker): operation error IAM: DeleteRole, https response error StatusCode: 409, RequestID: 45454545-6767-8989-0101-232323232323, DeleteConflict: Cannot delete entity, must detach all policies first.`,
  ],
  [
    "iam-role-delete-conflict-profiles | resource |DeleteConflict|",
    `DeleteConflict: Cannot delete entity, must remove roles from instance profile first.
	status code: 409, request id: 45454545-6767-8989-0101-232323232300`,
  ],
  [
    "eip-limit | quota |AddressLimitExceeded|",
    `Error: creating EC2 EIP: operation error EC2: AllocateAddress, https response error StatusCode: 400, RequestID: 76543210-0123-4567-89ab-cdef01234567, api error AddressLimitExceeded: The maximum number of addresses has been reached.`,
  ],
  [
    "eip-limit | quota |AddressLimitExceeded|",
    `14:02:11 CREATE_FAILED AWS::EC2::EIP NatAddress The maximum number of addresses has been reached. (Service: AmazonEC2; Status Code: 400; Error Code: AddressLimitExceeded; Request ID: 31313131-4141-5151-6161-717171717171; Proxy: null)`,
  ],
  [
    "vpc-limit | quota |VpcLimitExceeded|",
    `* aws_vpc.main: Error creating VPC: VpcLimitExceeded: The maximum number of VPCs has been reached.
	status code: 400, request id: 10101010-2020-3030-4040-505050505050`,
  ],
  [
    "throttled | quota,network |Throttling|",
    `Error: reading CloudFormation Stack (web): Throttling: Rate exceeded
	status code: 400, request id: 1f1f1f1f-2e2e-3d3d-4c4c-5b5b5b5b5b5b`,
  ],
  [
    "throttled | quota,network |ThrottlingException|",
    `botocore.exceptions.ClientError: An error occurred (ThrottlingException) when calling the DescribeLogGroups operation (reached max retries: 4): Rate exceeded`,
  ],
  [
    "lambda-role-not-assumable | permission,config |InvalidParameterValueException|",
    `Error: creating Lambda Function (hook): operation error Lambda: CreateFunction, https response error StatusCode: 400, RequestID: 0d0d0d0d-1c1c-2b2b-3a3a-494949494949, InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.`,
  ],
  [
    "lambda-too-large | quota,config |InvalidParameterValueException|",
    `An error occurred (InvalidParameterValueException) when calling the UpdateFunctionCode operation: Unzipped size must be smaller than 262144000 bytes`,
  ],
  [
    "lambda-too-large | quota,config |InvalidParameterValueException|",
    `Resource handler returned message: "Unzipped size must be smaller than 262144000 bytes (Service: Lambda, Status Code: 400, Request ID: 8d8d8d8d-7c7c-6b6b-5a5a-494949494949)" (RequestToken: 01010101-0000-1111-2222-333333333333, HandlerErrorCode: InvalidRequest)`,
  ],
  [
    "s3-bucket-taken | resource,config |BucketAlreadyExists|",
    `Error: creating S3 Bucket (assets): operation error S3: CreateBucket, https response error StatusCode: 409, RequestID: 1234ABCD5678EFGH, HostID: ab/cd+ef=, BucketAlreadyExists: The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.`,
  ],
  [
    "s3-bucket-taken | resource,config |BucketAlreadyExists|",
    `<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>BucketAlreadyExists</Code><Message>The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.</Message><BucketName>logs</BucketName><RequestId>ABC</RequestId></Error>`,
  ],
  [
    "s3-bucket-owned | resource |BucketAlreadyOwnedByYou|",
    `Error: Error creating S3 bucket: BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded and you already own it.
	status code: 409, request id: 99AA88BB77CC66DD, host id: xyz=`,
  ],
  [
    "missing-argument-ami | config ||",
    `Error: Missing required argument

  on main.tf line 12, in resource "aws_instance" "web":
  12: resource "aws_instance" "web" {

The argument "ami" is required, but no definition was found.`,
  ],
  [
    "missing-argument-ami | config ||",
    `{"@level":"error","@message":"Error: Missing required argument","@module":"terraform.ui","@timestamp":"2024-05-01T10:00:00.000000Z","diagnostic":{"severity":"error","summary":"Missing required argument","detail":"The argument \\"ami\\" is required, but no definition was found.","range":{"filename":"compute/app.tf","start":{"line":3,"column":30,"byte":40},"end":{"line":3,"column":31,"byte":41}},"snippet":{"context":"resource \\"aws_instance\\" \\"app\\"","code":"resource \\"aws_instance\\" \\"app\\" {","start_line":3,"highlight_start_offset":29,"highlight_end_offset":30,"values":[]}},"type":"diagnostic"}`,
  ],
  [
    "missing-argument-engine | config ||",
    `│ Error: Missing required argument
│
│   on rds.tf line 2, in resource "aws_db_instance" "main":
│    2: resource "aws_db_instance" "main" {
│
│ The argument "instance_class" is required, but no definition was found.`,
  ],
  [
    "for-each-unknown | config ||",
    `│ Error: Invalid for_each argument
│
│   on main.tf line 8, in resource "aws_route_table_association" "a":
│    8:   for_each = toset(aws_subnet.private[*].id)
│     ├────────────────
│     │ aws_subnet.private is tuple with 2 elements
│
│ The "for_each" set includes values derived from resource attributes that
│ cannot be determined until apply, and so Terraform cannot determine the full
│ set of keys that will identify the instances of this resource.`,
  ],
  [
    "for-each-unknown | config ||",
    `Error: Invalid for_each argument

  on .terraform/modules/net/routes.tf line 31, in resource "aws_route" "r":
  31:   for_each = local.routes

The "for_each" value depends on resource attributes that cannot be determined
until apply, so Terraform cannot predict how many instances will be created.`,
  ],
  [
    "for-each-type | config ||",
    `Error: Invalid for_each argument

  on main.tf line 4, in resource "aws_iam_user" "u":
   4:   for_each = var.names
    |----------------
    | var.names is list of string with 3 elements

The given "for_each" argument value is unsuitable: the "for_each" argument
must be a map, or set of strings, and you have provided a value of type list
of string.`,
  ],
  ["cycle | config ||", `Error: Cycle: aws_security_group.app, aws_security_group.db`],
  [
    "cycle | config ||",
    `╷
│ Error: Cycle: module.api.aws_lambda_function.this, module.api.aws_iam_role.this (expand), module.queue.var.role (expand)
╵`,
  ],
  [
    "undeclared-resource | config ||",
    `Error: Reference to undeclared resource

  on out.tf line 2, in output "url":
   2:   value = aws_lb.main.dns_name

A managed resource "aws_lb" "main" has not been declared in the root module.`,
  ],
  [
    "undeclared-variable | config ||",
    `Error: Reference to undeclared input variable

  on main.tf line 19, in resource "aws_instance" "a":
  19:   count = var.replicas

An input variable with the name "replicas" has not been declared. This variable can be declared with a variable "replicas" {} block.`,
  ],
  [
    "missing-variable | config ||",
    `Error: No value for required variable

  on variables.tf line 1:
   1: variable "vpc_id" {

The root module input variable "vpc_id" is not set, and has no default value.
Use a -var or -var-file command line option to provide a value for this
variable.`,
  ],
  [
    "provider-not-found | config,network ||",
    `Error: Failed to query available provider packages

Could not retrieve the list of available versions for provider hashicorp/awss:
provider registry registry.terraform.io does not have a provider named
registry.terraform.io/hashicorp/awss`,
  ],
  [
    "registry-unreachable | network ||",
    `Error: Failed to query available provider packages

Could not retrieve the list of available versions for provider hashicorp/aws:
could not connect to registry.terraform.io: Failed to request discovery
document: Get "https://registry.terraform.io/.well-known/terraform.json":
context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
  ],
  [
    "module-not-installed | config ||",
    `Error: Module not installed

  on main.tf line 7:
   7: module "vpc" {

This module is not yet installed. Run "terraform init" to install all modules
required by this configuration.`,
  ],
  [
    "plugin-crash | state,resource,config ||",
    `Error: Plugin did not respond

  with aws_wafv2_web_acl.main,
  on waf.tf line 1, in resource "aws_wafv2_web_acl" "main":
   1: resource "aws_wafv2_web_acl" "main" {

The plugin encountered an error, and failed to respond to the
plugin.(*GRPCProvider).ApplyResourceChange call. The plugin logs may contain
more details.`,
  ],
  [
    "unlisted-value-runtime | config ||",
    `│ Error: expected runtime to be one of ["nodejs20.x" "python3.12"], got nodejs6.10
│
│   with aws_lambda_function.a,
│   on l.tf line 6, in resource "aws_lambda_function" "a":
│    6:   runtime = "nodejs6.10"`,
  ],
  [
    "unlisted-value-runtime | config ||",
    `Error: expected runtime to be one of [dotnetcore1.0 go1.x java8 nodejs12.x], got ruby1.9

  on modules/fn/main.tf line 22, in resource "aws_lambda_function" "fn":
  22: resource "aws_lambda_function" "fn" {`,
  ],
  [
    "cfn-rollback-complete | state,resource |ValidationError|",
    `An error occurred (ValidationError) when calling the UpdateStack operation: Stack:arn:aws:cloudformation:us-east-1:111122223333:stack/web/01234567-89ab-cdef-0123-456789abcdef is in ROLLBACK_COMPLETE state and can not be updated.`,
  ],
  [
    "cfn-rollback-complete | state,resource |ValidationError|",
    `Error: The stack named shop-api failed: ValidationError: Stack:arn:aws:cloudformation:eu-west-1:111122223333:stack/shop-api/fedcba98-7654-3210-fedc-ba9876543210 is in UPDATE_ROLLBACK_FAILED state and can not be updated.`,
  ],
  [
    "cfn-no-updates | config,state,resource |ValidationError|",
    `An error occurred (ValidationError) when calling the UpdateStack operation: No updates are to be performed.`,
  ],
  [
    "cfn-capabilities | config,permission |InsufficientCapabilitiesException|",
    `An error occurred (InsufficientCapabilitiesException) when calling the CreateStack operation: Requires capabilities : [CAPABILITY_NAMED_IAM]`,
  ],
  [
    "ecs-role-missing | config,resource,permission |InvalidParameterException|",
    `Error: creating ECS Service (web): InvalidParameterException: Unable to assume the service linked role. Please verify that the ECS service linked role exists.
	status code: 400, request id: 5a5a5a5a-6b6b-7c7c-8d8d-9e9e9e9e9e9e`,
  ],
  [
    "target-group-no-lb | config,resource |InvalidParameterException|",
    `Error: creating ECS Service (api): operation error ECS: CreateService, https response error StatusCode: 400, RequestID: 5a5a5a5a-6b6b-7c7c-8d8d-9e9e9e9e9e9f, InvalidParameterException: The target group with targetGroupArn arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/api/0123456789abcdef does not have an associated load balancer.`,
  ],
  [
    "target-group-no-lb | config,resource |InvalidParameterException|",
    `* aws_ecs_service.web: InvalidParameterException: The target group with targetGroupArn arn:aws:elasticloadbalancing:eu-west-1:999988887777:targetgroup/web/fedcba9876543210 does not have an associated load balancer.
	status code: 400, request id: 01234567-1234-1234-1234-0123456789ab "web"`,
  ],
  [
    "db-password-invalid | config |InvalidParameterValue|",
    `Error: creating RDS DB Instance (main): operation error RDS: CreateDBInstance, https response error StatusCode: 400, RequestID: 6f6f6f6f-5e5e-4d4d-3c3c-2b2b2b2b2b2b, api error InvalidParameterValue: The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '"', ' ' may be used.`,
  ],
  [
    "db-password-invalid | config |InvalidParameterValue|",
    `An error occurred (InvalidParameterValue) when calling the ModifyDBInstance operation: The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '"', ' ' may be used.`,
  ],
  [
    "db-snapshot-needed | config |  |",
    `Error: final_snapshot_identifier is required when skip_final_snapshot is false`,
  ],
  [
    "policy-resource-invalid | config |MalformedPolicy|",
    `Error: putting S3 Bucket (logs) Policy: operation error S3: PutBucketPolicy, https response error StatusCode: 400, RequestID: 0ABCDEF123456789, HostID: a/b=, api error MalformedPolicy: Policy has invalid resource`,
  ],
  [
    "policy-resource-invalid | config |MalformedPolicy|",
    `Error putting S3 policy: MalformedPolicy: Policy has invalid resource
	status code: 400, request id: FEDCBA9876543210, host id: z/y/x=`,
  ],
  [
    "policy-principal-invalid | config |MalformedPolicyDocument|",
    `Error: creating IAM Role (build): operation error IAM: CreateRole, https response error StatusCode: 400, RequestID: 98765432-1111-2222-3333-444444444444, MalformedPolicyDocument: Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:role/gone"`,
  ],
  [
    "instance-type-unsupported | config,quota |Unsupported|",
    `Error: creating EC2 Instance: Unsupported: Your requested instance type (t4g.small) is not supported in your requested Availability Zone (us-east-1e). Please retry your request by not specifying an Availability Zone or choosing us-east-1a, us-east-1b.
	status code: 400, request id: 13131313-2424-3535-4646-575757575757`,
  ],
  [
    "ami-missing | resource,config |InvalidAMIID.NotFound|",
    `Error: creating EC2 Instance: operation error EC2: RunInstances, https response error StatusCode: 400, RequestID: 1c1c1c1c-2d2d-3e3e-4f4f-505050505050, api error InvalidAMIID.NotFound: The image id '[ami-0123456789abcdef0]' does not exist`,
  ],
  [
    "ami-missing | resource,config |InvalidAMIID.NotFound|",
    `An error occurred (InvalidAMIID.NotFound) when calling the RunInstances operation: The image id '[ami-89abcdef]' does not exist`,
  ],
  [
    "key-pair-missing | resource,config |InvalidKeyPair.NotFound|",
    `* aws_instance.bastion: Error launching source instance: InvalidKeyPair.NotFound: The key pair 'ops' does not exist
	status code: 400, request id: 1a2b3c4d-0000-1111-2222-333344445555`,
  ],
  [
    "cert-validation-timeout | resource,network ||",
    `* aws_acm_certificate_validation.cert: Expected certificate to be issued but was in state PENDING_VALIDATION`,
  ],
  [
    "wait-nat | resource |Gateway.NotAttached|",
    `Error: waiting for EC2 NAT Gateway (nat-0123456789abcdef0) create: unexpected state 'failed', wanted target 'available'. last error: Gateway.NotAttached: Network vpc-0123456789abcdef0 has no Internet gateway attached`,
  ],
  [
    "tls-untrusted | network,config ||",
    `Error: Get "https://10.1.2.3:6443/api/v1/namespaces/kube-system": x509: certificate signed by unknown authority`,
  ],
  [
    "tls-untrusted | network,config ||",
    `Error: Failed to install provider: Get "https://releases.hashicorp.com/x.zip": tls: failed to verify certificate: x509: certificate signed by unknown authority`,
  ],
  [
    "kube-unreachable | network ||",
    `Error: Get "http://localhost/api/v1/namespaces/kube-system/configmaps/aws-auth": dial tcp 127.0.0.1:80: connect: connection refused

  with module.eks.kubernetes_config_map.aws_auth[0],
  on .terraform/modules/eks/aws_auth.tf line 63, in resource "kubernetes_config_map" "aws_auth":
  63: resource "kubernetes_config_map" "aws_auth" {`,
  ],
  [
    "inconsistent-attribute | state ||",
    `Error: Provider produced inconsistent result after apply

When applying changes to aws_ecs_service.web, provider
"provider[\\"registry.terraform.io/hashicorp/aws\\"]" produced an unexpected
new value: .desired_count: was cty.NumberIntVal(2), but now
cty.NumberIntVal(3).

This is a bug in the provider, which should be reported in the provider's own
issue tracker.`,
  ],
  [
    "no-credentials | permission,config ||",
    `Error: No valid credential sources found

  with provider["registry.terraform.io/hashicorp/aws"],
  on main.tf line 1, in provider "aws":
   1: provider "aws" {

Please see https://registry.terraform.io/providers/hashicorp/aws
for more information about providing credentials.

Error: failed to refresh cached credentials, no EC2 IMDS role found, operation
error ec2imds: GetMetadata, request canceled, context deadline exceeded`,
  ],
  [
    "no-credentials | permission,config ||",
    `botocore.exceptions.NoCredentialsError: Unable to locate credentials`,
  ],
  [
    "invalid-token | permission |InvalidClientTokenId|",
    `Error: configuring Terraform AWS Provider: validating provider credentials: retrieving caller identity from STS: operation error STS: GetCallerIdentity, https response error StatusCode: 403, RequestID: 2b2b2b2b-3c3c-4d4d-5e5e-6f6f6f6f6f6f, api error InvalidClientTokenId: The security token included in the request is invalid.`,
  ],
  [
    "prevent-destroy | config,resource ||",
    `Error: Instance cannot be destroyed

  on db.tf line 1:
   1: resource "aws_db_instance" "main" {

Resource aws_db_instance.main has lifecycle.prevent_destroy set, but the plan
calls for this resource to be destroyed. To avoid this error and continue with
the plan, either disable lifecycle.prevent_destroy or reduce the scope of the
plan using the -target flag.`,
  ],
  [
    "state-too-new | state,config ||",
    `Error: state snapshot was created by Terraform v1.9.0, which is newer than current v1.5.7; upgrade to Terraform v1.9.0 or greater to work with this state`,
  ],
  [
    "lambda-timed-out | test ||",
    `2024-06-07T08:09:10.111Z 3f3f3f3f-1111-2222-3333-444444444444 Task timed out after 3.01 seconds`,
  ],
  [
    "lambda-import | test |Runtime.ImportModuleError|",
    `{"errorType":"Runtime.ImportModuleError","errorMessage":"Error: Cannot find module 'uuid'\\nRequire stack:\\n- /var/task/index.js","trace":["Runtime.ImportModuleError: Error: Cannot find module 'uuid'"]}`,
  ],
  [
    "secret-scheduled | resource,state |InvalidRequestException|",
    `Error: creating Secrets Manager Secret (db/password): operation error Secrets Manager: CreateSecret, https response error StatusCode: 400, RequestID: 4d4d4d4d-5e5e-6f6f-7070-818181818181, InvalidRequestException: You can't create this secret because a secret with this name is already scheduled for deletion.`,
  ],
  [
    "cluster-subnets-az | config,quota |UnsupportedAvailabilityZoneException|",
    `Error: creating EKS Cluster (dev): UnsupportedAvailabilityZoneException: Cannot create cluster 'dev' because us-east-1e, the targeted availability zone, does not currently have sufficient capacity to support the cluster. Retry and choose from these availability zones: us-east-1a, us-east-1b
{
  RespMetadata: {
    StatusCode: 400,
    RequestID: "6e6e6e6e-7f7f-8080-9191-a2a2a2a2a2a2"
  }
}`,
  ],
  [
    "apigw-account-role | config,permission |BadRequestException|",
    `Error: updating API Gateway Stage (ag-abc123-prod): BadRequestException: CloudWatch Logs role ARN must be set in account settings to enable logging`,
  ],
  [
    "route-exists | resource |RouteAlreadyExists|",
    `Error: api error RouteAlreadyExists: Route in Route Table (rtb-0123456789abcdef0) with destination (0.0.0.0/0) already exists`,
  ],
  [
    "listener-cert-missing | resource,config |CertificateNotFound|",
    `Error: creating ELBv2 Listener (arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/web/50dc6c495c0c9188): operation error Elastic Load Balancing v2: CreateListener, https response error StatusCode: 400, RequestID: 7a7a7a7a-8b8b-9c9c-adad-bebebebebebe, CertificateNotFound: Certificate 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012' not found`,
  ],
];

export const ownMessages: readonly CorpusRow[] = messages.map(([label, error], index) => {
  const [group = "", categories = "", code = "", action = ""] = label.split("|").map((part) => part.trim());
  const [category = "", ...also] = categories.split(",");
  return {
    id: `own${index + 1}`,
    error,
    category,
    also,
    group,
    code: code === "" ? null : code,
    action: action === "" ? null : action,
  };
});
