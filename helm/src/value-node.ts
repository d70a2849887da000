/** A value of the chart: JSON Schema (draft-07) that always says what it means and what its default is. */
export type Json = string | number | boolean | Json[] | { [key: string]: Json }

/** What every value has, and the keywords of JSON Schema that are used here. */
export interface ValueNode {
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object'
  readonly description: string
  /** Of a section it is the defaults of its values. */
  readonly default?: Json
  readonly properties?: Readonly<Record<string, ValueNode>>
  /** Properties that are JSON Schema already; values.yaml and the page do not repeat them. */
  readonly schemaProperties?: Readonly<Record<string, Json>>
  readonly enum?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly items?: Json
  readonly additionalProperties?: Json
}

export const text = (description: string, value = '', pattern?: string): ValueNode => ({
  type: 'string',
  description,
  default: value,
  ...(pattern === undefined ? {} : { pattern }),
})

export const choice = (description: string, ...words: [string, ...string[]]): ValueNode => ({
  type: 'string',
  description,
  default: words[0],
  enum: words,
})

export const flag = (description: string, value: boolean): ValueNode => ({
  type: 'boolean',
  description,
  default: value,
})

export const whole = (
  description: string,
  value: number,
  minimum: number,
  maximum: number,
): ValueNode => ({ type: 'integer', description, default: value, minimum, maximum })

/** A list whose items Kubernetes defines. */
export const list = (description: string, value: Json[] = []): ValueNode => ({
  type: 'array',
  description,
  default: value,
  items: { type: 'object' },
})

/** Names and texts, as labels and annotations are. */
export const texts = (description: string, value: Record<string, string> = {}): ValueNode => ({
  type: 'object',
  description,
  default: value,
  additionalProperties: { type: 'string' },
})

/** An object that Kubernetes defines. */
export const fragment = (description: string, value: Record<string, Json> = {}): ValueNode => ({
  type: 'object',
  description,
  default: value,
})

export const section = (
  description: string,
  properties: Readonly<Record<string, ValueNode>>,
): ValueNode => ({ type: 'object', description, properties, additionalProperties: false })
