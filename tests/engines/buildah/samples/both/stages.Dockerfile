FROM alpine AS base
RUN echo base > /base
FROM base AS stage1
RUN echo 1 > /one
FROM base AS stage2
RUN echo 2 > /two
