/**
 * The writing system of a text, by weighted counts of its letters. Some characters carry more of
 * a word than others: without weights a Chinese question with two English names in it counts as
 * Latin (measured: Han x3.5, kana x2, Hangul x2.2).
 */

export type Script =
  | 'latin'
  | 'cyrillic'
  | 'arabic'
  | 'devanagari'
  | 'bengali'
  | 'hebrew'
  | 'ethiopic'
  | 'han'
  | 'japanese'
  | 'hangul'
  | 'thai'
  | 'greek'
  | 'gurmukhi'
  | 'gujarati'
  | 'oriya'
  | 'tamil'
  | 'telugu'
  | 'kannada'
  | 'malayalam'
  | 'sinhala'
  | 'lao'
  | 'tibetan'
  | 'myanmar'
  | 'georgian'
  | 'armenian'
  | 'khmer'
  | 'javanese'
  | 'kana'
  | 'unknown'

/** First code unit, last code unit, script; ascending. Unicode 15 blocks. */
const blocks: readonly (readonly [number, number, Script])[] = [
  [0x41, 0x5a, 'latin'],
  [0x61, 0x7a, 'latin'],
  [0xc0, 0x24f, 'latin'],
  [0x250, 0x2af, 'latin'],
  [0x370, 0x3ff, 'greek'],
  [0x400, 0x52f, 'cyrillic'],
  [0x531, 0x587, 'armenian'],
  [0x5d0, 0x5f4, 'hebrew'],
  [0x620, 0x6ff, 'arabic'],
  [0x750, 0x77f, 'arabic'],
  [0x8a0, 0x8ff, 'arabic'],
  [0x900, 0x97f, 'devanagari'],
  [0x980, 0x9ff, 'bengali'],
  [0xa00, 0xa7f, 'gurmukhi'],
  [0xa80, 0xaff, 'gujarati'],
  [0xb00, 0xb7f, 'oriya'],
  [0xb80, 0xbff, 'tamil'],
  [0xc00, 0xc7f, 'telugu'],
  [0xc80, 0xcff, 'kannada'],
  [0xd00, 0xd7f, 'malayalam'],
  [0xd80, 0xdff, 'sinhala'],
  [0xe00, 0xe7f, 'thai'],
  [0xe80, 0xeff, 'lao'],
  [0xf00, 0xfff, 'tibetan'],
  [0x1000, 0x109f, 'myanmar'],
  [0x10a0, 0x10ff, 'georgian'],
  [0x1100, 0x11ff, 'hangul'],
  [0x1200, 0x139f, 'ethiopic'],
  [0x1780, 0x17ff, 'khmer'],
  [0x1e00, 0x1eff, 'latin'],
  [0x1f00, 0x1fff, 'greek'],
  [0x3005, 0x3007, 'han'],
  [0x3041, 0x30ff, 'kana'],
  [0x3131, 0x318e, 'hangul'],
  [0x31f0, 0x31ff, 'kana'],
  [0x3400, 0x4dbf, 'han'],
  [0x4e00, 0x9fff, 'han'],
  [0xa980, 0xa9df, 'javanese'],
  [0xac00, 0xd7a3, 'hangul'],
  [0xf900, 0xfaff, 'han'],
  [0xfb50, 0xfdff, 'arabic'],
  [0xfe70, 0xfefc, 'arabic'],
  [0xff66, 0xff9d, 'kana'],
]

const weights: Partial<Record<Script, number>> = { han: 3.5, kana: 2, hangul: 2.2 }

/** Block index of each code unit of the basic plane; 255: no letter. */
const blockOf = new Uint8Array(0x10000).fill(255)
for (const [index, [first, last]] of blocks.entries()) blockOf.fill(index, first, last + 1)
for (const notLetter of [0xd7, 0xf7, 0x30fb, 0x6dd, 0x964, 0x965]) blockOf[notLetter] = 255

/** Kana among kana and ideographs, from which on the text is Japanese; a lone の is fashion. */
const kanaShareMin = 0.1
const highSurrogates: readonly [number, number] = [0xd840, 0xd888]

export interface ScriptCount {
  script: Script
  /** Weighted letters of that script, an ideograph counting 3.5. */
  letters: number
  /** Share of that script among all weighted letters, in [0, 1]. */
  share: number
}

export const dominantScript = (text: string): ScriptCount => {
  const counts = new Float64Array(blocks.length)
  let supplementaryHan = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const block = blockOf[code] ?? 255
    if (block !== 255) counts[block] = (counts[block] ?? 0) + 1
    else if (code >= highSurrogates[0] && code < highSurrogates[1]) supplementaryHan++
  }
  const weighted = new Map<Script, number>()
  let all = 0
  const add = (script: Script, characters: number): void => {
    if (characters === 0) return
    const letters = characters * (weights[script] ?? 1)
    weighted.set(script, (weighted.get(script) ?? 0) + letters)
    all += letters
  }
  for (const [index, [, , script]] of blocks.entries()) add(script, counts[index] ?? 0)
  add('han', supplementaryHan)
  joinJapanese(weighted)
  let best: ScriptCount = { script: 'unknown', letters: 0, share: 0 }
  for (const [script, letters] of weighted) {
    if (letters > best.letters) best = { script, letters, share: letters / all }
  }
  return best
}

/** Japanese is written in kana and ideographs: the two stand together against other scripts. */
const joinJapanese = (weighted: Map<Script, number>): void => {
  const kana = weighted.get('kana') ?? 0
  if (kana === 0) return
  const han = weighted.get('han') ?? 0
  weighted.delete('kana')
  const characters = kana / (weights.kana ?? 1) + han / (weights.han ?? 1)
  if (kana / (weights.kana ?? 1) / characters < kanaShareMin) {
    weighted.set('han', han + kana)
    return
  }
  weighted.delete('han')
  weighted.set('japanese', kana + han)
}

/** The text with everything but the letters of one script turned into spaces; apostrophes stay. */
export const lettersOf = (text: string, script: Script): string => {
  let kept = ''
  let from = -1
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 0
    const block = blockOf[code] ?? 255
    const isMark = code >= 0x300 && code <= 0x36f
    const isApostrophe = (code === 0x27 || code === 0x2019) && from >= 0
    const keep = isMark || isApostrophe || (block !== 255 && blocks[block]?.[2] === script)
    if (keep && from < 0) from = i
    if (!keep && from >= 0) {
      kept += kept === '' ? text.slice(from, i) : ` ${text.slice(from, i)}`
      from = -1
    }
  }
  return kept
}
