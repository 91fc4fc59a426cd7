/* stage.h: programs that write the data of figures, each run into a folder of its own, and only when something changed. */
#ifndef STAGE_H
#define STAGE_H

#include <glib.h>
#include <stdbool.h>

/* The SHA-256 of the names and contents of all files in a folder and below, as hexadecimal digits. Free it. */
char *folder_hash(const char *folder);
/* Makes `to` the same as `from`, removing what is not in it; files that are equal already are not touched. */
bool folder_copy(const char *from, const char *to);
/* Removes a folder and what is in it; does nothing when there is none. */
void folder_remove(const char *folder);

/* Runs the program with DESCENT_FIGURES naming the folder, which afterwards holds what this run wrote, and its output in
   stdout.txt. `inputs` says what the run depends on besides the program; when that is as it was last time and nobody
   touched the folder, nothing is started. `quiet` demands that it prints nothing to stderr; `slow` gives it the time of a
   program that measures.

   Returns NULL, or why there is no data, as the end of a sentence and perhaps more lines; free it. Then the folder is as it
   was. */
char *stage(const char *program, const char *inputs, const char *folder,
            bool quiet, bool slow);

#endif
