FROM alpine
LABEL a=1
