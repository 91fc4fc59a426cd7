/* keeper.h: one sandbox for all tests of an exercise, and in it a fresh process, first of a namespace of its own, for each test.

   The keeper is our own program, without a student's code, and the sandbox's first process. It speaks to the host alone, over
   KEEPER_FD: it says KEEPER_READY, once it has seen that it can make such processes; then every request of the host brings the
   worker's wire, its output, and the line of its life. Over that line the keeper hands the host a descriptor of the worker's
   process. When the host shuts it, or is gone, the worker is killed; when the worker has ended, of whatever, it says how. A worker has none of the keeper's descriptors and privileges. */
#ifndef KEEPER_H
#define KEEPER_H

#include <sys/resource.h>

enum {
    KEEPER_FD = 3,
    KEEPER_BPF_FD = 4,
    KEEPER_FDS = 3, /* wire, output, life */
    KEEPER_READY = 'k'
};

typedef struct {
    double seconds; /* of processor time */
} keeper_request;

typedef struct {
    int status; /* as of wait */
    struct rusage used;
} keeper_answer;

#endif
