/** Reads that give out what is kept, not what it is kept in. */
const dataReads: ReadonlySet<string> = new Set(
  [
    "dynamodb:GetItem",
    "dynamodb:GetRecords",
    "ec2:GetPasswordData",
    "ecr:GetAuthorizationToken",
    "kinesis:GetRecords",
    "lambda:GetFunction",
    "lambda:GetLayerVersion",
    "logs:GetLogEvents",
    "logs:GetQueryResults",
    "s3:GetObject",
    "s3:GetObjectVersion",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter",
    "ssm:GetParameterHistory",
    "ssm:GetParameters",
    "ssm:GetParametersByPath",
  ].map((action) => action.toLowerCase()),
);

/** Whether an action looks at things and gives out none of what they hold. */
export function isHarmlessRead(action: string): boolean {
  if (dataReads.has(action.toLowerCase())) return false;
  return /^[a-z0-9-]+:(?:GET$|Get(?!.*(?:Credential|Token|Password|SecretValue))|List|Describe)[A-Za-z0-9]*$/.test(
    action,
  );
}
