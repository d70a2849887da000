/**
 * What differs between the chat APIs that a judge may speak: where the request goes, its body, and
 * how the model's text is found in the response. Pure; only the first and only answer is ever read.
 */
export interface GradeCall {
  model: string
  system: string
  user: string
  schemaName: string
  jsonSchema: Readonly<Record<string, unknown>>
  outputTokensMax: number
  /** False for models that take no sampling parameters; they are sent none. */
  temperature: boolean
}

export interface Usage {
  inputTokens: number
  outputTokens: number
}

/** `refused`, `truncated` and `malformed`: a response that cannot hold a grade, and why. */
export type ReadResponse = { usage: Usage | undefined } & (
  | { kind: 'text'; text: string }
  | { kind: 'refused' | 'truncated' | 'malformed' }
)

export interface Wire {
  path(basePath: string): string
  headers(key: string | undefined): Record<string, string>
  body(call: GradeCall): Readonly<Record<string, unknown>>
  read(response: unknown): ReadResponse
}
