/** `holdfast train judge`: weights of the learned judge from files of labelled answers. */
import { expectedRefusalModel } from '../judge/learned.ts'
import { type LearnedVector, readLearned } from '../judge/learned-reading.ts'
import { PhraseMatcher } from '../judge/phrase-matcher.ts'
import { phraseSets } from '../judge/phrases/phrase-sets.ts'
import { fitRefusal, scorerOf } from '../learn/fit-refusal.ts'
import { parseLabelledAnswer } from '../learn/labelled-answer.ts'
import { modelText, refusalFileOf } from '../learn/write-model.ts'
import type { Command, CommandIo } from './command.ts'
import { type ReadExample, type TrainedKind, train } from './training.ts'

const usage = `Usage: holdfast train judge LABELS.jsonl... [--constructed FILE]... [--out FILE]
       holdfast train judge LABELS.jsonl... --cross-validate [--folds N] [--json]

Fits the learned judge to labelled answers. Each line of a file is
  {"prompt": "...", "response": "...", "label": "comply" | "refuse" | "partial",
   "lang": "en", "model": "...", "weight": 1, "messages": [{"role": "user", "content": "..."}, ...]}
where lang and model only group the figures and weight (above 0, at most 1) may be left out, as may
messages: the history, the prompt's own turn included.
The same files give the same bytes, in whatever order they are named.

  --constructed FILE  labels that follow from how rows were made and that nobody has read:
                      measured, never fitted
  --weigh SET=NUMBER  rows of sets whose name (as in the figures) begins so count so many times
                      as much; SET:LABEL=NUMBER only those with this label
  --out FILE          write the weights
  --cross-validate    print how well rows are judged that were held out, by prompt
  --folds N           parts of the split, 2 to 20 (default 5)
  --json              print one JSON object instead of a table

Exit code 2: a file cannot be read or written, or a line is not a labelled answer.
`

const makeKind = (): TrainedKind<LearnedVector> => {
  const expected = expectedRefusalModel()
  const matcher = new PhraseMatcher(phraseSets)
  const read: ReadExample<LearnedVector> = (value) => {
    const parsed = parseLabelledAnswer(value)
    if (!parsed.ok) return parsed
    const { prompt, turns, response, label, lang, model, weight } = parsed.row
    return {
      ok: true,
      key: JSON.stringify([prompt, response, label, lang ?? '', model ?? '', weight, turns]),
      example: {
        vector: readLearned({ prompt, turns, text: response }, matcher).vector,
        positive: label !== 'comply',
        weight,
        group: prompt,
        model,
        language: lang,
        label,
      },
    }
  }
  return {
    kind: expected.kind,
    read,
    fit: (examples) => {
      const { weights, used } = fitRefusal(examples)
      return {
        score: scorerOf(weights),
        used: used.length,
        fileOf: (sources) => {
          const file = refusalFileOf(weights, used, sources, expected)
          return { text: modelText(file), version: file.version }
        },
      }
    },
  }
}

export const trainJudge: Command = {
  words: ['train', 'judge'],
  summary: 'fit the learned judge to labelled answers',
  help: usage,
  run: (args: readonly string[], io: CommandIo): Promise<number> =>
    train('train judge', usage, args, io, makeKind),
}
