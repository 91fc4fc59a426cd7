#!/bin/sh
# The proof of the curriculum: every stub fails, solutions and alternatives pass, every mistake is rejected in its own TCase.
exec build/bin/descent prove
