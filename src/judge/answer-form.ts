/**
 * Figures of how an answer is written that need no words: names, digits, punctuation, questions.
 * Who delivers something is specific; who does not stays general.
 */
import { flag, type Seen, share } from './answer-view.ts'
import { shapeOf } from './text-shape.ts'

export const answerFormNames = [
  'sentence_length',
  'proper_names',
  'proper_names_share',
  'digits',
  'digits_share',
  'commas',
  'brackets',
  'colons',
  'line_breaks',
  'exclamations',
  'questions_share',
  'question_first',
  'only_questions',
  'short_to_request',
] as const

const endsAsking = /[?\uff1f\u061f]\s*$/
const shortWords = 40

/** Of a long answer its head tells enough. */
const rawMax = 4096

export const answerFormOf = ({ raw, sentences, words, remark }: Seen): Float64Array => {
  const text = raw.slice(0, rawMax).trim()
  const sentenceCount = Math.max(1, sentences.length)
  const shape = shapeOf(text)
  const { names, numbers, questions } = shape
  const questionShare = Math.min(1, share(questions, shape.sentences))
  const figures: Record<(typeof answerFormNames)[number], number> = {
    sentence_length: Math.log1p(words / sentenceCount) / 5,
    proper_names: Math.log1p(names) / 4,
    proper_names_share: Math.min(1, share(names, words)),
    digits: Math.log1p(numbers) / 4,
    digits_share: Math.min(1, share(numbers, words)),
    commas: Math.min(1, shape.commas / sentenceCount / 4),
    brackets: Math.min(4, shape.brackets) / 4,
    colons: Math.min(3, shape.colons) / 3,
    line_breaks: Math.min(10, shape.lineBreaks) / 10,
    exclamations: Math.min(3, shape.exclamations) / 3,
    questions_share: questionShare,
    question_first: flag(endsAsking.test(text.slice(0, shape.firstEnd))),
    only_questions: flag(questions > 0 && questionShare > 0.99),
    short_to_request: (1 - remark) * flag(words < shortWords),
  }
  return Float64Array.from(answerFormNames, (name) => figures[name])
}
