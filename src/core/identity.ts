/** Who acts on the cloud, as the cloud itself says. */
export interface Identity {
  /** Twelve digits. */
  readonly account: string;
  /** Full ARN of the caller. */
  readonly arn: string;
  readonly region: string;
}
