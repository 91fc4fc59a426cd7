/* sanitizer.h: what AddressSanitizer, LeakSanitizer and UBSan wrote, in plain words about one file. */
#ifndef SANITIZER_H
#define SANITIZER_H

/* One sentence or two that begin with the learner's FILE:LINE, and below them that line of the file. NULL when the log says
   nothing that is understood. */
char *sanitizer_explain(const char *log, const char *file);

/* The fault's kind without file, line and addresses: what two programs with the same fault have in common. Free it. */
char *sanitizer_kind(const char *log);

#endif
