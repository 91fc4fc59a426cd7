/* session.h: the processes of a run, from /proc. A run is a session of its own, so this finds all that it started, process
   groups of their own included (Check puts every test into one); a process that began another session is known by its mark. */
#ifndef SESSION_H
#define SESSION_H

#include <stddef.h>
#include <sys/types.h>

/* Bytes of resident memory of all its processes; *biggest is the one that has most, or 0. */
size_t session_memory(pid_t session, pid_t *biggest);
/* Kills all of them. */
void session_kill(pid_t session);

/* From now on this process is the parent of all that is left behind by what it started, instead of init. */
void session_adopt(void);
/* Kills the adopted processes that have left their session, and what they leave behind in turn: they still have the mark,
   a "NAME=value" of the run's environment. */
void session_kill_marked(const char *mark);
/* Kills every process of this machine that has the mark: whoever they were started by is dead. */
void session_kill_everywhere(const char *mark);

#endif
