{{/* The configuration file, and the rules that only a chart can check. */}}

{{/*
What the chart adds to `config`: where to listen, and how to drain. A gateway goes on serving while it
is taken out of the Service; a native sidecar is stopped after its app, when nobody is connected.
*/}}
{{- define "holdfast.config" -}}
{{- $sidecar := eq .Values.mode "sidecar" -}}
{{- $host := ternary "127.0.0.1" .Values.ports.host $sidecar -}}
{{- $drain := ternary (dict "delay_ms" 0 "deadline_ms" 5000) (dict "delay_ms" 10000 "deadline_ms" 600000) $sidecar -}}
{{- $own := dict
  "listen" (printf "%s:%d" $host (int .Values.ports.data))
  "admin" (printf "%s:%d" .Values.ports.host (int .Values.ports.admin))
  "drain" $drain -}}
{{- mergeOverwrite $own (deepCopy .Values.config) | toYaml -}}
{{- end -}}

{{- define "holdfast.configMapName" -}}
{{- printf "%s-config" (include "holdfast.fullname" .) -}}
{{- end -}}

{{/* Changes with the configuration, so that pods are replaced with it. */}}
{{- define "holdfast.annotations" -}}
checksum/config: {{ include "holdfast.config" . | sha256sum }}
{{- end -}}

{{/* Seconds that a drain may take, and ten to end the process. */}}
{{- define "holdfast.drainSeconds" -}}
{{- $drain := (include "holdfast.config" . | fromYaml).drain -}}
{{- $ms := add (int64 $drain.delay_ms) (int64 $drain.deadline_ms) -}}
{{- add (int64 .Values.preStopSleepSeconds) (div (add $ms 999) 1000) 10 -}}
{{- end -}}

{{- define "holdfast.gracePeriod" -}}
{{- $needed := include "holdfast.drainSeconds" . | int64 -}}
{{- $given := int64 .Values.terminationGracePeriodSeconds -}}
{{- if and (gt $given 0) (lt $given $needed) -}}
{{- fail (printf "terminationGracePeriodSeconds: %d is less than the %d seconds that a drain may take; raise it, or lower config.drain.deadline_ms" $given $needed) -}}
{{- end -}}
{{- ternary $given $needed (gt $given 0) -}}
{{- end -}}

{{/* A line KEY=PATH for each file and folder that the configuration names. */}}
{{- define "holdfast.paths" -}}
{{- $prefix := .prefix -}}
{{- range $key, $value := .node -}}
{{- $name := printf "%s.%s" $prefix $key -}}
{{- if kindIs "map" $value -}}
{{- include "holdfast.paths" (dict "prefix" $name "node" $value) -}}
{{- else if regexMatch "(^|_)(file|folder|folders)$" $key -}}
{{- range (ternary $value (list $value) (kindIs "slice" $value)) }}
{{ printf "%s=%s" $name . }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Everything that could only fail once it runs; said at once, with the value to change. */}}
{{- define "holdfast.check" -}}
{{- $values := .Values -}}
{{- if not (or $values.config.upstream $values.config.routes) -}}
{{- fail "config.upstream: is missing: name the model API to stand in front of (or config.routes)" -}}
{{- end -}}
{{- if and $values.certificates.configMap $values.certificates.secret -}}
{{- fail "certificates: configMap and secret are both set; keep one of them" -}}
{{- end -}}
{{- if eq $values.mode "sidecar" -}}
{{- if $values.autoscaling.enabled -}}
{{- fail "autoscaling.enabled: a sidecar is scaled with its app" -}}
{{- end -}}
{{- if eq $values.monitor.kind "ServiceMonitor" -}}
{{- fail "monitor.kind: sidecars have no Service; use PodMonitor" -}}
{{- end -}}
{{- if eq $values.storage.kind "claim" -}}
{{- fail "storage.kind: the pods of an app cannot share one claim; use emptyDir, or a volume of the app by extraVolumeMounts" -}}
{{- end -}}
{{- end -}}
{{- if eq $values.storage.kind "claim" -}}
{{- if or $values.autoscaling.enabled (gt (int $values.replicas) 1) -}}
{{- fail "storage.kind: claim is for one pod: set replicas to 1 and autoscaling.enabled to false, or share state by config.state.redis_url" -}}
{{- end -}}
{{- end -}}
{{- if and $values.autoscaling.enabled (gt (int $values.autoscaling.minReplicas) (int $values.autoscaling.maxReplicas)) -}}
{{- fail "autoscaling.minReplicas: is more than maxReplicas" -}}
{{- end -}}
{{- $pods := int (ternary $values.autoscaling.minReplicas $values.replicas $values.autoscaling.enabled) -}}
{{- if and $values.podDisruptionBudget.enabled (gt $pods 1) (ge (int $values.podDisruptionBudget.minAvailable) $pods) -}}
{{- fail (printf "podDisruptionBudget.minAvailable: %d of %d pods: no node could ever be drained" (int $values.podDisruptionBudget.minAvailable) $pods) -}}
{{- end -}}
{{- $mounts := list "/app/" -}}
{{- if $values.existingSecret }}{{ $mounts = append $mounts "/etc/holdfast/secret/" }}{{ end -}}
{{- if or $values.certificates.configMap $values.certificates.secret }}{{ $mounts = append $mounts "/etc/holdfast/ca/" }}{{ end -}}
{{- if ne $values.storage.kind "none" }}{{ $mounts = append $mounts "/var/lib/holdfast/" }}{{ end -}}
{{- range $values.extraVolumeMounts }}{{ $mounts = append $mounts (printf "%s/" (trimSuffix "/" .mountPath)) }}{{ end -}}
{{- range (include "holdfast.paths" (dict "prefix" "config" "node" $values.config) | trim | splitList "\n") -}}
{{- if . -}}
{{- $pair := splitn "=" 2 . -}}
{{- $found := false -}}
{{- range $mounts }}{{ if hasPrefix . (printf "%s/" $pair._1) }}{{ $found = true }}{{ end }}{{ end -}}
{{- if not $found -}}
{{- fail (printf "%s: %s lies where nothing is mounted; use existingSecret (/etc/holdfast/secret), certificates (/etc/holdfast/ca), storage (/var/lib/holdfast) or extraVolumeMounts" $pair._0 $pair._1) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
