import t from 'tap'
import { tunnelOf } from '../../src/decode/tunnels.ts'

void t.test('what a tunnel speaks is told by its path, under any base', async (t) => {
  const live = 'google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent'
  const cases: [string, string][] = [
    ['/v1/realtime', 'openai_realtime'],
    ['/openai/realtime/', 'openai_realtime'],
    ['/v1/responses', 'openai_responses'],
    [`/ws/${live}`, 'gemini_live'],
    ['/ws/google.cloud.aiplatform.v1.LlmBidiService/BidiGenerateContent', 'gemini_live'],
    ['/socket', 'other'],
    ['/v1/realtime/sessions', 'other'],
    [`/${'a/'.repeat(50_000)}`, 'other'],
  ]
  for (const [path, expected] of cases) t.equal(tunnelOf(path), expected, path.slice(0, 60))
})
