/**
 * A signal that aborts with another one or after a time. `AbortSignal.any` over a timeout may never abort:
 * the timeout can be collected before it fires (nodejs/node#57736).
 */
export function endsAfter(ms: number, signal: AbortSignal): AbortSignal {
  const end = new AbortController()
  const stop = (): void => end.abort()
  const timer = setTimeout(stop, ms).unref()
  end.signal.addEventListener('abort', () => clearTimeout(timer))
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { signal: end.signal })
  return end.signal
}
