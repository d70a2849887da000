/**
 * What an expression of PromQL names: metrics with their matchers, and the labels it groups or joins by.
 * A reader of names, no parser: whether an expression is valid is for promtool to say.
 */

export interface Matcher {
  label: string
  operator: string
  value: string
}

export interface Selector {
  name: string
  matchers: Matcher[]
}

export interface PromqlNames {
  selectors: Selector[]
  /** Of by, without, on, ignoring, group_left and group_right. */
  labels: string[]
}

const tokenPattern =
  /\s+|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\[[^\]]*\]|\$?[A-Za-z_:][\w:]*|\d[\w.]*(?:e[+-]?\d+)?|[=!<>]=|[=!]~|./gy

const listWords = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right'])
const words = new Set([...listWords, 'and', 'or', 'unless', 'bool', 'offset', 'inf', 'nan'])

export function namesIn(expression: string): PromqlNames {
  const tokens = [...expression.matchAll(tokenPattern)]
    .map(([token]) => token)
    .filter((token) => token.trim() !== '')
  const found: PromqlNames = { selectors: [], labels: [] }
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? ''
    if (!/^[A-Za-z_:]/.test(token)) continue
    const next = tokens[at + 1]
    if (listWords.has(token)) {
      if (next !== '(') continue
      for (at += 2; tokens[at] !== ')' && at < tokens.length; at++) {
        if (tokens[at] !== ',') found.labels.push(tokens[at] ?? '')
      }
    } else if (!words.has(token) && !['(', 'by', 'without'].includes(next ?? '')) {
      const matchers: Matcher[] = []
      if (next === '{') {
        for (at += 2; tokens[at] !== '}' && at < tokens.length; at++) {
          if (tokens[at] === ',') continue
          const [label = '', operator = '', quoted = ''] = tokens.slice(at, at + 3)
          matchers.push({ label, operator, value: quoted.slice(1, -1) })
          at += 2
        }
      }
      found.selectors.push({ name: token, matchers })
    }
  }
  return found
}

/** The values a matcher names one by one; none where it is a pattern or a variable of a dashboard. */
export function valuesIn({ operator, value }: Matcher): string[] {
  if (value.includes('$')) return []
  if (!operator.endsWith('~')) return [value]
  return /[.*?[(\\]/.test(value) ? [] : value.split('|')
}
