FROM alpine
COPY <<one <<two /h/
1
one
2
two
RUN <<E
echo $0 > /zero
echo two > /two
E
COPY --chown=app --chmod=600 <<f /f
$PATH
f
