FROM alpine
COPY --chmod=750 d /d
ADD --chmod=0604 a /a
COPY --chmod=u+x,go-r b /b
