/** Number options of a command: each within its range, every fault named at once. */
import { parseArgs } from 'node:util'
import { type Fault, faultText, messageOf } from '../error.ts'

export interface NumberOption {
  /** Without the dashes. */
  name: string
  default: number
  min: number
  max: number
  whole: boolean
  help: string
}

export type ReadNumbers =
  | { ok: true; number: (name: string) => number; json: boolean; positionals: string[] }
  | { ok: false; faults: Fault[] }

/** `--json` is known besides; words without dashes are refused unless allowed. */
export const readNumbers = (
  args: readonly string[],
  options: readonly NumberOption[],
  allowPositionals = false,
): ReadNumbers => {
  const known = options.map(({ name }) => [name, { type: 'string' as const }] as const)
  let parsed: { values: Record<string, string | boolean | undefined>; positionals: string[] }
  try {
    parsed = parseArgs({
      args: [...args],
      options: { ...Object.fromEntries(known), json: { type: 'boolean' as const } },
      allowPositionals,
    })
  } catch (error) {
    return { ok: false, faults: [{ key: 'arguments', reason: messageOf(error) }] }
  }
  const given = new Map(Object.entries(parsed.values))
  const faults: Fault[] = []
  const values = new Map<string, number>()
  for (const option of options) {
    const text = given.get(option.name)
    const value = typeof text === 'string' ? numberIn(text, option) : option.default
    if (value === undefined) {
      const { name, whole, min, max } = option
      const reason = `must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}`
      faults.push({ key: `--${name}`, reason })
    } else {
      values.set(option.name, value)
    }
  }
  if (faults.length > 0) return { ok: false, faults }
  const number = (name: string): number => {
    const value = values.get(name)
    if (value === undefined) throw new Error(`no option ${name}`)
    return value
  }
  return { ok: true, number, json: given.get('json') === true, positionals: parsed.positionals }
}

const numberIn = (text: string, { whole, min, max }: NumberOption): number | undefined => {
  const value = Number(text)
  const fits = text.trim() !== '' && value >= min && value <= max
  return fits && (!whole || Number.isSafeInteger(value)) ? value : undefined
}

/** Lines of a help text. */
export const numberOptionsText = (options: readonly NumberOption[]): string => {
  const width = Math.max(...options.map(({ name }) => name.length)) + 4
  return options
    .map(
      ({ name, help, default: value }) =>
        `  --${`${name} N`.padEnd(width)}${help} (default ${value})`,
    )
    .join('\n')
}

export const faultsText = (command: string, faults: readonly Fault[]): string =>
  faults.map((fault) => `holdfast ${command}: ${faultText(fault)}\n`).join('')
