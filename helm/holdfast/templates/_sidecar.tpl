{{/*
holdfast as a native sidecar of your own pods. Your chart depends on this one, with `mode: sidecar`, and
includes four templates; their context is that of the dependency:

  metadata:
    labels:
      {{- include "holdfast.sidecar.labels" .Subcharts.holdfast | nindent 4 }}
    annotations:
      {{- include "holdfast.sidecar.annotations" .Subcharts.holdfast | nindent 4 }}
  spec:
    initContainers:
      {{- include "holdfast.sidecar" .Subcharts.holdfast | nindent 6 }}
    volumes:
      {{- include "holdfast.sidecar.volumes" .Subcharts.holdfast | nindent 6 }}

The app sends its requests to http://127.0.0.1:8787. It starts after the sidecar is ready, and the
sidecar stops after it (Kubernetes 1.29 or newer).
*/}}
{{- define "holdfast.sidecar" -}}
{{- include "holdfast.check" . -}}
- name: holdfast
  restartPolicy: Always
  ports:
    - name: holdfast-admin
      containerPort: {{ int .Values.ports.admin }}
  {{- include "holdfast.container" . | nindent 2 }}
{{- end -}}

{{- define "holdfast.sidecar.volumes" -}}
{{- include "holdfast.volumes" . -}}
{{- end -}}

{{- define "holdfast.sidecar.annotations" -}}
{{- include "holdfast.annotations" . -}}
{{- end -}}

{{/* By which the PodMonitor finds the pods. */}}
{{- define "holdfast.sidecar.labels" -}}
holdfast-sidecar: {{ include "holdfast.fullname" . }}
{{- end -}}
