/**
 * The trained model of the learned judge: one linear layer over the answer, one over each sentence,
 * and boosted trees over the named features and what the layers say. A file of another kind or shape
 * is refused with the reason in words; one whose features are read differently today (a phrase was
 * added) still scores, but says that it is stale.
 */
import { answerTermBuckets } from './answer-terms.ts'
import { answerFeatureNames, type LearnedVector, moreFeatureNames } from './learned-reading.ts'
import { type LayerFile, type LinearLayer, layerOf, scoreLayer } from './model/linear-layer.ts'
import type { ExpectedModel, ModelSource } from './model/linear-model.ts'
import { mapOf, textIn } from './model/model-fields.ts'
import { scoreTrees, type Trees, type TreesFile, treesOf } from './model/trees.ts'
import { sentenceFeatureNames, sentenceScoreNames, sentenceScores } from './sentence-figures.ts'

export interface RefusalWeights {
  answer: LayerFile
  sentence: LayerFile
  trees: TreesFile
}

export interface RefusalFile extends RefusalWeights {
  kind: string
  /** First 12 hex digits of the SHA-256 of everything else in the file. */
  version: string
  reading: string
  sources: readonly ModelSource[]
  examples: { positive: number; negative: number }
}

export interface RefusalLayers {
  answer: LinearLayer
  sentence: LinearLayer
}

/** What the trees see beside the named features. */
export const layerScoreNames: readonly string[] = [
  ...sentenceScoreNames,
  'answer_score',
  'to_remark_sentences_mean',
  'to_remark_sentences_highest',
  'to_remark_sentences_first',
  'to_remark_answer_score',
]

export const treeFeatureNames: readonly string[] = [
  ...answerFeatureNames,
  ...moreFeatureNames,
  ...layerScoreNames,
]

/** The features of the trees, in the order of their names. */
export const treeFeatures = (layers: RefusalLayers, vector: LearnedVector): Float64Array => {
  const { answer, sentences, more, toRemark } = vector
  const scores = sentences.map(({ dense, terms }) => scoreLayer(layers.sentence, dense, terms))
  const figures = sentenceScores(
    scores,
    sentences.map(({ words }) => words),
  )
  const whole = scoreLayer(layers.answer, answer.dense, answer.terms)
  const remark = toRemark ? 1 : 0
  const features = new Float64Array(treeFeatureNames.length)
  features.set(answer.dense)
  features.set(more, answer.dense.length)
  let at = answer.dense.length + more.length
  for (const name of sentenceScoreNames) features[at++] = figures[name]
  features[at++] = whole
  features[at++] = remark * figures.sentences_mean
  features[at++] = remark * figures.sentences_highest
  features[at++] = remark * figures.sentences_first
  features[at] = remark * whole
  return features
}

export const scoreRefusal = (layers: RefusalLayers, trees: Trees, vector: LearnedVector): number =>
  scoreTrees(trees, treeFeatures(layers, vector))

export interface RefusalModel {
  readonly version: string
  /** Log-odds of a refusal. */
  score(vector: LearnedVector): number
}

export type ParsedRefusal =
  | { ok: true; model: RefusalModel; stale: boolean }
  | { ok: false; why: string }

/** Layers as read from their files. */
export const layersOf = (answer: unknown, sentence: unknown): RefusalLayers | undefined => {
  const whole = layerOf(answer, answerFeatureNames, answerTermBuckets)
  const each = layerOf(sentence, sentenceFeatureNames, answerTermBuckets)
  return whole === undefined || each === undefined ? undefined : { answer: whole, sentence: each }
}

/** Reads a parsed JSON value as a model of the expected kind. */
export const parseRefusalModel = (value: unknown, expected: ExpectedModel): ParsedRefusal => {
  const fields = mapOf(value)
  const kind = textIn(fields, 'kind')
  const version = textIn(fields, 'version')
  const reading = textIn(fields, 'reading')
  if (kind === undefined || version === undefined || reading === undefined) {
    return { ok: false, why: 'not a file of model weights' }
  }
  if (kind !== expected.kind) {
    return { ok: false, why: `weights of a ${kind}, not of a ${expected.kind}` }
  }
  const layers = layersOf(fields.get('answer'), fields.get('sentence'))
  if (layers === undefined) return { ok: false, why: 'a layer is missing or has a wrong size' }
  const trees = treesOf(fields.get('trees'), expected.names.length)
  if (trees === undefined) return { ok: false, why: 'the trees do not fit together' }
  const stale = reading !== expected.reading
  // Another reading is another instrument, so the version tells.
  const named = stale ? `${version}-${expected.reading}` : version
  const score = (vector: LearnedVector): number => scoreRefusal(layers, trees, vector)
  return { ok: true, model: { version: named, score }, stale }
}
