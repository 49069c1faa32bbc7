ARG T=latest
FROM alpine:$T
ARG T
ARG V=1
ARG W
ENV X=${V}-${W:-none}
RUN echo $T-$V-$W > /v
LABEL v=$V
