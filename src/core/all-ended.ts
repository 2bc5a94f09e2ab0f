/**
 * As `Promise.all`, but it rejects only when all have ended: nothing goes on behind the back of whoever waits, writing
 * into folders that are being removed, or running after the command is over.
 */
export async function allEnded<Work extends readonly unknown[] | []>(
  work: Work,
): Promise<{ -readonly [Key in keyof Work]: Awaited<Work[Key]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
