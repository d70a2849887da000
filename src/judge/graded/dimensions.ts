/** Every dimension that a model can grade. Keys are label values. */
import { factuality } from './dimensions/factuality.ts'
import { harmDelivered } from './dimensions/harm-delivered.ts'
import { refusal } from './dimensions/refusal.ts'
import { requestSet } from './dimensions/request-set.ts'
import { speechAct } from './dimensions/speech-act.ts'
import { steerability } from './dimensions/steerability.ts'
import { verificationSupport } from './dimensions/verification-support.ts'

export const dimensions = {
  refusal,
  harm_delivered: harmDelivered,
  factuality,
  verification_support: verificationSupport,
  steerability,
  speech_act: speechAct,
  request_set: requestSet,
} as const

export type DimensionId = keyof typeof dimensions
