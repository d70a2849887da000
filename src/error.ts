/** The one shape of an operator's fault: which key to change, and why, in words. */
export interface Fault {
  /** Configuration key as written in the file (`proxy.connections_max`), or `file`, `arguments`. */
  key: string
  reason: string
  /** Where the value stands: `line 12`, `HOLDFAST_LISTEN`, `--listen`. Absent: nowhere, or several places. */
  at?: string
}

export const faultText = (fault: Fault): string =>
  fault.at === undefined
    ? `${fault.key}: ${fault.reason}`
    : `${fault.key} (${fault.at}): ${fault.reason}`

/** What an unknown throw says, never its stack and never an inspected object. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : typeof error === 'string' ? error : 'unknown error'

/** The system's code of an error (`ENOENT`), if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
