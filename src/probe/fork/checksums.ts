/** Numbers that prove themselves: what passes is almost surely one, and a random number almost never is. */

const digitsOf = (text: string): number[] => Array.from(text, Number)

const weighted = (digits: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * (digits[i] ?? 0), 0)

const allAlike = (text: string): boolean => /^(.)\1*$/.test(text)

/** Luhn (ISO/IEC 7812): payment cards. */
export const isCard = (digits: string): boolean => {
  if (!/^\d{13,19}$/.test(digits) || allAlike(digits)) return false
  const sum = digitsOf(digits)
    .reverse()
    .reduce((all, digit, i) => {
      const doubled = i % 2 === 1 ? digit * 2 : digit
      return all + (doubled > 9 ? doubled - 9 : doubled)
    }, 0)
  return sum % 10 === 0
}

const mod97 = (digits: string): number => {
  let rest = 0
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97
  return rest
}

/** ISO 13616. */
export const isIban = (text: string): boolean => {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false
  const moved = text.slice(4) + text.slice(0, 4)
  return mod97(moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))) === 1
}

/** Brazil, CPF. */
const isCpf = (text: string): boolean => {
  if (text.length !== 11 || allAlike(text)) return false
  const digits = digitsOf(text)
  const check = (length: number): number => {
    const weights = Array.from({ length }, (_, i) => length + 1 - i)
    return ((weighted(digits, weights) * 10) % 11) % 10
  }
  return check(9) === digits[9] && check(10) === digits[10]
}

/** Turkey, T.C. kimlik no. */
const isTckn = (text: string): boolean => {
  if (text.length !== 11 || text.startsWith('0')) return false
  const digits = digitsOf(text)
  const odd = weighted(digits, [1, 0, 1, 0, 1, 0, 1, 0, 1])
  const even = weighted(digits, [0, 1, 0, 1, 0, 1, 0, 1])
  const tenth = (((odd * 7 - even) % 10) + 10) % 10
  const sum = weighted(digits, Array(10).fill(1))
  return tenth === digits[9] && sum % 10 === digits[10]
}

/** Germany, Steuer-Identifikationsnummer (ISO/IEC 7064, MOD 11,10). */
const isSteuerId = (text: string): boolean => {
  if (text.length !== 11 || text.startsWith('0')) return false
  const counts = new Map<string, number>()
  for (const digit of text.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1)
  // Exactly one digit stands twice or three times among the first ten.
  if ([...counts.values()].filter((count) => count > 1).length !== 1) return false
  let product = 10
  for (const digit of digitsOf(text.slice(0, 10))) {
    const sum = (digit + product) % 10 || 10
    product = (sum * 2) % 11
  }
  return (11 - product) % 10 === Number(text[10])
}

/** India, Aadhaar (Verhoeff). */
const isAadhaar = (text: string): boolean => {
  if (text.length !== 12 || /^[01]/.test(text)) return false
  return verhoeff(text)
}

const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4] as const

/** Multiplication in the dihedral group of ten elements. */
const dihedral = (a: number, b: number): number => {
  if (a < 5) return b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5)
  return b < 5 ? 5 + ((a - b + 5) % 5) : (a - b + 10) % 5
}

const verhoeff = (text: string): boolean => {
  let check = 0
  for (const [i, digit] of digitsOf(text).reverse().entries()) {
    let permuted = digit
    for (let turn = 0; turn < i % 8; turn++) permuted = permutation[permuted] ?? 0
    check = dihedral(check, permuted)
  }
  return check === 0
}

/** Thailand. */
const isThaiId = (text: string): boolean => {
  if (text.length !== 13) return false
  const digits = digitsOf(text)
  const sum = weighted(digits, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2])
  return !allAlike(text) && (11 - (sum % 11)) % 10 === digits[12]
}

/** Romania, CNP. */
const isCnp = (text: string): boolean => {
  if (text.length !== 13 || !/^[1-9]\d{2}(?:0[1-9]|1[0-2])/.test(text)) return false
  const digits = digitsOf(text)
  const rest = weighted(digits, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11
  return (rest === 10 ? 1 : rest) === digits[12]
}

/** South Korea, resident registration number. */
const isRrn = (text: string): boolean => {
  if (text.length !== 13 || !/^\d{2}(?:0[1-9]|1[0-2])/.test(text)) return false
  const digits = digitsOf(text)
  const sum = weighted(digits, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5])
  return (11 - (sum % 11)) % 10 === digits[12]
}

/** France, NIR with its key. */
const isNir = (text: string): boolean => {
  if (text.length !== 15 || !/^[12]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)/.test(text)) return false
  return 97 - mod97(text.slice(0, 13)) === Number(text.slice(13))
}

/** China, resident identity card: the last one may be X. */
const isChineseId = (text: string): boolean => {
  if (!/^\d{17}[\dX]$/.test(text)) return false
  const sum = weighted(
    digitsOf(text.slice(0, 17)),
    [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2],
  )
  return '10X98765432'[sum % 11] === text[17]
}

/** Spain, DNI and NIE: a letter checks the number. */
export const isDni = (text: string): boolean => {
  const parts = /^([XYZ]?)(\d{7,8})([A-Z])$/.exec(text)
  if (parts === null) return false
  const [, foreign = '', number = '', letter = ''] = parts
  if (foreign.length + number.length !== 8) return false
  const whole = Number(`${foreign === '' ? '' : 'XYZ'.indexOf(foreign)}${number}`)
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[whole % 23] === letter
}

/** Italy, codice fiscale: the shape alone is unmistakable. */
export const isCodiceFiscale = (text: string): boolean =>
  /^[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]$/.test(text)

/** Any of the numbers that people are known by to their states. */
export const isNationalId = (text: string): boolean =>
  isCpf(text) ||
  isTckn(text) ||
  isSteuerId(text) ||
  isAadhaar(text) ||
  isThaiId(text) ||
  isCnp(text) ||
  isRrn(text) ||
  isNir(text) ||
  isChineseId(text)
