FROM alpine:latest AS builder
RUN apk --no-cache add build-base cmake ninja linux-headers git
WORKDIR /src

FROM builder AS third-party
RUN git clone --depth 1 --branch v3.11.3 https://example.com/json.git \
 && cmake -S json -B json/build -G Ninja -DJSON_BuildTests=OFF \
 && cmake --install json/build --prefix /opt/third-party
RUN git clone --depth 1 --branch 10.2.1 https://example.com/fmt.git \
 && cmake -S fmt -B fmt/build -G Ninja -DFMT_TEST=OFF \
 && cmake --build fmt/build && cmake --install fmt/build --prefix /opt/third-party

FROM builder AS debug
COPY --from=third-party /opt/third-party /usr/local
COPY CMakeLists.txt ./
COPY src src
RUN cmake -B build -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS="-fsanitize=address,undefined" \
 && cmake --build build
CMD ["build/server", "--verbose"]

FROM builder AS release
COPY --from=third-party /opt/third-party /usr/local
COPY CMakeLists.txt ./
COPY src src
RUN cmake -B build -G Ninja -DCMAKE_BUILD_TYPE=Release \
 && cmake --build build \
 && strip build/server

FROM release AS unit-tests
COPY tests tests
RUN ctest --test-dir build --output-on-failure

FROM alpine:latest
RUN apk --no-cache add libstdc++
COPY --from=release /src/build/server /usr/local/bin/server
USER nobody
EXPOSE 9000/tcp 9000/udp
STOPSIGNAL SIGINT
CMD ["server"]
