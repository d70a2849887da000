/**
 * Whether a pattern runs in linear time on any text, by a rule that is simple enough to be told to
 * who writes XX of one pattern multiply to no more than `stepsMax` per place in the text.
 */

export const stepsMax = 10_000

const classes = /\[(?:\\.|[^\]\\])*\]/g
const quantifier = /[*+?]|\{(\d*)(,?)(\d*)\}/y

interface Group {
  quantified: boolean
}

/** `undefined` when the pattern is safe, else the reason. */
export function unsafeReason(pattern: string): string | undefined {
  if (/\\[1-9]|\\k</.test(pattern.replace(classes, '_'))) return 'a backreference'
  // A class is one unit, as is an escaped character: neither holds a quantifier.
  const units = pattern.replace(classes, '_').replace(/\\(?:u\{[^}]*\}|p\{[^}]*\}|.)/g, '_')
  const open: Group[] = []
  let steps = 1
  let closed: Group | undefined
  for (let at = 0; at < units.length; ) {
    const unit = units[at]
    if (unit === '(') {
      open.push({ quantified: false })
      at += /^\(\?(?:[:=!]|<[=!]|<\w+>)/.exec(units.slice(at))?.[0].length ?? 1
      closed = undefined
      continue
    }
    if (unit === ')') {
      closed = open.pop()
      if (closed?.quantified && open.length > 0) for (const group of open) group.quantified = true
      at++
      continue
    }
    quantifier.lastIndex = at
    const found = quantifier.exec(units)
    if (found === null) {
      closed = undefined
      at++
      continue
    }
    const [text, low = '', comma = '', high = ''] = found
    if (text === '*' || text === '+' || (comma !== '' && high === ''))
      return 'an unbounded quantifier'
    if (closed?.quantified && text !== '?') return 'a quantifier inside of a repeated group'
    const bound = text === '?' ? 1 : Number(comma === '' ? low : high)
    // `x{3}` has one way to match, `x{0,3}` four.
    if (text === '?' || comma !== '') steps *= bound - (text === '?' ? 0 : Number(low)) + 1
    for (const group of open) group.quantified = true
    closed = undefined
    at += text.length
  }
  return steps > stepsMax ? `${steps} steps a place` : undefined
}
