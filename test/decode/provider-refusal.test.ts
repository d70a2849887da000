import t from 'tap'
import { moderationFlags, refusalOfError } from '../../src/decode/provider-refusal.ts'

void t.test('an error is a refusal by its code, never by its wording', async (t) => {
  const cases: [string, unknown, ReturnType<typeof refusalOfError>][] = [
    ['a filter code', { code: 'content_filter' }, 'content_filter'],
    ['a filter type', { type: 'content_filter' }, 'content_filter'],
    [
      'the inner code of Azure',
      { innererror: { code: 'ResponsibleAIPolicyViolation' } },
      'content_filter',
    ],
    ['a policy code', { code: 'invalid_prompt' }, 'policy_error'],
    ['a policy code in capitals', { code: 'BIO_POLICY' }, 'policy_error'],
    ['moderation', { code: 'moderation_blocked' }, 'policy_error'],
    [
      'the sentence of Anthropic',
      { message: 'Output blocked by content filtering policy' },
      'content_filter',
    ],
    [
      'a sentence that holds it',
      { message: 'x: Output blocked by content filtering policy' },
      undefined,
    ],
    ['a code in the message only', { message: 'content_filter' }, undefined],
    ['another code', { code: 'rate_limit_exceeded' }, undefined],
    ['a number', { code: 400 }, undefined],
    ['text', 'content_filter', undefined],
    ['nothing', undefined, undefined],
    ['a name of Object.prototype', { code: 'constructor' }, undefined],
  ]
  for (const [situation, error, expected] of cases) {
    t.equal(refusalOfError(error), expected, situation)
  }
})

void t.test('moderation counts when either side is flagged, in either shape', async (t) => {
  const cases: [string, unknown, boolean][] = [
    ['input, list', { moderation: { input: { results: [{ flagged: true }] } } }, true],
    [
      'output, second of the list',
      { moderation: { output: { results: [{ flagged: false }, { flagged: true }] } } },
      true,
    ],
    ['input, single', { moderation: { input: { flagged: true } } }, true],
    [
      'nothing flagged',
      { moderation: { input: { flagged: false }, output: { results: [] } } },
      false,
    ],
    ['a flag that is text', { moderation: { input: { flagged: 'true' } } }, false],
    ['an error', { moderation: { input: { type: 'error' } } }, false],
    ['null', { moderation: null }, false],
    ['none', {}, false],
  ]
  for (const [situation, holder, expected] of cases) {
    t.equal(moderationFlags(holder), expected, situation)
  }
})
