.DEFAULT_GOAL := help
.PHONY: help setup lock

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup:
	@sh scripts/environment.sh

lock: setup ## Write requirements.lock anew from pyproject.toml
	@sh scripts/lock.sh
