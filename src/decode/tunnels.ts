/**
 * What an upgraded connection speaks, told by its path. Nothing of it is read: speech and voice models
 * are outside of what holdfast judges, and one socket holds many answers.
 */
import type { TunnelProtocol } from '../exchange/tunnel.ts'

const paths: readonly (readonly [TunnelProtocol, RegExp])[] = [
  ['openai_realtime', /\/realtime\/?$/],
  ['openai_responses', /\/responses\/?$/],
  [
    'gemini_live',
    /\/google\.(?:ai\.generativelanguage|cloud\.aiplatform)\.[^/]{1,64}\/?[^/]{0,64}$/,
  ],
]

export const tunnelOf = (path: string): TunnelProtocol =>
  paths.find(([, pattern]) => pattern.test(path))?.[0] ?? 'other'
