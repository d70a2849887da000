/**
 * Arrivals of English and of one other language: a Poisson process whose rate swings by 60 % over
 * the day, the same for both. What an arrival is answered is up to the caller: it gets uniform
 * numbers, so that several planted truths can share one stream of traffic.
 */
import type { Random } from './random.ts'

export const hourMs = 3_600_000
const swing = 0.6

export interface TrafficRates {
  englishPerDay: number
  otherPerDay: number
}

export interface TrafficSink {
  /** `at` in milliseconds; `draw` decides the answer, `place` where it belongs. */
  english(at: number, draw: number, place: number): void
  other(at: number, draw: number, place: number): void
}

/** Plays one hour. Arrivals of both are in random order, evenly spread over the hour. */
export const playHour = (
  hour: number,
  { englishPerDay, otherPerDay }: TrafficRates,
  random: Random,
  sink: TrafficSink,
): void => {
  const factor = (1 + swing * Math.sin((2 * Math.PI * (hour + 0.5)) / 24)) / 24
  let english = random.poisson(englishPerDay * factor)
  let other = random.poisson(otherPerDay * factor)
  const step = hourMs / (english + other + 1)
  for (let at = hour * hourMs + step; english + other > 0; at += step) {
    const isEnglish = random.uniform() * (english + other) < english
    const draw = random.uniform()
    const place = random.uniform()
    if (isEnglish) {
      english--
      sink.english(at, draw, place)
    } else {
      other--
      sink.other(at, draw, place)
    }
  }
}
