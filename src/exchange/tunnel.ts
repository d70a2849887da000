/** What an upgraded connection speaks, as far as its path says. Label values of holdfast_tunnels_total. */
export const tunnelProtocols = [
  'openai_realtime',
  'openai_responses',
  'gemini_live',
  'other',
] as const
export type TunnelProtocol = (typeof tunnelProtocols)[number]
