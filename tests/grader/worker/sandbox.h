/* sandbox.h: starts a worker behind bubblewrap, with a seccomp filter and limits that are in force before it is executed.

   DESCENT_SANDBOX holds words, separated by blanks: bubblewrap, seccomp, limits; what is missing is not used. DESCENT_BPF is
   the file of the filter; DESCENT_BWRAP the program; DESCENT_BINDS, for a worker that is linked with shared libraries, folders
   that it may read. DESCENT_KEEPER is the program of keeper.h: with it, bubblewrap is started once for all tests, where all three
   words are there and the machine allows it; the worker is a fresh process of a fresh namespace all the same. */
#ifndef SANDBOX_H
#define SANDBOX_H

#include "wire.h"

#include <stdbool.h>
#include <sys/resource.h>
#include <sys/types.h>

typedef struct {
    pid_t pid; /* of bubblewrap, or of the worker itself, where no keeper is */
    int life;  /* to the keeper, or -1 */
    wire *wire;
    int output; /* what it prints; not blocking */

    /* For the functions below. */
    int pidfd; /* of the worker, or -1 */
    bool ended;
    int status;
    struct rusage used;
} worker_process;

/* Of the host, whose tests are processes of their own. */
extern pid_t host_pid;
/* This process is killed when its parent ends, and at once when it has. */
void end_with_parent(pid_t parent);

/* False when it cannot be started. */
bool start_worker(worker_process *w, double seconds);
/* Without waiting. */
bool has_ended(worker_process *w);
/* Of processor time that the worker has used; negative when nobody can tell. */
double worker_seconds(worker_process *w);
/* It waits for something other than a processor; or nobody can tell. */
bool worker_waits(worker_process *w);
/* Waits for its end, when it ends by itself; kills it otherwise. Tells how it ended, as wait does. */
int end_worker(worker_process *w, bool by_itself, struct rusage *used);

#endif
