/**
 * The calls among which a loop could be: those that may be equal, as JSON, to at least two others.
 * Comparing all calls of a long history as JSON, at every step of an agent, would cost tens of
 * milliseconds; this reads their characters once.
 *
 * Equal JSON may differ in white space, in the order of keys and in how characters and numbers are
 * escaped and written. So calls are told apart by what none of these moves: the tool, and the number
 * and sum of the ASCII letters that stand in no escape and after no digit (1e3 is 1000).
 */
import type { ToolCall } from '../exchange/exchange.ts'
import { loopRepeats } from './tool-loop.ts'

type Call = Pick<ToolCall, 'name' | 'arguments'>

const backslash = 0x5c
const u = 0x75
const unicodeEscapeLength = 6

const isLetter = (code: number): boolean => {
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x7a
}
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

const mark = ({ name, arguments: text }: Call): string => {
  let letters = 0
  let sum = 0
  let afterDigit = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === backslash) {
      at += text.charCodeAt(at + 1) === u ? unicodeEscapeLength - 1 : 1
    } else if (isLetter(code) && !afterDigit) {
      letters++
      sum += code
    }
    afterDigit = isDigit(code)
  }
  return `${letters} ${sum} ${name}`
}

/** In their order. */
export const loopCandidates = <T extends Call>(calls: readonly T[]): T[] => {
  const marks = calls.map((call) => mark(call))
  const counts = new Map<string, number>()
  for (const one of marks) counts.set(one, (counts.get(one) ?? 0) + 1)
  return calls.filter((_, i) => (counts.get(marks[i] ?? '') ?? 0) >= loopRepeats)
}
