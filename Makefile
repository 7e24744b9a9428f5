.DEFAULT_GOAL := help
.PHONY: help demo test lint bench stop assets messages setup ready lock

export PORT ?= 8000
PYTHON ?= python3
export PYTHON

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ready ## Serve the site with an invented community on http://127.0.0.1:$PORT (8000)
	@exec .venv/bin/python -m waypost.cli up

test: ready ## Run all tests, in a real browser too, on two versions of PostgreSQL
	@sh scripts/test.sh

lint: setup ## Check style, types, layers and missing migrations
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python -m waypost.cli makemigrations --check --dry-run

bench: ready ## Measure search, pages and sending on invented data
	@.venv/bin/python -m bench

stop: ## End the site, its database and the tests' database
	@if [ -x .venv/bin/python ]; then .venv/bin/python -m waypost.cli down; else echo "Nothing was running."; fi

assets: setup ## Build third-party styles and scripts into waypost/web/static/built
	@sh scripts/assets.sh

messages: setup ## Compile the translations
	@.venv/bin/python scripts/messages.py

lock: setup ## Write requirements.lock anew from pyproject.toml
	@sh scripts/lock.sh

setup:
	@sh scripts/environment.sh

ready: setup assets messages
