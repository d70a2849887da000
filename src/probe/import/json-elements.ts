/**
 * A JSON file of many elements, one element at a time: those of an array, or of the arrays that
 * stand in an object (`{"behaviors": [...]}`). So a file of any size takes the memory of its largest
 * element, which is bounded.
 */

export interface JsonElement {
  /** Of the object's array; undefined: the file is an array. */
  key: string | undefined
  /** From 0; undefined: a member of the object that is no array. */
  index: number | undefined
  text: string
}

const elementCharsMax = 33_554_432

const quote = 0x22
const comma = 0x2c
const backslash = 0x5c

export class JsonElements {
  /** What ended the reading; undefined while all is well. */
  fault: string | undefined
  #top: '[' | '{' | undefined
  #over = false
  /** Open brackets. */
  #depth = 0
  /** Those of the container whose elements are read. */
  #container = 1
  #key: string | undefined
  #index = 0
  #text = ''
  #inString = false
  #escaped = false
  /** Where a value must stand; after an opening bracket it may be left out. */
  #expected = false
  /** The array before the separator has been told element by element. */
  #closed = false

  push(piece: string): JsonElement[] {
    const elements: JsonElement[] = []
    let from = 0
    for (let at = 0; at < piece.length && this.fault === undefined; at++) {
      if (this.#inString) {
        at = this.#throughString(piece, at)
        continue
      }
      const code = piece.charCodeAt(at)
      if (code === quote) {
        if (this.#depth === 0) this.fault = 'is neither a list nor an object'
        this.#inString = true
        continue
      }
      if (this.#depth > this.#container) {
        if (isOpening(code)) this.#depth++
        else if (isClosing(code)) this.#depth--
        continue
      }
      const structural = code === comma || isOpening(code) || isClosing(code)
      if (this.#depth === 0 ? isSpace(code) : !structural) continue
      this.#take(piece.slice(from, at))
      from = this.#structure(piece.charAt(at), elements) ? at + 1 : at
    }
    if (this.#depth > 0) this.#take(piece.slice(from))
    return elements
  }

  end(): void {
    if (this.fault === undefined && !this.#over) this.fault = 'ends in the middle'
  }

  /** @returns the place of the last letter that was looked at */
  #throughString(piece: string, from: number): number {
    for (let at = from; at < piece.length; at++) {
      if (this.#escaped) {
        this.#escaped = false
        continue
      }
      const code = piece.charCodeAt(at)
      if (code === backslash) this.#escaped = true
      else if (code === quote) {
        this.#inString = false
        return at
      }
    }
    return piece.length
  }

  #take(text: string): void {
    if (this.#depth === 0) return
    if (this.#text.length + text.length > elementCharsMax) {
      this.fault = `holds an element of more than ${elementCharsMax} characters`
    } else this.#text += text
  }

  /** @returns whether the letter is no part of an element */
  #structure(letter: string, elements: JsonElement[]): boolean {
    if (this.#depth === 0) return this.#open(letter)
    if (letter === ',') return this.#separate(elements)
    if (letter === ']' || letter === '}') return this.#close(letter, elements)
    const key = this.#arrayKey(letter)
    this.#depth++
    if (key === undefined) return false
    this.#key = key
    this.#index = 0
    this.#container = this.#depth
    this.#text = ''
    this.#expected = false
    return true
  }

  #open(letter: string): boolean {
    if (this.#over || (letter !== '[' && letter !== '{')) {
      this.fault = this.#over ? 'goes on after its end' : 'is neither a list nor an object'
    } else {
      this.#top = letter
      this.#depth = 1
    }
    return true
  }

  #separate(elements: JsonElement[]): boolean {
    this.#emit(elements)
    this.#expected = true
    return true
  }

  #close(letter: string, elements: JsonElement[]): boolean {
    const member = this.#container === 2
    const opened = member ? '[' : this.#top
    if ((opened === '[') !== (letter === ']')) {
      this.fault = `a "${opened}" is closed by a "${letter}"`
      return true
    }
    if (this.#expected || this.#text.trim() !== '') this.#emit(elements)
    this.#expected = false
    this.#depth--
    if (member) {
      this.#container = 1
      this.#key = undefined
      this.#closed = true
    } else this.#over = true
    return true
  }

  #emit(elements: JsonElement[]): void {
    const text = this.#text.trim()
    this.#text = ''
    if (this.#closed && this.#container === 1) {
      this.#closed = false
      if (text !== '') this.fault = 'goes on after the end of a list'
      return
    }
    if (text === '') {
      this.fault = 'a value is missing before a comma or bracket'
      return
    }
    if (this.#top === '[' || this.#container === 2) {
      elements.push({ key: this.#key, index: this.#index++, text })
      return
    }
    const [key, value] = memberOf(text) ?? []
    if (key === undefined || value === undefined) this.fault = 'a member is no "key": value'
    else elements.push({ key, index: undefined, text: value })
  }

  #arrayKey(letter: string): string | undefined {
    if (letter !== '[' || this.#top !== '{' || this.#container !== 1) return undefined
    const [key, rest] = memberOf(this.#text) ?? []
    return rest === '' ? key : undefined
  }
}

const isOpening = (code: number): boolean => code === 0x5b || code === 0x7b
const isClosing = (code: number): boolean => code === 0x5d || code === 0x7d
const isSpace = (code: number): boolean =>
  code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09

/** `"key": rest`; undefined: it is none. */
function memberOf(text: string): [key: string, rest: string] | undefined {
  const start = text.search(/\S/)
  if (start < 0 || text.charAt(start) !== '"') return undefined
  let end = start + 1
  while (end < text.length && text.charAt(end) !== '"') end += text.charAt(end) === '\\' ? 2 : 1
  const rest = text.slice(end + 1).trimStart()
  if (!rest.startsWith(':')) return undefined
  try {
    const key: unknown = JSON.parse(text.slice(start, end + 1))
    return typeof key === 'string' ? [key, rest.slice(1).trim()] : undefined
  } catch {
    return undefined
  }
}
