/** `holdfast train request`: weights of the request classifier from files of labelled requests. */

import type { FeatureVector } from '../judge/model/feature-vector.ts'
import { expectedRequestModel, unsureBelow } from '../judge/request-classifier.ts'
import { readRequest } from '../judge/request-features.ts'
import type { Scored } from '../learn/cross-validate.ts'
import { fitLinear } from '../learn/fit-linear.ts'
import { parseLabelledRequest } from '../learn/labelled-request.ts'
import { scoreLinear } from '../learn/logistic-regression.ts'
import { modelFileOf, modelText } from '../learn/write-model.ts'
import type { Command, CommandIo } from './command.ts'
import { type ReadExample, type TrainedKind, tableOf, train } from './training.ts'

const usage = `Usage: holdfast train request LABELS.jsonl... [--constructed FILE]... [--out FILE]
       holdfast train request LABELS.jsonl... --cross-validate [--folds N] [--json]

Fits the request classifier to labelled requests. Each line of a file is
  {"prompt": "...", "set": "should_refuse" | "benign", "lang": "en", "item": "...", "weight": 1}
or has "prompt_safe": true | false, or "expected": "noncompliance" | "compliance" with a
"category", in place of set. Rows of one item, and equal prompts, are never split. Of rows expected
to be declined for another reason than harm only the figures are printed. Equal rows count once.
The same files give the same bytes, in whatever order they are named.

  --constructed FILE  labels that nobody has read: measured, never fitted
  --out FILE          write the weights
  --cross-validate    print how well requests are told apart that were held out
  --folds N           parts of the split, 2 to 20 (default 5)
  --json              print one JSON object instead of a table

Exit code 2: a file cannot be read or written, or a line is not a labelled request.
`

interface DecidedFigures {
  n: number
  unsure: number
  /** Share of right answers among those decided; null when all are unsure. */
  accuracy: number | null
}

const decidedOf = (scored: readonly Scored[]): DecidedFigures => {
  const decided = scored.filter(({ score }) => Math.abs(score) >= unsureBelow)
  const right = decided.filter(({ example, score }) => score > 0 === example.positive).length
  return {
    n: scored.length,
    unsure: scored.length === 0 ? 0 : 1 - decided.length / scored.length,
    accuracy: decided.length === 0 ? null : right / decided.length,
  }
}

const decided = (scored: readonly Scored[]): { text: string; json: unknown } => {
  const groups = new Map<string, Scored[]>()
  for (const row of scored) {
    const { set, language } = row.example
    for (const key of [`set ${set}`, ...(language === undefined ? [] : [`language ${language}`])]) {
      const group = groups.get(key) ?? []
      groups.set(key, group)
      group.push(row)
    }
  }
  const figures = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, rows]) => [name, decidedOf(rows)] as const)
  const rows = figures.map(([name, { n, unsure, accuracy }]) => [
    name,
    String(n),
    accuracy === null ? '-' : accuracy.toFixed(3),
    `${(100 * unsure).toFixed(1)} %`,
  ])
  return {
    text: `\n${tableOf([['decided', 'n', 'accuracy', 'unsure'], ...rows])}`,
    json: Object.fromEntries(figures),
  }
}

const fitOptions = { densePenalty: 1, termPenalty: 0.3, termGroupsMin: 3 }

const makeKind = (): TrainedKind<FeatureVector> => {
  const expected = expectedRequestModel()
  const seen = new Set<string>()
  const read: ReadExample<FeatureVector> = (value) => {
    const parsed = parseLabelledRequest(value)
    if (!parsed.ok) return parsed
    const { prompt, shouldRefuse, lang, category, item, weight } = parsed.row
    const key = JSON.stringify([prompt, shouldRefuse, lang ?? '', item ?? '', weight])
    const repeated = seen.has(key)
    seen.add(key)
    if (repeated) return { ok: true, example: undefined, key }
    return {
      ok: true,
      key,
      example: {
        vector: readRequest(prompt),
        positive: shouldRefuse,
        weight,
        group: item ?? prompt,
        model: undefined,
        language: lang,
        part: category,
      },
    }
  }
  return {
    kind: expected.kind,
    read,
    fit: (examples) => {
      const { fit, used } = fitLinear(examples, fitOptions)
      return {
        score: (vector) => scoreLinear(fit, vector),
        used: used.length,
        fileOf: (sources) => {
          const file = modelFileOf(fit, used, sources, expected)
          return { text: modelText(file), version: file.version }
        },
      }
    },
    more: decided,
  }
}

export const trainRequest: Command = {
  words: ['train', 'request'],
  summary: 'fit the request classifier to labelled requests',
  help: usage,
  run: (args: readonly string[], io: CommandIo): Promise<number> =>
    train('train request', usage, args, io, makeKind),
}
