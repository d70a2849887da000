/**
 * What capture keeps of one body: large chunks by reference, the small ones of a stream copied side by
 * side. A stream of two hundred events kept by reference is two hundred buffers that outlive the young
 * heap; copying their few bytes costs less than collecting them.
 */

const smallBytes = 4096
const blockBytes = 8192

export class BodyCopy {
  readonly #parts: Buffer[] = []
  #block: Buffer | undefined
  #used = 0
  /** Bytes added. */
  bytes = 0

  add(chunk: Buffer): void {
    this.bytes += chunk.length
    // A body of one chunk is never copied.
    if (this.#parts.length === 0 || chunk.length >= smallBytes) {
      this.#closeBlock()
      this.#parts.push(chunk)
      return
    }
    if (this.#block === undefined || this.#used + chunk.length > blockBytes) {
      this.#closeBlock()
      this.#block = Buffer.allocUnsafeSlow(blockBytes)
    }
    this.#used += chunk.copy(this.#block, this.#used)
  }

  /** Everything added, in order. */
  parts(): readonly Buffer[] {
    this.#closeBlock()
    return this.#parts
  }

  clear(): void {
    this.#parts.length = 0
    this.#block = undefined
    this.#used = 0
  }

  #closeBlock(): void {
    if (this.#block === undefined) return
    this.#parts.push(this.#block.subarray(0, this.#used))
    this.#block = undefined
    this.#used = 0
  }
}
