/* confine.c: limits and filter of the calling process. */
#define _GNU_SOURCE
#include "confine.h"

#include <linux/seccomp.h>
#include <math.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum { MEMORY = 640 << 20, STACK = 8 << 20, FILES = 64 };

static void limit(int what, rlim_t soft, rlim_t hard)
{
    struct rlimit now;
    getrlimit(what, &now);
    if (now.rlim_max < hard)
        hard = now.rlim_max;
    if (hard < soft)
        soft = hard;
    setrlimit(what, &(struct rlimit){soft, hard});
}

void confine_addresses(void)
{
    personality(ADDR_NO_RANDOMIZE);
}

void confine_limits(double seconds, bool memory)
{
    /* The host looks at the worker's own clock; this is for a worker whose host does not look. It counts ticks, and where
       other machines take the processor away, more of them than were used. */
    rlim_t cpu = 2 * (rlim_t)ceil(seconds) + 4;
    limit(RLIMIT_CPU, cpu, cpu);
    if (memory)
        limit(RLIMIT_AS, MEMORY, MEMORY);
    limit(RLIMIT_STACK, STACK, STACK);
    limit(RLIMIT_FSIZE, 0, 0);
    limit(RLIMIT_CORE, 0, 0);
    limit(RLIMIT_NOFILE, FILES, FILES);
    limit(RLIMIT_MEMLOCK, 0, 0);
    limit(RLIMIT_MSGQUEUE, 0, 0);
}

bool confine_read(int fd, confine_program *p)
{
    ssize_t size = read(fd, p->code, sizeof p->code);
    p->length =
        size > 0 ? (unsigned short)(size / (ssize_t)sizeof *p->code) : 0;
    return p->length > 0;
}

bool confine_filter(confine_program *p)
{
    struct sock_fprog program = {p->length, p->code};
    return !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) &&
           !prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}
