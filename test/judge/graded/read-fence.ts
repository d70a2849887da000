/** The inverse of the fence, written apart from it: what a reader who knows the nonce finds. */

export interface ReadField {
  head: string
  tail: string | undefined
}

const nonceLine = /^The material to grade stands between lines that carry the code ([0-9a-f]{32})\./

/** Throws when a field does not have exactly one opening, one closing, and prefixed lines between. */
export function readFence(user: string, names: readonly string[]): Map<string, ReadField> {
  const nonce = nonceLine.exec(user)?.[1]
  if (nonce === undefined) throw new Error('no nonce in the notice')
  const lines = user.split('\n')
  const fields = new Map<string, ReadField>()
  const markers = lines.filter((line) => line.startsWith(`[[${nonce}`))
  let expected = 0
  for (const name of names) {
    const from = onlyIndex(lines, `[[${nonce} ${name} begins]]`)
    const to = onlyIndex(lines, `[[${nonce} ${name} ends]]`)
    const between = lines.slice(from + 1, to)
    const gap = between.indexOf(`[[${nonce} the middle of the ${name} is left out]]`)
    expected += gap < 0 ? 2 : 3
    fields.set(name, {
      head: unquoted(gap < 0 ? between : between.slice(0, gap)),
      tail: gap < 0 ? undefined : unquoted(between.slice(gap + 1)),
    })
  }
  if (markers.length !== expected) throw new Error(`${markers.length} markers of ${expected}`)
  // Notice, markers and reminder carry the nonce; nothing else does.
  if (user.split(nonce).length - 1 !== expected + 2) throw new Error('the nonce stands elsewhere')
  return fields
}

function onlyIndex(lines: readonly string[], line: string): number {
  const at = lines.indexOf(line)
  if (at < 0 || lines.lastIndexOf(line) !== at) throw new Error(`not exactly once: ${line}`)
  return at
}

function unquoted(lines: readonly string[]): string {
  return lines
    .map((line) => {
      if (!line.startsWith('| ')) throw new Error(`not prefixed: ${line}`)
      return line.slice(2)
    })
    .join('\n')
}
