/** The one interface of all commands of the command line; the table is in commands.ts. */

export interface CommandIo {
  stdout: NodeJS.WritableStream
  stderr: NodeJS.WritableStream
  env: NodeJS.ProcessEnv
  /** Aborted by SIGINT or SIGTERM: a command then closes what it opened and returns. */
  signal: AbortSignal
  /** Calls back on SIGHUP instead of ending the process; what it returns ends that. */
  onHangup?(listener: () => void): () => void
}

export interface Command {
  /** Words as typed: ['serve'], ['eval', 'language']. */
  readonly words: readonly string[]
  readonly summary: string
  /** The text of `holdfast WORDS --help`. */
  readonly help: string
  /** Returns the exit code. Operator faults are written to stderr, never thrown. */
  run(args: readonly string[], io: CommandIo): Promise<number>
}
