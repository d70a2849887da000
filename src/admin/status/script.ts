/**
 * Live refresh, for readers who have JavaScript: the part that changes is fetched and put in place of the
 * old one. It keeps focus, open details, scroll and selection, rests while the page is hidden, says
 * aloud only that the headline changed, and says when it could not refresh.
 */
export const script = `
(() => {
  const everyMs = 5000
  const live = document.getElementById('live')
  const told = document.getElementById('told')
  const button = document.getElementById('pause')
  const fresh = document.getElementById('fresh')
  document.documentElement.classList.add('live')
  let paused = false
  let busy = false
  const headline = () => live.querySelector('[data-headline]')?.dataset.headline ?? ''
  const focusKey = () => {
    const at = document.activeElement
    if (!live.contains(at)) return undefined
    if (at.id !== '') return '#' + CSS.escape(at.id)
    const href = at.getAttribute('href')
    // The same link may stand in the headline too, once its detector drifts.
    const part = at.parentElement.closest('[id]')
    const within = live.contains(part) ? '#' + CSS.escape(part.id) + ' ' : ''
    if (href !== null) return within + 'a[href="' + CSS.escape(href) + '"]'
    const region = at.getAttribute('aria-labelledby')
    if (region !== null) return '[aria-labelledby="' + CSS.escape(region) + '"]'
    const details = at.closest('details[id]')
    return details === null ? undefined : '#' + CSS.escape(details.id) + ' > summary'
  }
  const selects = () => {
    const selection = getSelection()
    return selection !== null && !selection.isCollapsed && live.contains(selection.anchorNode)
  }
  const put = (text) => {
    const before = headline()
    const key = focusKey()
    const open = [...live.querySelectorAll('details[open][id]')].map(({ id }) => id)
    const scrolled = [...live.querySelectorAll('.scroll')].map(({ scrollLeft }) => scrollLeft)
    live.innerHTML = text
    for (const id of open) document.getElementById(id)?.setAttribute('open', '')
    for (const [i, region] of [...live.querySelectorAll('.scroll')].entries()) {
      region.scrollLeft = scrolled[i] ?? 0
    }
    if (key !== undefined) live.querySelector(key)?.focus({ preventScroll: true })
    const now = headline()
    if (now === before || now === '') return
    told.textContent = now
    document.title = now + ' - holdfast'
  }
  const refresh = async () => {
    if (paused || busy || document.hidden || selects()) return
    busy = true
    try {
      const url = new URL(location.href)
      url.hash = ''
      url.searchParams.set('fragment', '1')
      const response = await fetch(url, { signal: AbortSignal.timeout(everyMs) })
      if (!response.ok) throw new Error(response.status)
      put(await response.text())
      fresh.textContent = 'Refreshed every 5 seconds.'
    } catch {
      fresh.textContent = 'Could not be refreshed: holdfast does not answer. What you see is old.'
    } finally {
      busy = false
    }
  }
  button.addEventListener('click', () => {
    paused = !paused
    button.textContent = paused ? 'Refresh again' : 'Stop refreshing'
    fresh.textContent = paused ? 'Not refreshed.' : 'Refreshed every 5 seconds.'
    if (!paused) void refresh()
  })
  fresh.textContent = 'Refreshed every 5 seconds.'
  setInterval(refresh, everyMs)
  document.addEventListener('visibilitychange', refresh)
})()
`
