FROM alpine
SHELL ["/bin/ash", "-ec"]
RUN echo $0 > /zero
CMD echo hi
ENTRYPOINT echo ho
