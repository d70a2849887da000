{{/* Outgoing ports, read from the addresses that the configuration names. */}}

{{/* Port of a URL: its own, or the one of its scheme. Context: the URL. */}}
{{- define "holdfast.urlPort" -}}
{{- $url := urlParse . -}}
{{- $port := regexFind ":[0-9]+$" $url.host | trimPrefix ":" -}}
{{- $usual := dict "http" "80" "https" "443" "redis" "6379" "rediss" "6379" -}}
{{- default (get $usual $url.scheme) $port -}}
{{- end -}}

{{/* A line for each port of a model API: of routes, probes and the judge. */}}
{{- define "holdfast.upstreamPorts" -}}
{{- $config := .Values.config -}}
{{- $urls := list -}}
{{- with $config.upstream }}{{ $urls = append $urls . }}{{ end -}}
{{- range $config.routes }}{{ $urls = append $urls .upstream }}{{ end -}}
{{- $judge := dig "graded" "url" "" (default dict $config.judge) -}}
{{- $probes := dig "url" "" (default dict $config.probes) -}}
{{- $ports := list -}}
{{- range (compact (concat $urls (list $judge $probes))) -}}
{{- $ports = append $ports (include "holdfast.urlPort" .) -}}
{{- end -}}
{{- $ports | uniq | sortAlpha | join "\n" -}}
{{- end -}}
