/**
 * Reads a YAML mapping key by key and notes every fault with its line: a missing key, a value of
 * another shape, a key that nothing asked for. A faulty value reads as undefined, and reading goes on.
 */
import { didYouMean, nearest } from '../did-you-mean.ts'
import { patternFrom } from './pattern.ts'
import type { SuiteFault } from './suite-fault.ts'
import type { YamlNode } from './yaml-file.ts'

export class Fields {
  readonly line: number
  readonly #file: string
  readonly #name: string
  readonly #faults: SuiteFault[]
  readonly #node: Extract<YamlNode, { kind: 'map' }>
  readonly #asked = new Set<string>()

  private constructor(
    node: Extract<YamlNode, { kind: 'map' }>,
    name: string,
    file: string,
    faults: SuiteFault[],
  ) {
    this.#node = node
    this.line = node.line
    this.#name = name
    this.#file = file
    this.#faults = faults
  }

  /** @param name what is being read, for messages: the id of an item, or '' for a file */
  static of(node: YamlNode, name: string, file: string, faults: SuiteFault[]): Fields | undefined {
    if (node.kind === 'map') return new Fields(node, name, file, faults)
    faults.push({
      file,
      line: node.line,
      reason: `${name === '' ? 'the file' : name} is no mapping`,
    })
    return undefined
  }

  named(name: string): Fields {
    const renamed = new Fields(this.#node, name, this.#file, this.#faults)
    for (const key of this.#asked) renamed.#asked.add(key)
    return renamed
  }

  has(key: string): boolean {
    this.#asked.add(key)
    return this.#node.entries.has(key)
  }

  lineOf(key: string): number {
    return this.#node.entries.get(key)?.line ?? this.line
  }

  fault(reason: string, line = this.line): undefined {
    const told = this.#name === '' ? reason : `${this.#name}: ${reason}`
    this.#faults.push({ file: this.#file, line, reason: told })
    return undefined
  }

  node(key: string): YamlNode | undefined {
    this.#asked.add(key)
    return this.#node.entries.get(key)?.value
  }

  /** A text without any fault noted, and without the key counting as asked for. */
  peek(key: string): string | undefined {
    const value = this.#node.entries.get(key)?.value
    return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined
  }

  required(key: string): YamlNode | undefined {
    return this.node(key) ?? this.fault(`${key} is missing`)
  }

  optionalString(key: string): string | undefined {
    const node = this.node(key)
    if (node === undefined) return undefined
    if (node.kind === 'scalar' && typeof node.value === 'string' && node.value.trim() !== '') {
      return node.value
    }
    return this.fault(`${key} must be a text`, this.lineOf(key))
  }

  string(key: string): string | undefined {
    return this.required(key) === undefined ? undefined : this.optionalString(key)
  }

  oneOf<T extends string>(key: string, values: readonly T[]): T | undefined {
    const text = this.string(key)
    if (text === undefined) return undefined
    const found = values.find((value) => value === text)
    if (found !== undefined) return found
    const near = didYouMean(nearest(text, values))
    return this.fault(
      `${key} is "${text}", must be one of ${values.join(', ')}${near}`,
      this.lineOf(key),
    )
  }

  optionalOneOf<T extends string>(key: string, values: readonly T[]): T | undefined {
    return this.has(key) ? this.oneOf(key, values) : undefined
  }

  /** [] when the key is absent. */
  list(key: string): readonly YamlNode[] {
    const node = this.node(key)
    if (node === undefined) return []
    if (node.kind === 'list') return node.items
    this.fault(`${key} must be a list`, this.lineOf(key))
    return []
  }

  strings(key: string): string[] {
    return this.list(key).flatMap((item) => {
      if (item.kind === 'scalar' && typeof item.value === 'string') return [item.value]
      this.fault(`${key} must hold texts`, item.line)
      return []
    })
  }

  wholeNumbers(key: string, min: number, max: number): number[] {
    return this.list(key).flatMap((item) => {
      const value = item.kind === 'scalar' ? item.value : undefined
      if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) {
        return [value]
      }
      this.fault(`${key} must hold whole numbers from ${min} to ${max}`, item.line)
      return []
    })
  }

  optionalNumber(key: string, min: number, max: number): number | undefined {
    const node = this.node(key)
    if (node === undefined) return undefined
    const value = node.kind === 'scalar' ? node.value : undefined
    return typeof value === 'number' && value >= min && value <= max
      ? value
      : this.fault(`${key} must be a number from ${min} to ${max}`, this.lineOf(key))
  }

  /** Patterns that run in bounded time on any answer; others are faults. */
  patterns(key: string): RegExp[] {
    return this.list(key).flatMap((item) => {
      if (item.kind !== 'scalar' || typeof item.value !== 'string') {
        this.fault(`${key} must hold patterns`, item.line)
        return []
      }
      const read = patternFrom(item.value)
      if (read.ok) return [read.pattern]
      this.fault(`${key}: ${read.reason}`, item.line)
      return []
    })
  }

  sub(key: string): Fields | undefined {
    const node = this.node(key)
    if (node === undefined) return undefined
    return Fields.of(
      node,
      `${this.#name === '' ? '' : `${this.#name}: `}${key}`,
      this.#file,
      this.#faults,
    )
  }

  subs(key: string): Fields[] {
    return this.list(key).flatMap((item, i) => {
      const name = `${this.#name === '' ? '' : `${this.#name}: `}${key}[${i}]`
      return Fields.of(item, name, this.#file, this.#faults) ?? []
    })
  }

  /** Every entry, for mappings whose keys are data. */
  entries(): readonly (readonly [string, YamlNode, number])[] {
    return [...this.#node.entries].map(([key, { line, value }]) => {
      this.#asked.add(key)
      return [key, value, line] as const
    })
  }

  /** Whatever nobody asked for is a fault: a mistyped key would silently change a probe. */
  end(): void {
    for (const [key, { line }] of this.#node.entries) {
      if (this.#asked.has(key)) continue
      this.fault(`unknown key ${key}${didYouMean(nearest(key, this.#asked))}`, line)
    }
  }
}
