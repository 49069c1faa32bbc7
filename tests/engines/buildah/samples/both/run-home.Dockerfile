FROM alpine
ENV HOME=/tmp
RUN echo $HOME > /h
USER app
RUN echo $HOME > /tmp/i
