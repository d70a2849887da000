/**
 * Patterns of suites run on answers of a model, so they may cost only so much: no unbounded
 * repetition, no repetition inside of a repeated group, no reference back, and few steps in all.
 */

export type PatternResult = { ok: true; pattern: RegExp } | { ok: false; reason: string }

const lengthMax = 500
/** Of one repetition, and of all in a row multiplied: what a failed attempt can cost at one place. */
const repeatMax = 400
const backtrackMax = 50_000

export function patternFrom(source: string): PatternResult {
  if (source.length > lengthMax) return { ok: false, reason: `a pattern over ${lengthMax} letters` }
  const reason = costly(source)
  if (reason !== undefined) return { ok: false, reason }
  try {
    return { ok: true, pattern: new RegExp(source, 'im') }
  } catch {
    return { ok: false, reason: 'not a pattern of ECMAScript' }
  }
}

/** How many ways a failed attempt has to go: alternatives are tried one by one, the rest multiplies. */
interface Group {
  repeats: boolean
  ways: number
  /** Of the alternatives before this one. */
  most: number
  /** Alternatives to choose from: of this one's inner groups, and of those before it. */
  choice: number
  choices: number
}

const newGroup = (): Group => ({ repeats: false, ways: 1, most: 1, choice: 1, choices: 0 })
const choicesOf = ({ choice, choices }: Group): number => choice + choices
const waysOf = ({ ways, most }: Group): number => Math.max(ways, most)

/** Why it may take too long; undefined: it cannot. */
function costly(source: string): string | undefined {
  const open: Group[] = [newGroup()]
  let closed: Group | undefined
  for (let at = 0; at < source.length; ) {
    const rest = source.slice(at)
    const group = open.at(-1)
    // A bracket too many: the engine says so.
    if (group === undefined) return undefined
    const quantifier = at === 0 ? undefined : /^(?:[*+?]|\{\d+,?\d*\})\??/.exec(rest)?.[0]
    if (quantifier !== undefined) {
      const reason = repeated(quantifier, group, closed)
      if (reason !== undefined) return reason
    }
    if (/^\\(?:[1-9]|k<)/.test(rest)) return 'a pattern that refers back'
    closed = undefined
    if (quantifier !== undefined) {
      at += quantifier.length
    } else if (rest.startsWith('\\')) {
      at += 2
    } else if (rest.startsWith('[')) {
      at = endOfClass(source, at)
    } else if (rest.startsWith('(')) {
      open.push(newGroup())
      at += /^\((?:\?(?:[:=!]|<[=!]|<\w{1,40}>))?/.exec(rest)?.[0].length ?? 1
    } else if (rest.startsWith(')')) {
      closed = open.pop()
      const outer = open.at(-1)
      if (closed !== undefined && outer !== undefined) {
        outer.repeats ||= closed.repeats
        outer.ways *= waysOf(closed)
        outer.choice *= choicesOf(closed)
      }
      at++
    } else {
      if (rest.startsWith('|')) {
        group.most = waysOf(group)
        group.ways = 1
        group.choices = choicesOf(group)
        group.choice = 1
      }
      at++
    }
  }
  const whole = open[0]
  return whole !== undefined && waysOf(whole) > backtrackMax
    ? 'a pattern with too many ways to match'
    : undefined
}

function repeated(quantifier: string, group: Group, closed: Group | undefined): string | undefined {
  const most = mostOf(quantifier)
  if (most === undefined) return `a pattern with the unbounded "${quantifier}"`
  if (most > repeatMax) return `a pattern that repeats more than ${repeatMax} times`
  if (most > 1 && closed?.repeats === true) return 'a pattern that repeats a repetition'
  if (most > 1) group.repeats = true
  // There or not: what repeats the group chooses each time.
  else group.choice *= 2
  const choices = closed === undefined || most <= 1 ? 1 : choicesOf(closed)
  group.ways *= (most + 1) * choices ** most
  return undefined
}

const endOfClass = (source: string, from: number): number => {
  let at = from + 1
  while (at < source.length && source[at] !== ']') at += source[at] === '\\' ? 2 : 1
  return at + 1
}

/** Undefined: without end. */
function mostOf(quantifier: string): number | undefined {
  if (quantifier.startsWith('?')) return 1
  const bounds = /^\{(\d+)(,?)(\d*)\}/.exec(quantifier)
  if (bounds === null) return undefined
  const [, least = '', comma, most = ''] = bounds
  if (comma === '') return Number(least)
  return most === '' ? undefined : Number(most)
}
