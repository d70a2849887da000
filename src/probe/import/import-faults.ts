/** What is wrong with a file that is imported: file, row and column, as many as a person wants to read. */

const shownMax = 20

export interface FaultPlace {
  file: string
  /** As people count: `12` for a line, `simulations[3]` for an element. */
  row?: string | undefined
  column?: string | undefined
}

export class ImportFaults {
  readonly #texts: string[] = []

  add({ file, row, column }: FaultPlace, reason: string): undefined {
    if (this.full) return undefined
    const where = row === undefined ? file : `${file}:${row}`
    this.#texts.push(
      column === undefined ? `${where}: ${reason}` : `${where}: column ${column}: ${reason}`,
    )
    return undefined
  }

  /** Reading on would only show the same slip again. */
  get full(): boolean {
    return this.#texts.length >= shownMax
  }

  get count(): number {
    return this.#texts.length
  }

  get texts(): readonly string[] {
    return this.#texts
  }
}
