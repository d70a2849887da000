/**
 * A classifier small enough to write by hand: each word has a weight for each label, and the logits
 * are their mean. The ONNX file is protobuf, encoded here field by field (onnx.proto, opset 13).
 */

const varint = (value: number): Buffer => {
  const bytes: number[] = []
  let rest = value
  while (rest > 127) {
    bytes.push((rest & 127) | 128)
    rest >>>= 7
  }
  return Buffer.from([...bytes, rest])
}
const number = (field: number, value: number): Buffer =>
  Buffer.concat([varint(field << 3), varint(value)])
const bytes = (field: number, value: Buffer | string): Buffer => {
  const content = Buffer.from(value)
  return Buffer.concat([varint((field << 3) | 2), varint(content.length), content])
}
const message = (field: number, ...parts: Buffer[]): Buffer => bytes(field, Buffer.concat(parts))

const float32 = 1
const int64 = 7

const valueInfo = (
  field: number,
  name: string,
  type: number,
  dims: (number | string)[],
): Buffer => {
  const shape = dims.map((dim) =>
    message(1, typeof dim === 'number' ? number(1, dim) : bytes(2, dim)),
  )
  return message(
    field,
    bytes(1, name),
    message(2, message(1, number(1, type), message(2, ...shape))),
  )
}

const node = (inputs: string[], output: string, type: string, ...attributes: Buffer[]): Buffer =>
  message(
    1,
    ...inputs.map((name) => bytes(1, name)),
    bytes(2, output),
    bytes(4, type),
    ...attributes,
  )

export interface TinyModel {
  /** One row of weights for each token id. */
  weights: readonly (readonly number[])[]
  inputs?: readonly string[]
}

export function tinyModel({
  weights,
  inputs = ['input_ids', 'attention_mask'],
}: TinyModel): Buffer {
  const labels = weights[0]?.length ?? 0
  const raw = Buffer.from(Float32Array.from(weights.flat()).buffer)
  const tensor = message(
    5,
    number(1, weights.length),
    number(1, labels),
    number(2, float32),
    bytes(8, 'weights'),
    bytes(9, raw),
  )
  const axes = message(5, bytes(1, 'axes'), number(8, 1), number(20, 7))
  const keep = message(5, bytes(1, 'keepdims'), number(3, 0), number(20, 2))
  const graph = message(
    7,
    node(['weights', inputs[0] ?? ''], 'rows', 'Gather'),
    node(['rows'], 'logits', 'ReduceMean', axes, keep),
    bytes(2, 'tiny'),
    tensor,
    ...inputs.map((name) => valueInfo(11, name, int64, [1, 'n'])),
    valueInfo(12, 'logits', float32, [1, labels]),
  )
  return Buffer.concat([number(1, 8), graph, message(8, bytes(1, ''), number(2, 13))])
}

/** Words become their place in the list; 0 is the unknown word. */
export const tinyTokenizer = (words: readonly string[]): string =>
  JSON.stringify({
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: null,
    decoder: null,
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(['[UNK]', ...words].map((word, index) => [word, index])),
    },
  })
