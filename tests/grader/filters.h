/* filters.h: what a sandboxed program may ask the kernel for: seccomp's programs, as files that bubblewrap reads. */
#ifndef FILTERS_H
#define FILTERS_H

typedef enum {
    WORKER_FILTER,
    SANITIZED_FILTER, /* a worker with sanitizers */
    TOOLS_FILTER      /* compiler, assembler and linker */
} filter_kind;

/* The file's path, or NULL when it cannot be made. */
char *filter_export(filter_kind which);

#endif
