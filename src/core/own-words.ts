/**
 * The words that faber's own documents are made of: their keys, and the values of their closed lists. A secret that is
 * one of them cannot be hidden without breaking the documents, and hiding it would tell what it is.
 */
export function isOwnWord(text: string): boolean {
  return words.has(text);
}

/** Whether the key is one of faber's own counts, durations and lines, which stay numbers whatever they are. */
export function isOwnNumber(key: string): boolean {
  return numbers.has(key);
}

const words: ReadonlySet<string> = new Set(
  `
  CRITICAL ERROR FAIL FaberError HIGH MEDIUM PASS SIGHUP SIGINT SIGTERM SKIPPED UNKNOWN WARN abandoned account
  action agent agent_said_nothing_because actionReason address after algorithm aliases allTags allowed also
  applicable applied apply.started applying approval approve arch argv as_of attempts attribute attributes auto
  automated automation avg_resolution_time_seconds backend baseline baselineFile before blocks budget budget-spent
  by_severity by_status caFile call category cause cdktf change changed changes changes-present changes_something
  checked choice choices cleanup-incomplete clock code column columns command confidence config config_fix
  configured conformance contains continue cost count counts coverage create createsBeforeDestroy
  credentials-or-permissions critical_issues data deadLetterEmpty default defaultChoice delete deletions deniedBy
  denied_by deploy deploy-failed deployed derive description destroy detail details diagnoses diagnosis diagnostic
  diagnostics did-not-help digest document done drift durationSeconds duration_ms elapsed_s emit emulator
  encodedMessage endLine ended endpoint endpoint-policy endpoints entries environment error errors event excerpt
  exit exitName expected expired expires explicit-deny faber faber-baseline.json faber.baseline/1 faber.history/1
  faber.run/1 faber.test-report/1 fail failed failure failures false figures file findings firstSeen first_seen
  fixed fixes folder forcesReplacement forget format gate gone grantorHours grantorProfile handler headers headline
  health healthPolicy helped high hints hitsIn hook.ended hooks host hosting http httpStatus http_status identity
  identity-policy identity.known ignore ignored ignoresAllChanges impact import imported in_state increase
  increaseUsd info integration interrupted intervalMs isTTY issueId issue_id json kind knowledge known lapsed
  lastSeen learn learned level limits line lines locked locks lower_bound main managed manual match matches maxAgeS
  maxCritical maxHigh maxLatencyMs maxMessages medium mending message method minDays mode module monotonic monthly
  monthlyUsd monthly_cost_usd move name names naming network never no-op no_solution normalizedMessage
  normalized_message not-approved not_begun not_recorded_because notice novel_error null number object
  occurrenceCount occurrence_count onFailure onSignal onUnknown on_failure opentofu operation optional organization
  organization-policy origin outcome output outputs overall_status owner parameters pass_rate passed path pattern
  percentage permission permission_grant permissions-boundary person phase phases plan plan-changed plan.approved
  plan.shown platform point points policy post-deployment post-tests practices pre-deployment pre-tests
  preventsDestroy preview previousAddress pricesFile principal profile project projectDir prompt protected
  protectedEnvironment protectedTypes provenBy provider providerMirror quota quota_increase re-run read reason
  recommendations recorded redirectTo redirects refused region related related_issues remainder remedy replace
  report reports reportsDir required requirement resource resource-policy resource.ended resource.failed
  resource.progress resource.started resourceAddress resourceArn resourceType resource_address resource_arn
  resource_recreation resource_type resources resources_verified responseHeaders result retry risks root rootCause
  root_cause rule run.ended run.failed run.started runId run_id same-issue scanners schema_version scope score
  secondaryCategory secondary_category send sensitive session-policy severity shape signs similar-issue similarity
  skipped skipped_by_request solutionId solution_found solution_id solutions source stack stage stage.ended
  stage.progress stage.started stages start started_at state stateDir state_fix status stays stderr stdin stdout
  step steps stop strict string subsystem success success_rate successes summary table tags tainted target
  terminated terraform terraform-test test test-failed test.ended test.started test_reports tests text timeoutMs
  timestamp tool tool.line tool.started toolPaths toolVersion total total_duration_ms total_tests traces transient
  tries true type typed types unattended uncertain undone unexpected unit unknown unmatched unproven until update
  usage user validate value values varFiles variables verification-failed version waits waived waivers warn warning
  warnings with without_expiry workspace wrong-usage yes-flag
`.match(/\S+/g),
);

const numbers: ReadonlySet<string> = new Set(
  `
  CRITICAL HIGH LOW MEDIUM UNKNOWN add algorithm attempts avg_resolution_time_seconds change checked code column
  columns count critical_issues destroy durationSeconds duration_ms elapsed_s end endLine errors failed failures
  findings fixed forget grantorHours httpStatus http_status import in_state increase increaseUsd intervalMs
  known line lower_bound max maxAgeS maxCritical maxHigh maxLatencyMs maxMessages min minDays monthly monthlyUsd
  move new occurrenceCount occurrence_count pass_rate passed percentage pid redirects replace reports
  resources_verified root score similarity skipped start status successes timeoutMs total total_duration_ms
  total_tests tries unknown usd warnings waits
  `.match(/\S+/g),
);
