/** Starts a simulated model for a test and closes it with the test. */
import type { Test } from 'tap'
import type { Clock } from '../../src/clock.ts'
import {
  type SimulatedModel,
  type SimulatedModelOptions,
  startSimulatedModel,
} from '../../src/simulator/model-server.ts'
import { scenarios } from '../../src/simulator/scenarios.ts'

export interface HandClock extends Clock {
  seconds: number
}

export const handClock = (): HandClock => {
  const clock: HandClock = {
    seconds: 0,
    now: () => clock.seconds * 1000,
    monotonic: () => clock.seconds * 1000,
  }
  return clock
}

export const startModel = async (
  t: Test,
  options: Partial<SimulatedModelOptions> = {},
): Promise<SimulatedModel> => {
  const model = await startSimulatedModel({
    clock: handClock(),
    seed: 7,
    scenario: scenarios.steady,
    ...options,
  })
  t.teardown(() => model.close())
  return model
}
