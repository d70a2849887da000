/** What is shown instead of the page to who may not see it, with what to do about it. */
import { type Html, html } from './html.ts'

export const loginForm = (fault: 'none' | 'wrong' | 'too_many'): Html => {
  const text =
    fault === 'wrong'
      ? 'This is not the token.'
      : fault === 'too_many'
        ? 'Too many wrong tokens: wait a minute.'
        : undefined
  const described =
    text === undefined ? undefined : html` aria-describedby="fault" aria-invalid="true"`
  return html`<h1>Sign in to the status page</h1>
<p>This port takes connections from other machines, so the page needs the operator's token: what stands in the file of <code>operator.token_file</code>.</p>
<form method="post" action="/status/login">${text === undefined ? undefined : html`<p id="fault" role="alert" class="callout">${text}</p>`}
<label for="token">Token</label><input id="token" name="token" type="password" required maxlength="1024" autocomplete="current-password"${described}>
<button>Sign in</button></form>
<p class="dim">With a header instead: <code>authorization: Bearer TOKEN</code>. A session lasts 12 hours, or until this process ends.</p>`
}

export const accessOff: Html = html`<h1>The status page is off on this address</h1>
<p>This port takes connections from other machines and no operator token is set. Set <code>operator.token_file</code> to a file of at least 16 bytes, or bind <code>admin</code> to a loopback address.</p>`

export const foreignHost: Html = html`<h1>This name is not of this machine</h1>
<p>The admin port is bound to loopback, and the request named another host. Open it as <code>localhost</code> or <code>127.0.0.1</code>; to reach it from elsewhere, set <code>admin</code> and <code>operator.token_file</code>.</p>`

export const notFound = (what: string): Html =>
  html`<h1>There is no such page</h1><p>${what}</p><p><a href="/">To the status page</a></p>`
