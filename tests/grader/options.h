/* options.h: the KEY=VALUE words of the grader's verbs. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

typedef struct {
    int count;
    char **words;
} options;

/* The value of KEY=VALUE, or `otherwise` when it is not given or empty. */
const char *option(const options *o, const char *key, const char *otherwise);
/* A whole number of at least `least`; false after it has said that it is none. */
bool option_number(const options *o, const char *key, long otherwise,
                   long least, long *value);
/* Every word is KEY=VALUE of a known key (NULL at the end); false after it has said which is not. */
bool options_known(const options *o, const char *const keys[]);

#endif
