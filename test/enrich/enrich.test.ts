import t from 'tap'
import { createEnricher, type EnricherOptions } from '../../src/enrich/enrich.ts'
import { coreLanguages } from '../../src/exchange/stratum.ts'
import {
  answerText,
  assistant,
  capturedWith,
  exchangeOf,
  noIdentity,
  toolCall,
  toolResult,
  user,
} from './exchange-example.ts'

const options: EnricherOptions = {
  servedLanguages: coreLanguages,
  secret: 'secret',
  conversationHeader: 'X-Chat',
  languageHeader: 'X-Language',
  conversationsMax: 100,
}

void t.test('an exchange gets all its labels', (t) => {
  const enrich = createEnricher(options)
  const labels = enrich(
    capturedWith({ 'x-chat': '7' }),
    exchangeOf(
      [
        user('<system-reminder>Use the tools.</system-reminder>', 'Wie wird das Wetter morgen?'),
        assistant(toolCall('c', 'weather')),
        toolResult('c', 'sunny'),
      ],
      {
        identity: { ...noIdentity, user: 'u-1' },
        answer: answerText('The weather tomorrow will be sunny and warm.'),
      },
    ),
  )
  t.match(labels, {
    language: 'de',
    languageMethod: 'eld',
    answerLanguage: 'en',
    depth: '1',
    humanTurns: 1,
    format: 'agentic',
    conversation: { source: 'header' },
    userKey: /^[0-9a-f]{32}$/,
    trajectory: ['weather'],
    prompt: 'Wie wird das Wetter morgen?',
  })
  t.end()
})

void t.test('a short turn takes the language of the history it is sent with', (t) => {
  const enrich = createEnricher(options)
  const turns = [user('Wie wird das Wetter morgen in Berlin?'), assistant('Sonnig.'), user('ok')]
  const labels = enrich(capturedWith(), exchangeOf(turns))
  t.match(labels, { language: 'de', languageMethod: 'conversation', depth: '2-4', prompt: 'ok' })
  t.end()
})

void t.test('a short turn takes the language remembered for its conversation', (t) => {
  const enrich = createEnricher(options)
  const headers = { 'x-chat': '1' }
  enrich(capturedWith(headers), exchangeOf([user('Wie wird das Wetter morgen in Berlin?')]))
  const labels = enrich(capturedWith(headers), exchangeOf([user('ok')]))
  t.match(labels, { language: 'de', languageMethod: 'conversation' })
  t.equal(enrich(capturedWith({ 'x-chat': '2' }), exchangeOf([user('ok')])).language, 'und')
  t.end()
})

void t.test('the language header goes before detection; an unserved code is other', (t) => {
  const enrich = createEnricher(options)
  const said = (value: string) =>
    enrich(capturedWith({ 'x-language': value }), exchangeOf([user('Is it raining today?')]))
  t.match(said('DE'), { language: 'de', languageMethod: 'override' })
  t.match(said('pt-BR'), { language: 'pt', languageMethod: 'override' })
  t.match(said('xx'), { language: 'other', languageMethod: 'override' })
  t.match(said('not a code'), { language: 'en', languageMethod: 'eld' })
  t.end()
})

void t.test('the refusal field is the answer when there is no other', (t) => {
  const enrich = createEnricher(options)
  const answer = { ...answerText(''), refusal: 'Dabei kann ich leider nicht helfen.' }
  t.equal(enrich(capturedWith(), exchangeOf([user('x')], { answer })).answerLanguage, 'de')
  const silent = exchangeOf([user('x')], { answer: answerText('') })
  t.equal(enrich(capturedWith(), silent).answerLanguage, 'und')
  t.end()
})

void t.test('a request without a human word has no prompt and no language', (t) => {
  const enrich = createEnricher(options)
  const labels = enrich(capturedWith(), exchangeOf([]))
  t.match(labels, { prompt: '', language: 'und', languageMethod: 'abstained', depth: '1' })
  t.equal(labels.userKey, undefined)
  t.end()
})
