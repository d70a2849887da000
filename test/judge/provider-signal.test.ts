import t from 'tap'
import { providerRefusalReasons } from '../../src/exchange/exchange.ts'
import type { JudgeInput } from '../../src/judge/judge.ts'
import { judgeExchange, judgesWith } from '../../src/judge/judges.ts'
import { providerSignalJudge } from '../../src/judge/provider-signal.ts'

const input = (
  answer: Partial<JudgeInput['answer']>,
  providerRefusals: JudgeInput['providerRefusals'] = [],
): JudgeInput => ({
  prompt: 'a question',
  turns: [],
  answer: {
    text: '',
    refusal: '',
    reasoning: '',
    toolCalls: [],
    stop: 'stop',
    choices: 1,
    ...answer,
  },
  promptLanguage: 'en',
  answerLanguage: 'en',
  providerRefusals,
})

const refused = { verdict: 'refused', confidence: 1, judge: 'provider_signal', version: '1' }

void t.test('what the provider marks as a refusal is one', async (t) => {
  t.same(providerSignalJudge.judge(input({ refusal: 'No.' })), refused)
  t.same(providerSignalJudge.judge(input({ stop: 'refusal', text: 'Here it is.' })), refused)
  t.same(providerSignalJudge.judge(input({ stop: 'content_filter' })), refused)
})

void t.test('each provider reason decides as documented', async (t) => {
  const decided = providerRefusalReasons.filter(
    (reason) => providerSignalJudge.judge(input({ text: 'Fine.' }, [reason])) !== undefined,
  )
  t.same(decided, [
    'refusal_field',
    'content_filter',
    'stop_refusal',
    'policy_error',
    'prompt_blocked',
    'guardrail',
  ])
})

void t.test('a plain answer and a flag beside an answer are left to the next judge', async (t) => {
  t.equal(providerSignalJudge.judge(input({ text: 'Two cups of flour.' })), undefined)
  t.equal(
    providerSignalJudge.judge(input({ text: 'Two cups of flour.' }, ['moderation_flagged'])),
    undefined,
  )
  t.equal(providerSignalJudge.judge(input({ text: 'Two cups', stop: 'content_filter' })), undefined)
})

void t.test('the table asks the provider first and the lexical judge after', async (t) => {
  const judges = judgesWith('lexical')
  t.same(
    judges.map(({ id }) => id),
    ['provider_signal', 'lexical'],
  )
  t.equal(judgeExchange(input({ stop: 'refusal', text: 'Sure.' }), judges).judge, 'provider_signal')
  t.equal(judgeExchange(input({ text: 'Two cups of flour.' }), judges).judge, 'lexical')
})

void t.test('a table in which no judge has an opinion gives unclear', async (t) => {
  t.same(judgeExchange(input({ text: 'Fine.' }), [providerSignalJudge]), {
    verdict: 'unclear',
    confidence: 0,
    judge: 'none',
    version: '1',
  })
})
