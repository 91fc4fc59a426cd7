/* confine.h: what holds a worker wherever it is started: limits and the seccomp filter, both in force before it is executed. */
#ifndef CONFINE_H
#define CONFINE_H

#include <linux/filter.h>
#include <stdbool.h>

/* Every worker has its memory at the same addresses, so that who reads where nothing of his lies reads the same in every run.
   Some containers do not let us; then such a program's record may vary. */
void confine_addresses(void);

/* Of time (seconds of processor time), stack and files; of memory unless its runtime needs more than any limit. */
void confine_limits(double seconds, bool memory);

/* A filter as libseccomp exports it. False when none can be read there. */
typedef struct {
    struct sock_filter code[4096];
    unsigned short length;
} confine_program;
bool confine_read(int fd, confine_program *p);
bool confine_filter(confine_program *p);

#endif
