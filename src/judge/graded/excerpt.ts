/**
 * The part of a text that a judge gets to see: neutralised, at most so many bytes, the head and the
 * tail when it is longer, cut between code points. Line prefixes of the fence count as bytes, so the
 * bound holds for what is sent.
 */
import { neutralise } from './neutralise.ts'

export interface Excerpt {
  head: string
  /** Undefined: the head is the whole text. */
  tail: string | undefined
}

/** What `fence.ts` puts in front of each line. */
export const linePrefix = '| '

/** Looked at on either side before anything else: ten megabytes cost no more than this. */
const sideCharsMax = 32_768

export function excerptOf(text: string, bytesMax: number): Excerpt {
  const long = text.length > 2 * sideCharsMax
  const head = neutralise(long ? text.slice(0, sideCharsMax) : text)
  if (!long) {
    const whole = takeHead(head, bytesMax)
    if (whole.length === head.length) return { head: detached(head), tail: undefined }
  }
  const tail = long ? neutralise(text.slice(-sideCharsMax)) : head
  const half = Math.floor(bytesMax / 2)
  return { head: detached(takeHead(head, half)), tail: detached(takeTail(tail, half)) }
}

/** A slice keeps the string it was cut from alive; excerpts wait in a queue, whole answers must not. */
const detached = (text: string): string => Buffer.from(text).toString()

/** UTF-8 bytes of one code point, and the prefix of the line that a line feed begins. */
const cost = (codePoint: number): number => {
  if (codePoint === 0x0a) return 1 + linePrefix.length
  if (codePoint < 0x80) return 1
  if (codePoint < 0x800) return 2
  return codePoint < 0x10000 ? 3 : 4
}

function takeHead(text: string, bytesMax: number): string {
  let bytes = linePrefix.length
  let at = 0
  while (at < text.length) {
    const codePoint = text.codePointAt(at) ?? 0
    bytes += cost(codePoint)
    if (bytes > bytesMax) break
    at += codePoint > 0xffff ? 2 : 1
  }
  return text.slice(0, at)
}

function takeTail(text: string, bytesMax: number): string {
  let bytes = linePrefix.length
  let at = text.length
  while (at > 0) {
    const low = text.charCodeAt(at - 1)
    const width = low >= 0xdc00 && low <= 0xdfff && at > 1 ? 2 : 1
    bytes += cost(text.codePointAt(at - width) ?? 0)
    if (bytes > bytesMax) break
    at -= width
  }
  return text.slice(at)
}
