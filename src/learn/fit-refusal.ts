/**
 * From labelled answers to the model of the learned judge, in three steps: a linear layer over the
 * answer; one over its sentences, where a refusal's label is at first every sentence's and then moves
 * to those that speak for it; boosted trees over the named features and the scores of the layers. The
 * trees are shown scores of layers that have not seen the answer's prompt, as they will be in use.
 */
import { answerTermBuckets } from '../judge/answer-terms.ts'
import {
  layersOf,
  type RefusalLayers,
  type RefusalWeights,
  scoreRefusal,
  treeFeatures,
} from '../judge/learned-model.ts'
import { answerFeatureNames, type LearnedVector } from '../judge/learned-reading.ts'
import type { LayerFile } from '../judge/model/linear-layer.ts'
import { treesOf } from '../judge/model/trees.ts'
import { sentenceFeatureNames } from '../judge/sentence-figures.ts'
import { type Example, fitted } from './example.ts'
import { fitInTwoSteps, frequentTerms } from './fit-linear.ts'
import { fitTrees, type TreeOptions } from './fit-trees.ts'
import { foldOf } from './fold.ts'
import { fitLogistic, type LinearFit, scoreLinear } from './logistic-regression.ts'
import { layerFileOf } from './write-model.ts'

type AnswerExample = Example<LearnedVector>

const answerOptions = { densePenalty: 0.5, termPenalty: 0.05, termGroupsMin: 2, termIterations: 30 }
const sentencePenalty = { dense: 1, terms: 0.3 }
const sentenceIterations = [15, 30] as const
const treeOptions: TreeOptions = {
  sets: 4,
  trees: 160,
  depth: 4,
  rate: 0.06,
  features: 0.3,
  penalty: 3,
  leafMin: 3,
}
/** Parts in which the layers are fitted for the trees; another split than that of the figures. */
const innerFolds = 4
const innerSplit = 31

interface SentenceRow {
  vector: LearnedVector['sentences'][number]
  positive: boolean
  group: string
  answer: number
  target: number
  weight: number
}

const sentenceRows = (examples: readonly AnswerExample[]): SentenceRow[] =>
  examples.flatMap(({ vector, positive, group, weight }, answer) =>
    vector.sentences.map((sentence) => ({
      vector: sentence,
      positive,
      group,
      answer,
      target: positive ? 1 : 0,
      weight: weight / vector.sentences.length,
    })),
  )

/**
 * An answer's weight moves to the sentences that look most like refusing: of a refusal all of it, of
 * other answers half, since none of their sentences refuses.
 */
const reweigh = (
  rows: readonly SentenceRow[],
  examples: readonly AnswerExample[],
  fit: LinearFit,
): SentenceRow[] => {
  const odds = rows.map(({ vector }) => Math.exp(scoreLinear(fit, vector)))
  const sums = new Float64Array(examples.length)
  rows.forEach(({ answer }, i) => {
    sums[answer] = (sums[answer] ?? 0) + (odds[i] ?? 0)
  })
  return rows.map((row, i) => {
    const example = examples[row.answer]
    const share = (odds[i] ?? 0) / (sums[row.answer] ?? 1)
    const weight = (example?.weight ?? 0) * share
    return { ...row, weight: row.positive ? weight : (weight + row.weight) / 2 }
  })
}

const fitSentences = (examples: readonly AnswerExample[]): LinearFit => {
  const rows = sentenceRows(examples)
  const keep = frequentTerms(rows, 2)
  const [first, second] = sentenceIterations
  const everySentence = fitLogistic(rows, sentencePenalty, keep, first)
  const moved = reweigh(rows, examples, everySentence)
  return fitLogistic(moved, sentencePenalty, keep, second)
}

const fitLayers = (
  examples: readonly AnswerExample[],
): { answer: LayerFile; sentence: LayerFile; layers: RefusalLayers } => {
  const whole = fitInTwoSteps(
    examples.map(({ vector, ...rest }) => ({ ...rest, vector: vector.answer })),
    answerOptions,
  )
  const answer = layerFileOf(whole, answerFeatureNames, answerTermBuckets)
  const sentence = layerFileOf(fitSentences(examples), sentenceFeatureNames, answerTermBuckets)
  const layers = layersOf(answer, sentence)
  if (layers === undefined) throw new Error('layers that cannot be read back')
  return { answer, sentence, layers }
}

/** Features of each example for the trees, from layers fitted without its group. */
const heldOutFeatures = (examples: readonly AnswerExample[]): Float64Array[] => {
  const features: Float64Array[] = examples.map(() => new Float64Array(0))
  for (let fold = 0; fold < innerFolds; fold++) {
    const inFold = ({ group }: AnswerExample) => foldOf(group, innerFolds, innerSplit) === fold
    const rest = examples.filter((example) => !inFold(example))
    if (rest.length === 0 || rest.length === examples.length) continue
    const { layers } = fitLayers(rest)
    examples.forEach((example, i) => {
      if (inFold(example)) features[i] = treeFeatures(layers, example.vector)
    })
  }
  return features
}

export const fitRefusal = (
  examples: readonly AnswerExample[],
): { weights: RefusalWeights; used: AnswerExample[] } => {
  const used = fitted(examples)
  const { answer, sentence } = fitLayers(used)
  const features = heldOutFeatures(used)
  const rows = used.map(({ positive, weight }, i) => ({
    dense: features[i] ?? new Float64Array(0),
    positive,
    weight,
  }))
  return { weights: { answer, sentence, trees: fitTrees(rows, treeOptions) }, used }
}

/** How these weights score: the log-odds of a refusal. */
export const scorerOf = (weights: RefusalWeights): ((vector: LearnedVector) => number) => {
  const layers = layersOf(weights.answer, weights.sentence)
  const trees = treesOf(weights.trees, Number.POSITIVE_INFINITY)
  if (layers === undefined || trees === undefined)
    throw new Error('weights that cannot be read back')
  return (vector) => scoreRefusal(layers, trees, vector)
}
