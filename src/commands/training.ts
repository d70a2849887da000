/**
 * What `train judge` and `train request` share: reading files of labelled rows in an order that
 * does not depend on the order of the arguments, fitting, measuring and printing.
 */
import { writeFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { parseArgs } from 'node:util'
import type { Interval } from '../aggregate/wilson.ts'
import type { ModelSource } from '../judge/model/linear-model.ts'
import {
  type BinaryFigures,
  crossValidate,
  figuresBy,
  figuresOf,
  type Scored,
} from '../learn/cross-validate.ts'
import type { Example } from '../learn/example.ts'
import type { CommandIo } from './command.ts'
import { readJsonLines } from './read-lines.ts'

export interface TrainOptions {
  files: string[]
  constructed: string[]
  factors: readonly Factor[]
  out: string | undefined
  crossValidate: boolean
  json: boolean
  folds: number
}

const foldsMax = 20

/** Rows that count more, or less, than they say: of sets whose name begins so, with this label. */
export interface Factor {
  set: string
  /** Any label when undefined. */
  label: string | undefined
  factor: number
}

const factorMax = 100
const factorShape = /^([^:=]+)(?::([^:=]+))?=([0-9.]+)$/

const readFactors = (given: readonly string[]): Factor[] | string => {
  const factors: Factor[] = []
  for (const text of given) {
    const [, set, label, number] = factorShape.exec(text) ?? []
    const factor = Number(number)
    if (set === undefined || !(factor > 0 && factor <= factorMax)) {
      return `--weigh ${text}: not SET=NUMBER or SET:LABEL=NUMBER, above 0 and at most ${factorMax}`
    }
    factors.push({ set, label, factor })
  }
  return factors
}

const factorOf = (factors: readonly Factor[], set: string, label: string | undefined): number =>
  factors
    .filter((one) => set.startsWith(one.set) && (one.label === undefined || one.label === label))
    .reduce((product, { factor }) => product * factor, 1)

export const readTrainArgs = (args: readonly string[]): TrainOptions | string => {
  let parsed
  try {
    parsed = parseArgs({
      args: [...args],
      options: {
        out: { type: 'string' },
        constructed: { type: 'string', multiple: true },
        weigh: { type: 'string', multiple: true },
        'cross-validate': { type: 'boolean' },
        folds: { type: 'string' },
        json: { type: 'boolean' },
      },
      allowPositionals: true,
    })
  } catch (error) {
    return error instanceof Error ? error.message : 'arguments cannot be read'
  }
  const { values, positionals } = parsed
  if (positionals.length === 0) return 'no file of labels given'
  const folds = Number(values.folds ?? '5')
  if (!Number.isInteger(folds) || folds < 2 || folds > foldsMax) {
    return `--folds is not a whole number from 2 to ${foldsMax}`
  }
  const factors = readFactors(values.weigh ?? [])
  if (typeof factors === 'string') return factors
  const measures = values['cross-validate'] ?? false
  if (!measures && values.out === undefined) return 'neither --out FILE nor --cross-validate given'
  return {
    files: positionals,
    constructed: values.constructed ?? [],
    factors,
    out: values.out,
    crossValidate: measures,
    json: values.json ?? false,
    folds,
  }
}

/** The folder and the file's name: many sets of labels are files of one name. */
const setOf = (file: string): string =>
  [basename(dirname(file)), basename(file).replace(/\.jsonl$/, '')].filter(Boolean).join('/')

/** A row as it is read; `part` tells apart rows of one file in the figures, `label` in weighing. */
export type ReadRow<Vector> = Omit<Example<Vector>, 'set' | 'constructed'> & {
  part?: string | undefined
  label?: string
}

/** Without an example the row is passed over: it has been read before. */
export type ReadExample<Vector> = (
  value: unknown,
) => { ok: true; example: ReadRow<Vector> | undefined; key: string } | Failed
interface Failed {
  ok: false
  why: string
}

interface Read<Vector> {
  examples: Example<Vector>[]
  sources: ModelSource[]
}

const readAll = async <Vector>(
  options: TrainOptions,
  read: ReadExample<Vector>,
  signal: AbortSignal,
): Promise<Read<Vector> | string> => {
  const keyed: { key: string; example: Example<Vector> }[] = []
  const sources: ModelSource[] = []
  for (const [files, constructed] of [
    [options.files, false],
    [options.constructed, true],
  ] as const) {
    for (const file of files) {
      const set = setOf(file)
      const result = await readJsonLines(
        file,
        (value) => {
          const row = read(value)
          if (!row.ok) return row.why
          if (row.example === undefined) return undefined
          const { part, label, ...example } = row.example
          const named = part === undefined ? set : `${set}: ${part}`
          const weight = example.weight * factorOf(options.factors, set, label)
          keyed.push({ key: row.key, example: { ...example, weight, set: named, constructed } })
          return undefined
        },
        signal,
      )
      if (!result.ok) return result.why
      sources.push({ sha256: result.sha256, rows: result.lines })
    }
  }
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return { examples: keyed.map(({ example }) => example), sources }
}

const interval = (value: Interval | null): string =>
  value === null ? '-' : `${value.est.toFixed(3)} [${value.lo.toFixed(3)}, ${value.hi.toFixed(3)}]`
const percent = (value: number | null): string =>
  value === null ? '-' : `${(100 * value).toFixed(1)} %`

export const tableOf = (rows: readonly (readonly string[])[]): string => {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cell.length)
    })
  }
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const cells = (name: string, figures: BinaryFigures): string[] => [
  name.replace(/\p{C}/gu, '?'),
  String(figures.n),
  interval(figures.kappa),
  interval(figures.ac1),
  interval(figures.sensitivity),
  interval(figures.specificity),
  percent(figures.positive_rate.human),
  percent(figures.positive_rate.model),
]

export interface Trained<Vector> {
  score: (vector: Vector) => number
  /** Rows the weights were fitted to. */
  used: number
  /** The weights as a file, and their version. */
  fileOf: (sources: readonly ModelSource[]) => { text: string; version: string }
}

export interface TrainedKind<Vector> {
  kind: string
  read: ReadExample<Vector>
  fit: (examples: readonly Example<Vector>[]) => Trained<Vector>
  /** Further figures of the held-out scores, printed after the table. */
  more?: (scored: readonly Scored[]) => { text: string; json: unknown }
}

const measure = <Vector>(
  read: Read<Vector>,
  kind: TrainedKind<Vector>,
  options: TrainOptions,
): string => {
  const scored = crossValidate(read.examples, options.folds, (rest) => kind.fit(rest).score)
  const labelled = scored.filter(({ example }) => !example.constructed)
  const all = figuresOf(labelled)
  const bySet = figuresBy(scored, ({ set, constructed }) => (constructed ? `${set} *` : set))
  const byModel = figuresBy(labelled, ({ set, model }) =>
    model === undefined ? undefined : `${set}: ${model}`,
  )
  const byLanguage = figuresBy(labelled, ({ language }) => language)
  const more = kind.more?.(labelled)
  if (options.json) {
    const figures = {
      folds: options.folds,
      all,
      by_set: Object.fromEntries(bySet),
      by_model: Object.fromEntries(byModel),
      by_language: Object.fromEntries(byLanguage),
      ...(more === undefined ? {} : { more: more.json }),
    }
    return `${JSON.stringify(figures)}\n`
  }
  const head = ['', 'n', 'kappa', 'AC1', 'sensitivity', 'specificity', 'human', 'model']
  const rows = [head, cells('all', all)]
  for (const [word, groups] of [
    ['set', bySet],
    ['model', byModel],
    ['language', byLanguage],
  ] as const) {
    for (const [name, figures] of groups) rows.push(cells(`${word} ${name}`, figures))
  }
  const note = `${kind.kind}, ${options.folds} folds by prompt, every row scored by a fit that has not seen its prompt\n95 % intervals in brackets; * labels that nobody read, not in the other rows\n`
  return `${note}${tableOf(rows)}\n${more === undefined ? '' : `${more.text}\n`}`
}

/** Runs a training command: exit code 2 for what the operator can mend. */
export const train = async <Vector>(
  name: string,
  usage: string,
  args: readonly string[],
  io: CommandIo,
  makeKind: () => TrainedKind<Vector>,
): Promise<number> => {
  const options = readTrainArgs(args)
  if (typeof options === 'string') {
    io.stderr.write(`holdfast ${name}: ${options}\n\n${usage}`)
    return 2
  }
  const kind = makeKind()
  const read = await readAll(options, kind.read, io.signal)
  if (typeof read === 'string') {
    io.stderr.write(`holdfast ${name}: ${read}\n`)
    return 2
  }
  const trusted = read.examples.filter(({ constructed }) => !constructed)
  if (!trusted.some((row) => row.positive) || trusted.every((row) => row.positive)) {
    io.stderr.write(`holdfast ${name}: the labels are all of one class\n`)
    return 2
  }
  if (options.crossValidate) io.stdout.write(measure(read, kind, options))
  if (options.out !== undefined) {
    const trained = kind.fit(read.examples)
    const file = trained.fileOf(read.sources)
    try {
      await writeFile(options.out, file.text)
    } catch (error) {
      const why = error instanceof Error ? error.message : 'cannot be written'
      io.stderr.write(`holdfast ${name}: ${why}\n`)
      return 2
    }
    if (!options.json) {
      io.stdout.write(`${options.out}: version ${file.version}, ${trained.used} rows used\n`)
    }
  }
  return 0
}
