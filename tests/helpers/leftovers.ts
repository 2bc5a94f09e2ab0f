/** What an emulator holds, asked in its services' own words and without anything of faber's. */
export async function leftovers(endpoint: string): Promise<readonly string[]> {
  const lists = await Promise.all([
    json(endpoint, "ssm", "AmazonSSM.DescribeParameters", "Parameters", "Name"),
    json(endpoint, "logs", "Logs_20140328.DescribeLogGroups", "logGroups", "logGroupName"),
    tables(endpoint),
    query(endpoint, "sns", "ListTopics", "2010-03-31", /<TopicArn>([^<]+)<\/TopicArn>/g),
    query(endpoint, "iam", "ListRoles", "2010-05-08", /<RoleName>([^<]+)<\/RoleName>/g),
    buckets(endpoint),
    json(endpoint, "secretsmanager", "secretsmanager.ListSecrets", "SecretList", "Name"),
  ]);
  return lists.flat().filter((name) => !/AWSServiceRole/.test(name));
}

async function json(
  endpoint: string,
  service: string,
  target: string,
  list: string,
  key: string,
): Promise<readonly string[]> {
  const said = (await call(endpoint, service, {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": target,
  })) as Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
  return (said[list] ?? []).map((one) => `${service} ${one[key] ?? "?"}`);
}

async function tables(endpoint: string): Promise<readonly string[]> {
  const said = (await call(endpoint, "dynamodb", {
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": "DynamoDB_20120810.ListTables",
  })) as { readonly TableNames?: readonly string[] };
  return (said.TableNames ?? []).map((name) => `dynamodb ${name}`);
}

async function call(
  endpoint: string,
  service: string,
  headers: Readonly<Record<string, string>>,
): Promise<unknown> {
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: { ...headers, ...signedAs(service) },
    body: "{}",
  });
  return answer.json();
}

async function query(
  endpoint: string,
  service: string,
  action: string,
  version: string,
  names: RegExp,
): Promise<readonly string[]> {
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...signedAs(service) },
    body: new URLSearchParams({ Action: action, Version: version }).toString(),
  });
  return [...(await answer.text()).matchAll(names)].map(([, name]) => `${service} ${name ?? "?"}`);
}

async function buckets(endpoint: string): Promise<readonly string[]> {
  const answer = await fetch(endpoint, { headers: signedAs("s3") });
  return [...(await answer.text()).matchAll(/<Name>([^<]+)<\/Name>/g)].map(([, name]) => `s3 ${name ?? "?"}`);
}

/** The emulator reads account and service from it and checks no signature. */
function signedAs(service: string): Readonly<Record<string, string>> {
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=test/20261121/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
  };
}
