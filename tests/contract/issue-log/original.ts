interface Figures {
  readonly created?: string;
  readonly occurrences?: number;
  readonly successes?: number;
}

/** A log as the original plugin writes it: nothing of ours, empty texts for what it does not know. */
export function originalLog({
  created = "2025-10-20T10:00:00Z",
  occurrences = 8,
  successes = 21,
}: Figures = {}) {
  return {
    version: "1.0",
    created,
    last_updated: "2025-10-28T15:30:00Z",
    issues: [
      {
        issue_id: "abc123...",
        first_seen: "2025-10-20T10:00:00Z",
        last_seen: "2025-10-28T15:30:00Z",
        occurrence_count: occurrences,
        error: {
          category: "permission",
          message: "AccessDenied: User not authorized for s3:PutObject",
          normalized_message: "accessdenied: user not authorized for s3:putobject",
          code: "AccessDenied",
          context: {
            environment: "test",
            operation: "deploy",
            resource_type: "S3",
            resource_name: "aws_s3_bucket.logs",
            terraform_module: "module.site",
          },
        },
        solutions: [
          {
            solution_id: "xyz789...",
            description: "Grant s3:PutObject permission",
            category: "permission_grant",
            steps: ["Switch to the other profile", "Grant permission to deployment role", "Retry deployment"],
            automation: { automated: true, skill: "infra-permission-manager", operation: "auto-grant" },
            success_rate: { attempts: successes + 1, successes, failures: 1, percentage: 95.5 },
            first_used: "2025-10-21T09:00:00Z",
            last_used: "2025-10-28T15:40:00Z",
            avg_resolution_time_seconds: 45,
          },
        ],
        tags: ["s3"],
        related_issues: ["def456", "long-gone"],
        notes: [{ timestamp: "2025-10-21T00:00:00Z", author: "ops", note: "the role is new" }],
      },
      {
        issue_id: "def456",
        first_seen: "2025-10-22T10:00:00Z",
        last_seen: "2025-10-22T10:00:00Z",
        occurrence_count: 1,
        error: {
          category: "network",
          message: "the line went dead",
          code: "",
          context: { environment: "", operation: "deploy" },
        },
        solutions: [
          {
            solution_id: "s",
            description: "Wait",
            steps: [],
            success_rate: { attempts: 3, successes: 2, failures: 1, percentage: 66.7 },
            first_used: "",
            avg_resolution_time_seconds: null,
          },
        ],
      },
    ],
    statistics: { total_issues: 2 },
  };
}
