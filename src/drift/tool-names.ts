/**
 * The closed set of tool names that one baseline knows: at most 64, first come first served; the rest
 * is `other`. So what peers call their tools grows no state and no label. The set of a pinned
 * baseline has no room left: a tool that came later is `other`, and a step to it is new.
 */
import { isToolName, otherTool, toolNamesMax } from '../aggregate/bigram-counts.ts'

export class ToolNames {
  readonly #names: Set<string>
  readonly #namesMax: number

  /** `namesMax` may be smaller than what is known: then nothing is added. */
  constructor(known: Iterable<string> = [], namesMax = toolNamesMax) {
    this.#names = new Set(known)
    this.#namesMax = namesMax
  }

  /** Of a pinned baseline. */
  static closed(names: Iterable<string>): ToolNames {
    return new ToolNames(names, 0)
  }

  /** The name itself while there is room or it is known; else `other`. */
  of(name: string): string {
    if (this.#names.has(name)) return name
    if (this.#names.size >= this.#namesMax || !isToolName(name)) return otherTool
    this.#names.add(name)
    return name
  }

  get size(): number {
    return this.#names.size
  }
}
