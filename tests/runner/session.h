/* session.h: the processes of one session, from /proc. A run is a session of its own, so this finds all that it started,
   process groups of their own included (Check puts every test into one). */
#ifndef SESSION_H
#define SESSION_H

#include <stddef.h>
#include <sys/types.h>

/* Bytes of resident memory of all its processes; *biggest is the one that has most, or 0. */
size_t session_memory(pid_t session, pid_t *biggest);
/* Kills all of them. */
void session_kill(pid_t session);

#endif
