/**
 * Text of a model or a user made fit for a terminal: wrapped, and every character that would move
 * the cursor, colour, hide or turn text around shown by its number instead.
 */

/**
 * Controls, invisible and direction-changing characters, lone surrogates, private use; not the line
 * end, and not the joiners that Persian and the scripts of India are written with.
 */
const unseen = /[^\P{C}\n\u200c\u200d]|[\u2028\u2029\u115f\u1160\u3164\uffa0]/gu
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
/** Signs that stand on the one before them. */
const combining = /[\p{Mn}\u200c\u200d]/u

const numbered = (char: string): string =>
  `<U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`

export const visible = (text: string): string =>
  text.replaceAll('\r\n', '\n').replaceAll('\t', '    ').replace(unseen, numbered)

const widthOf = (char: string): number => (combining.test(char) ? 0 : wide.test(char) ? 2 : 1)

/** Lines of at most `columns` cells; a longer word is cut. */
export function wrapped(text: string, columns: number): string[] {
  const width = Math.max(10, columns)
  return visible(text)
    .split('\n')
    .flatMap((line) => wrapLine(line, width))
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = []
  let current = ''
  let used = 0
  /** Where the last space stands in `current`, and the cells up to and with it. */
  let space = -1
  let spaceUsed = 0
  for (const char of line) {
    const cells = widthOf(char)
    if (used + cells > width) {
      const cut = space > 0 ? space : current.length
      lines.push(current.slice(0, cut).trimEnd())
      current = current.slice(space > 0 ? cut + 1 : cut)
      used = space > 0 ? used - spaceUsed : 0
      space = -1
    }
    current += char
    used += cells
    if (char === ' ') {
      space = current.length - 1
      spaceUsed = used
    }
  }
  return [...lines, current]
}
