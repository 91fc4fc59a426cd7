#!/bin/sh
# Builds and runs services.c with the sanitizers, over the services as they are tangled; what
# these call of the exercises comes from the reference library. Runs in the project's root.
set -e
mkdir -p build/tests
gcc -std=c2x -Wall -Wextra -Wpedantic -Werror -O2 -ffp-contract=off -g \
    -fsanitize=address,undefined -fno-sanitize-recover=all -Iexercises/include \
    tests/services/services.c build/given/*.c -o build/tests/services \
    -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=strdup \
    build/reference/libdescent.a $(pkg-config --cflags --libs check) -lm
exec build/tests/services
