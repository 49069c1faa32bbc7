FROM alpine AS parent
ONBUILD COPY a /triggered/
ONBUILD RUN echo x > /triggered/x
ONBUILD ENV T=1
FROM parent
RUN cat /triggered/a
