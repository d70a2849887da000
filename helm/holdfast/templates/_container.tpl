{{/* The container and its volumes: the same in a gateway and in a sidecar. */}}

{{- define "holdfast.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: {{ int64 .Values.securityContext.runAsUser }}
runAsGroup: {{ int64 .Values.securityContext.runAsGroup }}
fsGroup: {{ int64 .Values.securityContext.fsGroup }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* Says everything again, for a sidecar in a pod with another security context. */}}
{{- define "holdfast.containerSecurityContext" -}}
runAsNonRoot: true
runAsUser: {{ int64 .Values.securityContext.runAsUser }}
runAsGroup: {{ int64 .Values.securityContext.runAsGroup }}
readOnlyRootFilesystem: true
allowPrivilegeEscalation: false
privileged: false
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "holdfast.healthCheck" -}}
httpGet:
  path: {{ .path }}
  port: holdfast-admin
periodSeconds: {{ int .values.periodSeconds }}
timeoutSeconds: {{ int .values.timeoutSeconds }}
failureThreshold: {{ int .values.failureThreshold }}
{{- end -}}

{{/* All of a container but its name and what a mode adds to it. */}}
{{- define "holdfast.container" -}}
image: {{ include "holdfast.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
args: [serve, --config, /etc/holdfast/config/holdfast.yaml]
env:
  - name: NODE_OPTIONS
    value: --max-old-space-size={{ int .Values.heapMb }}
  {{- with .Values.extraEnv }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .Values.extraEnvFrom }}
envFrom:
  {{- toYaml . | nindent 2 }}
{{- end }}
startupProbe:
  {{- include "holdfast.healthCheck" (dict "path" "/readyz" "values" .Values.health.startup) | nindent 2 }}
readinessProbe:
  {{- include "holdfast.healthCheck" (dict "path" "/readyz" "values" .Values.health.readiness) | nindent 2 }}
livenessProbe:
  {{- include "holdfast.healthCheck" (dict "path" "/healthz" "values" .Values.health.liveness) | nindent 2 }}
resources:
  {{- toYaml .Values.resources | nindent 2 }}
securityContext:
  {{- include "holdfast.containerSecurityContext" . | nindent 2 }}
volumeMounts:
  - name: holdfast-config
    mountPath: /etc/holdfast/config
    readOnly: true
  {{- if .Values.existingSecret }}
  - name: holdfast-secret
    mountPath: /etc/holdfast/secret
    readOnly: true
  {{- end }}
  {{- if or .Values.certificates.configMap .Values.certificates.secret }}
  - name: holdfast-ca
    mountPath: /etc/holdfast/ca
    readOnly: true
  {{- end }}
  {{- if ne .Values.storage.kind "none" }}
  - name: holdfast-storage
    mountPath: /var/lib/holdfast
  {{- end }}
  {{- with .Values.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{- define "holdfast.volumes" -}}
- name: holdfast-config
  configMap:
    name: {{ include "holdfast.configMapName" . }}
{{- if .Values.existingSecret }}
- name: holdfast-secret
  secret:
    secretName: {{ .Values.existingSecret }}
    # 0440: for the group of the pod, not for everybody.
    defaultMode: 288
{{- end }}
{{- if .Values.certificates.configMap }}
- name: holdfast-ca
  configMap:
    name: {{ .Values.certificates.configMap }}
{{- else if .Values.certificates.secret }}
- name: holdfast-ca
  secret:
    secretName: {{ .Values.certificates.secret }}
{{- end }}
{{- if eq .Values.storage.kind "emptyDir" }}
- name: holdfast-storage
  emptyDir:
    sizeLimit: {{ .Values.storage.size }}
{{- else if eq .Values.storage.kind "claim" }}
- name: holdfast-storage
  persistentVolumeClaim:
    claimName: {{ default (printf "%s-storage" (include "holdfast.fullname" .)) .Values.storage.existingClaim }}
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}
