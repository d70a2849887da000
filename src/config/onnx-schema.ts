/** The keys of a classifier of one's own, `judge.onnx.*`; read when `judge.live` is `onnx`. */
import { type Static, Type } from 'typebox'
import { verdictClasses } from '../exchange/verdict.ts'

const file = (description: string) => Type.Optional(Type.String({ minLength: 1, description }))

export const onnxSchema = Type.Object(
  {
    modelFile: file(
      'ONNX sequence classifier. Needs onnxruntime-node or onnxruntime-web installed.',
    ),
    tokenizerFile: file('Its tokenizer.json. Needs @huggingface/tokenizers installed.'),
    tokenizerConfigFile: file('Its tokenizer_config.json, where it has one.'),
    labels: Type.Array(Type.Enum(verdictClasses), {
      maxItems: 32,
      default: [],
      description: 'What the outputs of the model mean, in their order; a class may stand twice.',
    }),
    input: Type.Enum(['answer', 'prompt_and_answer'], {
      default: 'prompt_and_answer',
      description:
        'Whether the model was trained on answers alone or on pairs of prompt and answer.',
    }),
    tokensMax: Type.Integer({
      minimum: 8,
      maximum: 8192,
      default: 512,
      description: 'Longest input the model was trained for; longer input is cut.',
    }),
    queueItemsMax: Type.Integer({
      minimum: 1,
      maximum: 100_000,
      default: 256,
      description: 'Exchanges waiting for the classifier; one more is dropped, and counted.',
    }),
  },
  { additionalProperties: false },
)
export type OnnxConfig = Static<typeof onnxSchema>
