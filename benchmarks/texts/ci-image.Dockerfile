# syntax=docker/dockerfile:1
# The image in which all our pipelines run.
ARG UBUNTU=22.04
FROM ubuntu:${UBUNTU} AS fetch
SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
ENV DEBIAN_FRONTEND=noninteractive
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      ca-certificates \
      curl \
      gnupg \
      unzip \
      xz-utils \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /fetch

# kubectl
ARG KUBECTL_VERSION=1.29.2
RUN curl -fsSLo kubectl.tar.gz "https://example.com/kubectl/releases/v${KUBECTL_VERSION}/kubectl_${KUBECTL_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo kubectl.sha256 "https://example.com/kubectl/releases/v${KUBECTL_VERSION}/checksums.txt" \
 && grep " kubectl_${KUBECTL_VERSION}_linux_amd64.tar.gz" kubectl.sha256 | sed 's/ .*/  kubectl.tar.gz/' | sha256sum -c - \
 && tar -xzf kubectl.tar.gz kubectl \
 && install -m 0755 kubectl /usr/local/bin/kubectl \
 && rm -rf kubectl* \
 && kubectl --version

# helm
ARG HELM_VERSION=3.14.2
RUN curl -fsSLo helm.tar.gz "https://example.com/helm/releases/v${HELM_VERSION}/helm_${HELM_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo helm.sha256 "https://example.com/helm/releases/v${HELM_VERSION}/checksums.txt" \
 && grep " helm_${HELM_VERSION}_linux_amd64.tar.gz" helm.sha256 | sed 's/ .*/  helm.tar.gz/' | sha256sum -c - \
 && tar -xzf helm.tar.gz helm \
 && install -m 0755 helm /usr/local/bin/helm \
 && rm -rf helm* \
 && helm --version

# terraform
ARG TERRAFORM_VERSION=1.7.4
RUN curl -fsSLo terraform.tar.gz "https://example.com/terraform/releases/v${TERRAFORM_VERSION}/terraform_${TERRAFORM_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo terraform.sha256 "https://example.com/terraform/releases/v${TERRAFORM_VERSION}/checksums.txt" \
 && grep " terraform_${TERRAFORM_VERSION}_linux_amd64.tar.gz" terraform.sha256 | sed 's/ .*/  terraform.tar.gz/' | sha256sum -c - \
 && tar -xzf terraform.tar.gz terraform \
 && install -m 0755 terraform /usr/local/bin/terraform \
 && rm -rf terraform* \
 && terraform --version

# terragrunt
ARG TERRAGRUNT_VERSION=0.55.10
RUN curl -fsSLo terragrunt.tar.gz "https://example.com/terragrunt/releases/v${TERRAGRUNT_VERSION}/terragrunt_${TERRAGRUNT_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo terragrunt.sha256 "https://example.com/terragrunt/releases/v${TERRAGRUNT_VERSION}/checksums.txt" \
 && grep " terragrunt_${TERRAGRUNT_VERSION}_linux_amd64.tar.gz" terragrunt.sha256 | sed 's/ .*/  terragrunt.tar.gz/' | sha256sum -c - \
 && tar -xzf terragrunt.tar.gz terragrunt \
 && install -m 0755 terragrunt /usr/local/bin/terragrunt \
 && rm -rf terragrunt* \
 && terragrunt --version

# packer
ARG PACKER_VERSION=1.10.1
RUN curl -fsSLo packer.tar.gz "https://example.com/packer/releases/v${PACKER_VERSION}/packer_${PACKER_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo packer.sha256 "https://example.com/packer/releases/v${PACKER_VERSION}/checksums.txt" \
 && grep " packer_${PACKER_VERSION}_linux_amd64.tar.gz" packer.sha256 | sed 's/ .*/  packer.tar.gz/' | sha256sum -c - \
 && tar -xzf packer.tar.gz packer \
 && install -m 0755 packer /usr/local/bin/packer \
 && rm -rf packer* \
 && packer --version

# vault
ARG VAULT_VERSION=1.15.6
RUN curl -fsSLo vault.tar.gz "https://example.com/vault/releases/v${VAULT_VERSION}/vault_${VAULT_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo vault.sha256 "https://example.com/vault/releases/v${VAULT_VERSION}/checksums.txt" \
 && grep " vault_${VAULT_VERSION}_linux_amd64.tar.gz" vault.sha256 | sed 's/ .*/  vault.tar.gz/' | sha256sum -c - \
 && tar -xzf vault.tar.gz vault \
 && install -m 0755 vault /usr/local/bin/vault \
 && rm -rf vault* \
 && vault --version

# consul
ARG CONSUL_VERSION=1.18.0
RUN curl -fsSLo consul.tar.gz "https://example.com/consul/releases/v${CONSUL_VERSION}/consul_${CONSUL_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo consul.sha256 "https://example.com/consul/releases/v${CONSUL_VERSION}/checksums.txt" \
 && grep " consul_${CONSUL_VERSION}_linux_amd64.tar.gz" consul.sha256 | sed 's/ .*/  consul.tar.gz/' | sha256sum -c - \
 && tar -xzf consul.tar.gz consul \
 && install -m 0755 consul /usr/local/bin/consul \
 && rm -rf consul* \
 && consul --version

# hugo
ARG HUGO_VERSION=0.123.7
RUN curl -fsSLo hugo.tar.gz "https://example.com/hugo/releases/v${HUGO_VERSION}/hugo_${HUGO_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo hugo.sha256 "https://example.com/hugo/releases/v${HUGO_VERSION}/checksums.txt" \
 && grep " hugo_${HUGO_VERSION}_linux_amd64.tar.gz" hugo.sha256 | sed 's/ .*/  hugo.tar.gz/' | sha256sum -c - \
 && tar -xzf hugo.tar.gz hugo \
 && install -m 0755 hugo /usr/local/bin/hugo \
 && rm -rf hugo* \
 && hugo --version

# protoc
ARG PROTOC_VERSION=25.3
RUN curl -fsSLo protoc.tar.gz "https://example.com/protoc/releases/v${PROTOC_VERSION}/protoc_${PROTOC_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo protoc.sha256 "https://example.com/protoc/releases/v${PROTOC_VERSION}/checksums.txt" \
 && grep " protoc_${PROTOC_VERSION}_linux_amd64.tar.gz" protoc.sha256 | sed 's/ .*/  protoc.tar.gz/' | sha256sum -c - \
 && tar -xzf protoc.tar.gz protoc \
 && install -m 0755 protoc /usr/local/bin/protoc \
 && rm -rf protoc* \
 && protoc --version

# buf
ARG BUF_VERSION=1.29.0
RUN curl -fsSLo buf.tar.gz "https://example.com/buf/releases/v${BUF_VERSION}/buf_${BUF_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo buf.sha256 "https://example.com/buf/releases/v${BUF_VERSION}/checksums.txt" \
 && grep " buf_${BUF_VERSION}_linux_amd64.tar.gz" buf.sha256 | sed 's/ .*/  buf.tar.gz/' | sha256sum -c - \
 && tar -xzf buf.tar.gz buf \
 && install -m 0755 buf /usr/local/bin/buf \
 && rm -rf buf* \
 && buf --version

# golangci-lint
ARG GOLANGCI_LINT_VERSION=1.56.2
RUN curl -fsSLo golangci-lint.tar.gz "https://example.com/golangci-lint/releases/v${GOLANGCI_LINT_VERSION}/golangci-lint_${GOLANGCI_LINT_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo golangci-lint.sha256 "https://example.com/golangci-lint/releases/v${GOLANGCI_LINT_VERSION}/checksums.txt" \
 && grep " golangci-lint_${GOLANGCI_LINT_VERSION}_linux_amd64.tar.gz" golangci-lint.sha256 | sed 's/ .*/  golangci-lint.tar.gz/' | sha256sum -c - \
 && tar -xzf golangci-lint.tar.gz golangci-lint \
 && install -m 0755 golangci-lint /usr/local/bin/golangci-lint \
 && rm -rf golangci-lint* \
 && golangci-lint --version

# shellcheck
ARG SHELLCHECK_VERSION=0.9.0
RUN curl -fsSLo shellcheck.tar.gz "https://example.com/shellcheck/releases/v${SHELLCHECK_VERSION}/shellcheck_${SHELLCHECK_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo shellcheck.sha256 "https://example.com/shellcheck/releases/v${SHELLCHECK_VERSION}/checksums.txt" \
 && grep " shellcheck_${SHELLCHECK_VERSION}_linux_amd64.tar.gz" shellcheck.sha256 | sed 's/ .*/  shellcheck.tar.gz/' | sha256sum -c - \
 && tar -xzf shellcheck.tar.gz shellcheck \
 && install -m 0755 shellcheck /usr/local/bin/shellcheck \
 && rm -rf shellcheck* \
 && shellcheck --version

# shfmt
ARG SHFMT_VERSION=3.8.0
RUN curl -fsSLo shfmt.tar.gz "https://example.com/shfmt/releases/v${SHFMT_VERSION}/shfmt_${SHFMT_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo shfmt.sha256 "https://example.com/shfmt/releases/v${SHFMT_VERSION}/checksums.txt" \
 && grep " shfmt_${SHFMT_VERSION}_linux_amd64.tar.gz" shfmt.sha256 | sed 's/ .*/  shfmt.tar.gz/' | sha256sum -c - \
 && tar -xzf shfmt.tar.gz shfmt \
 && install -m 0755 shfmt /usr/local/bin/shfmt \
 && rm -rf shfmt* \
 && shfmt --version

# hadolint
ARG HADOLINT_VERSION=2.12.0
RUN curl -fsSLo hadolint.tar.gz "https://example.com/hadolint/releases/v${HADOLINT_VERSION}/hadolint_${HADOLINT_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo hadolint.sha256 "https://example.com/hadolint/releases/v${HADOLINT_VERSION}/checksums.txt" \
 && grep " hadolint_${HADOLINT_VERSION}_linux_amd64.tar.gz" hadolint.sha256 | sed 's/ .*/  hadolint.tar.gz/' | sha256sum -c - \
 && tar -xzf hadolint.tar.gz hadolint \
 && install -m 0755 hadolint /usr/local/bin/hadolint \
 && rm -rf hadolint* \
 && hadolint --version

# yq
ARG YQ_VERSION=4.42.1
RUN curl -fsSLo yq.tar.gz "https://example.com/yq/releases/v${YQ_VERSION}/yq_${YQ_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo yq.sha256 "https://example.com/yq/releases/v${YQ_VERSION}/checksums.txt" \
 && grep " yq_${YQ_VERSION}_linux_amd64.tar.gz" yq.sha256 | sed 's/ .*/  yq.tar.gz/' | sha256sum -c - \
 && tar -xzf yq.tar.gz yq \
 && install -m 0755 yq /usr/local/bin/yq \
 && rm -rf yq* \
 && yq --version

# jq
ARG JQ_VERSION=1.7.1
RUN curl -fsSLo jq.tar.gz "https://example.com/jq/releases/v${JQ_VERSION}/jq_${JQ_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo jq.sha256 "https://example.com/jq/releases/v${JQ_VERSION}/checksums.txt" \
 && grep " jq_${JQ_VERSION}_linux_amd64.tar.gz" jq.sha256 | sed 's/ .*/  jq.tar.gz/' | sha256sum -c - \
 && tar -xzf jq.tar.gz jq \
 && install -m 0755 jq /usr/local/bin/jq \
 && rm -rf jq* \
 && jq --version

# gh
ARG GH_VERSION=2.44.1
RUN curl -fsSLo gh.tar.gz "https://example.com/gh/releases/v${GH_VERSION}/gh_${GH_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo gh.sha256 "https://example.com/gh/releases/v${GH_VERSION}/checksums.txt" \
 && grep " gh_${GH_VERSION}_linux_amd64.tar.gz" gh.sha256 | sed 's/ .*/  gh.tar.gz/' | sha256sum -c - \
 && tar -xzf gh.tar.gz gh \
 && install -m 0755 gh /usr/local/bin/gh \
 && rm -rf gh* \
 && gh --version

# sops
ARG SOPS_VERSION=3.8.1
RUN curl -fsSLo sops.tar.gz "https://example.com/sops/releases/v${SOPS_VERSION}/sops_${SOPS_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo sops.sha256 "https://example.com/sops/releases/v${SOPS_VERSION}/checksums.txt" \
 && grep " sops_${SOPS_VERSION}_linux_amd64.tar.gz" sops.sha256 | sed 's/ .*/  sops.tar.gz/' | sha256sum -c - \
 && tar -xzf sops.tar.gz sops \
 && install -m 0755 sops /usr/local/bin/sops \
 && rm -rf sops* \
 && sops --version

# age
ARG AGE_VERSION=1.1.1
RUN curl -fsSLo age.tar.gz "https://example.com/age/releases/v${AGE_VERSION}/age_${AGE_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo age.sha256 "https://example.com/age/releases/v${AGE_VERSION}/checksums.txt" \
 && grep " age_${AGE_VERSION}_linux_amd64.tar.gz" age.sha256 | sed 's/ .*/  age.tar.gz/' | sha256sum -c - \
 && tar -xzf age.tar.gz age \
 && install -m 0755 age /usr/local/bin/age \
 && rm -rf age* \
 && age --version

# trivy
ARG TRIVY_VERSION=0.49.1
RUN curl -fsSLo trivy.tar.gz "https://example.com/trivy/releases/v${TRIVY_VERSION}/trivy_${TRIVY_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo trivy.sha256 "https://example.com/trivy/releases/v${TRIVY_VERSION}/checksums.txt" \
 && grep " trivy_${TRIVY_VERSION}_linux_amd64.tar.gz" trivy.sha256 | sed 's/ .*/  trivy.tar.gz/' | sha256sum -c - \
 && tar -xzf trivy.tar.gz trivy \
 && install -m 0755 trivy /usr/local/bin/trivy \
 && rm -rf trivy* \
 && trivy --version

# syft
ARG SYFT_VERSION=0.105.1
RUN curl -fsSLo syft.tar.gz "https://example.com/syft/releases/v${SYFT_VERSION}/syft_${SYFT_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo syft.sha256 "https://example.com/syft/releases/v${SYFT_VERSION}/checksums.txt" \
 && grep " syft_${SYFT_VERSION}_linux_amd64.tar.gz" syft.sha256 | sed 's/ .*/  syft.tar.gz/' | sha256sum -c - \
 && tar -xzf syft.tar.gz syft \
 && install -m 0755 syft /usr/local/bin/syft \
 && rm -rf syft* \
 && syft --version

# grype
ARG GRYPE_VERSION=0.74.7
RUN curl -fsSLo grype.tar.gz "https://example.com/grype/releases/v${GRYPE_VERSION}/grype_${GRYPE_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo grype.sha256 "https://example.com/grype/releases/v${GRYPE_VERSION}/checksums.txt" \
 && grep " grype_${GRYPE_VERSION}_linux_amd64.tar.gz" grype.sha256 | sed 's/ .*/  grype.tar.gz/' | sha256sum -c - \
 && tar -xzf grype.tar.gz grype \
 && install -m 0755 grype /usr/local/bin/grype \
 && rm -rf grype* \
 && grype --version

# cosign
ARG COSIGN_VERSION=2.2.3
RUN curl -fsSLo cosign.tar.gz "https://example.com/cosign/releases/v${COSIGN_VERSION}/cosign_${COSIGN_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo cosign.sha256 "https://example.com/cosign/releases/v${COSIGN_VERSION}/checksums.txt" \
 && grep " cosign_${COSIGN_VERSION}_linux_amd64.tar.gz" cosign.sha256 | sed 's/ .*/  cosign.tar.gz/' | sha256sum -c - \
 && tar -xzf cosign.tar.gz cosign \
 && install -m 0755 cosign /usr/local/bin/cosign \
 && rm -rf cosign* \
 && cosign --version

# crane
ARG CRANE_VERSION=0.19.0
RUN curl -fsSLo crane.tar.gz "https://example.com/crane/releases/v${CRANE_VERSION}/crane_${CRANE_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo crane.sha256 "https://example.com/crane/releases/v${CRANE_VERSION}/checksums.txt" \
 && grep " crane_${CRANE_VERSION}_linux_amd64.tar.gz" crane.sha256 | sed 's/ .*/  crane.tar.gz/' | sha256sum -c - \
 && tar -xzf crane.tar.gz crane \
 && install -m 0755 crane /usr/local/bin/crane \
 && rm -rf crane* \
 && crane --version

# kustomize
ARG KUSTOMIZE_VERSION=5.3.0
RUN curl -fsSLo kustomize.tar.gz "https://example.com/kustomize/releases/v${KUSTOMIZE_VERSION}/kustomize_${KUSTOMIZE_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo kustomize.sha256 "https://example.com/kustomize/releases/v${KUSTOMIZE_VERSION}/checksums.txt" \
 && grep " kustomize_${KUSTOMIZE_VERSION}_linux_amd64.tar.gz" kustomize.sha256 | sed 's/ .*/  kustomize.tar.gz/' | sha256sum -c - \
 && tar -xzf kustomize.tar.gz kustomize \
 && install -m 0755 kustomize /usr/local/bin/kustomize \
 && rm -rf kustomize* \
 && kustomize --version

# kind
ARG KIND_VERSION=0.22.0
RUN curl -fsSLo kind.tar.gz "https://example.com/kind/releases/v${KIND_VERSION}/kind_${KIND_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo kind.sha256 "https://example.com/kind/releases/v${KIND_VERSION}/checksums.txt" \
 && grep " kind_${KIND_VERSION}_linux_amd64.tar.gz" kind.sha256 | sed 's/ .*/  kind.tar.gz/' | sha256sum -c - \
 && tar -xzf kind.tar.gz kind \
 && install -m 0755 kind /usr/local/bin/kind \
 && rm -rf kind* \
 && kind --version

# k3d
ARG K3D_VERSION=5.6.0
RUN curl -fsSLo k3d.tar.gz "https://example.com/k3d/releases/v${K3D_VERSION}/k3d_${K3D_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo k3d.sha256 "https://example.com/k3d/releases/v${K3D_VERSION}/checksums.txt" \
 && grep " k3d_${K3D_VERSION}_linux_amd64.tar.gz" k3d.sha256 | sed 's/ .*/  k3d.tar.gz/' | sha256sum -c - \
 && tar -xzf k3d.tar.gz k3d \
 && install -m 0755 k3d /usr/local/bin/k3d \
 && rm -rf k3d* \
 && k3d --version

# stern
ARG STERN_VERSION=1.28.0
RUN curl -fsSLo stern.tar.gz "https://example.com/stern/releases/v${STERN_VERSION}/stern_${STERN_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo stern.sha256 "https://example.com/stern/releases/v${STERN_VERSION}/checksums.txt" \
 && grep " stern_${STERN_VERSION}_linux_amd64.tar.gz" stern.sha256 | sed 's/ .*/  stern.tar.gz/' | sha256sum -c - \
 && tar -xzf stern.tar.gz stern \
 && install -m 0755 stern /usr/local/bin/stern \
 && rm -rf stern* \
 && stern --version

# argocd
ARG ARGOCD_VERSION=2.10.1
RUN curl -fsSLo argocd.tar.gz "https://example.com/argocd/releases/v${ARGOCD_VERSION}/argocd_${ARGOCD_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo argocd.sha256 "https://example.com/argocd/releases/v${ARGOCD_VERSION}/checksums.txt" \
 && grep " argocd_${ARGOCD_VERSION}_linux_amd64.tar.gz" argocd.sha256 | sed 's/ .*/  argocd.tar.gz/' | sha256sum -c - \
 && tar -xzf argocd.tar.gz argocd \
 && install -m 0755 argocd /usr/local/bin/argocd \
 && rm -rf argocd* \
 && argocd --version

# flux
ARG FLUX_VERSION=2.2.3
RUN curl -fsSLo flux.tar.gz "https://example.com/flux/releases/v${FLUX_VERSION}/flux_${FLUX_VERSION}_linux_amd64.tar.gz" \
 && curl -fsSLo flux.sha256 "https://example.com/flux/releases/v${FLUX_VERSION}/checksums.txt" \
 && grep " flux_${FLUX_VERSION}_linux_amd64.tar.gz" flux.sha256 | sed 's/ .*/  flux.tar.gz/' | sha256sum -c - \
 && tar -xzf flux.tar.gz flux \
 && install -m 0755 flux /usr/local/bin/flux \
 && rm -rf flux* \
 && flux --version

FROM ubuntu:${UBUNTU} AS runtimes
SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
ENV DEBIAN_FRONTEND=noninteractive \
    LANG=C.UTF-8 \
    LC_ALL=C.UTF-8
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      autoconf \
      automake \
      bash-completion \
      bc \
      bison \
      build-essential \
      bzip2 \
      ca-certificates \
      cmake \
      curl \
      default-libmysqlclient-dev \
      dirmngr \
      dnsutils \
      file \
      flex \
      fontconfig \
      g++ \
      gawk \
      gcc \
      gettext \
      git \
      git-lfs \
      gnupg \
      imagemagick \
      iproute2 \
      iputils-ping \
      jq \
      lcov \
      less \
      libbz2-dev \
      libc6-dev \
      libcurl4-openssl-dev \
      libdb-dev \
      libedit-dev \
      libevent-dev \
      libffi-dev \
      libgdbm-dev \
      libglib2.0-dev \
      libgmp-dev \
      libjpeg-dev \
      libkrb5-dev \
      liblzma-dev \
      libmagickcore-dev \
      libmagickwand-dev \
      libncurses5-dev \
      libncursesw5-dev \
      libpng-dev \
      libpq-dev \
      libreadline-dev \
      libsqlite3-dev \
      libssl-dev \
      libtool \
      libwebp-dev \
      libxml2-dev \
      libxslt-dev \
      libyaml-dev \
      locales \
      lsof \
      make \
      maven \
      mercurial \
      netcat-openbsd \
      ninja-build \
      openjdk-17-jdk-headless \
      openssh-client \
      parallel \
      patch \
      pkg-config \
      procps \
      protobuf-compiler \
      python3 \
      python3-dev \
      python3-pip \
      python3-venv \
      rsync \
      ruby-full \
      shellcheck \
      software-properties-common \
      sqlite3 \
      subversion \
      sudo \
      tini \
      tree \
      tzdata \
      unzip \
      uuid-dev \
      valgrind \
      vim-tiny \
      wget \
      xvfb \
      xz-utils \
      zip \
      zlib1g-dev \
 && rm -rf /var/lib/apt/lists/*

# node
ENV NODE_HOME=/opt/node
RUN mkdir -p $NODE_HOME/16.20.2 \
 && curl -fsSL https://example.com/node/node-16.20.2-linux-x64.tar.xz | tar -xJ -C $NODE_HOME/16.20.2 --strip-components=1
RUN mkdir -p $NODE_HOME/18.19.1 \
 && curl -fsSL https://example.com/node/node-18.19.1-linux-x64.tar.xz | tar -xJ -C $NODE_HOME/18.19.1 --strip-components=1
RUN mkdir -p $NODE_HOME/20.11.1 \
 && curl -fsSL https://example.com/node/node-20.11.1-linux-x64.tar.xz | tar -xJ -C $NODE_HOME/20.11.1 --strip-components=1
RUN mkdir -p $NODE_HOME/21.6.2 \
 && curl -fsSL https://example.com/node/node-21.6.2-linux-x64.tar.xz | tar -xJ -C $NODE_HOME/21.6.2 --strip-components=1
ENV PATH=$NODE_HOME/21.6.2/bin:$PATH

# go
ENV GO_HOME=/opt/go
RUN mkdir -p $GO_HOME/1.20.14 \
 && curl -fsSL https://example.com/go/go-1.20.14-linux-x64.tar.xz | tar -xJ -C $GO_HOME/1.20.14 --strip-components=1
RUN mkdir -p $GO_HOME/1.21.7 \
 && curl -fsSL https://example.com/go/go-1.21.7-linux-x64.tar.xz | tar -xJ -C $GO_HOME/1.21.7 --strip-components=1
RUN mkdir -p $GO_HOME/1.22.0 \
 && curl -fsSL https://example.com/go/go-1.22.0-linux-x64.tar.xz | tar -xJ -C $GO_HOME/1.22.0 --strip-components=1
ENV PATH=$GO_HOME/1.22.0/bin:$PATH

# python
ENV PYTHON_HOME=/opt/python
RUN mkdir -p $PYTHON_HOME/3.8.18 \
 && curl -fsSL https://example.com/python/python-3.8.18-linux-x64.tar.xz | tar -xJ -C $PYTHON_HOME/3.8.18 --strip-components=1
RUN mkdir -p $PYTHON_HOME/3.9.18 \
 && curl -fsSL https://example.com/python/python-3.9.18-linux-x64.tar.xz | tar -xJ -C $PYTHON_HOME/3.9.18 --strip-components=1
RUN mkdir -p $PYTHON_HOME/3.10.13 \
 && curl -fsSL https://example.com/python/python-3.10.13-linux-x64.tar.xz | tar -xJ -C $PYTHON_HOME/3.10.13 --strip-components=1
RUN mkdir -p $PYTHON_HOME/3.11.8 \
 && curl -fsSL https://example.com/python/python-3.11.8-linux-x64.tar.xz | tar -xJ -C $PYTHON_HOME/3.11.8 --strip-components=1
RUN mkdir -p $PYTHON_HOME/3.12.2 \
 && curl -fsSL https://example.com/python/python-3.12.2-linux-x64.tar.xz | tar -xJ -C $PYTHON_HOME/3.12.2 --strip-components=1
ENV PATH=$PYTHON_HOME/3.12.2/bin:$PATH

# The tools come last: they change most often.
FROM runtimes AS ci
COPY --from=fetch /usr/local/bin/kubectl /usr/local/bin/kubectl
COPY --from=fetch /usr/local/bin/helm /usr/local/bin/helm
COPY --from=fetch /usr/local/bin/terraform /usr/local/bin/terraform
COPY --from=fetch /usr/local/bin/terragrunt /usr/local/bin/terragrunt
COPY --from=fetch /usr/local/bin/packer /usr/local/bin/packer
COPY --from=fetch /usr/local/bin/vault /usr/local/bin/vault
COPY --from=fetch /usr/local/bin/consul /usr/local/bin/consul
COPY --from=fetch /usr/local/bin/hugo /usr/local/bin/hugo
COPY --from=fetch /usr/local/bin/protoc /usr/local/bin/protoc
COPY --from=fetch /usr/local/bin/buf /usr/local/bin/buf
COPY --from=fetch /usr/local/bin/golangci-lint /usr/local/bin/golangci-lint
COPY --from=fetch /usr/local/bin/shellcheck /usr/local/bin/shellcheck
COPY --from=fetch /usr/local/bin/shfmt /usr/local/bin/shfmt
COPY --from=fetch /usr/local/bin/hadolint /usr/local/bin/hadolint
COPY --from=fetch /usr/local/bin/yq /usr/local/bin/yq
COPY --from=fetch /usr/local/bin/jq /usr/local/bin/jq
COPY --from=fetch /usr/local/bin/gh /usr/local/bin/gh
COPY --from=fetch /usr/local/bin/sops /usr/local/bin/sops
COPY --from=fetch /usr/local/bin/age /usr/local/bin/age
COPY --from=fetch /usr/local/bin/trivy /usr/local/bin/trivy
COPY --from=fetch /usr/local/bin/syft /usr/local/bin/syft
COPY --from=fetch /usr/local/bin/grype /usr/local/bin/grype
COPY --from=fetch /usr/local/bin/cosign /usr/local/bin/cosign
COPY --from=fetch /usr/local/bin/crane /usr/local/bin/crane
COPY --from=fetch /usr/local/bin/kustomize /usr/local/bin/kustomize
COPY --from=fetch /usr/local/bin/kind /usr/local/bin/kind
COPY --from=fetch /usr/local/bin/k3d /usr/local/bin/k3d
COPY --from=fetch /usr/local/bin/stern /usr/local/bin/stern
COPY --from=fetch /usr/local/bin/argocd /usr/local/bin/argocd
COPY --from=fetch /usr/local/bin/flux /usr/local/bin/flux

RUN useradd --create-home --shell /bin/bash ci \
 && echo 'ci ALL=(ALL) NOPASSWD:ALL' > /etc/sudoers.d/ci
COPY <<-"BASH" /etc/profile.d/ci.sh
	export HISTFILE=/dev/null
	export PS1='ci:\w$ '
	for tool in kubectl helm; do
	  source <("$tool" completion bash)
	done
BASH
USER ci
WORKDIR /home/ci
ENTRYPOINT ["tini", "--"]
CMD ["bash", "-l"]
