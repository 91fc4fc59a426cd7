/* judge_verb.c: descent judge DIR OUT.json [SEED=] [PROFILE=] [UNPROTECTED=yes]: one submission that intake has made. */
#include "../runner/build.h"
#include "../runner/verbs.h"
#include "judge.h"

#include <stdio.h>
#include <string.h>

int verb_judge(const asked *a)
{
    if (!a->words[0] || !a->words[1] || a->words[2]) {
        fprintf(stderr, "descent judge DIR OUT.json [SEED=n] [PROFILE=default] "
                        "[UNPROTECTED=yes]\n");
        return 2;
    }
    judge_options how = {.book = a->book,
                         .seed = a->seed,
                         .profile = a->profile,
                         .unprotected = a->unprotected};
    JsonNode *record = NULL;
    char *trouble = NULL;
    if (!judge_submission(a->words[0], &how, &record, &trouble)) {
        fprintf(stderr, "%s\n", trouble);
        g_free(trouble);
        return 1;
    }
    char *text = record_text(record);
    bool written = write_file(a->words[1], text, strlen(text));
    if (!written)
        fprintf(stderr, "%s cannot be written.\n", a->words[1]);
    g_free(text);
    json_node_unref(record);
    return written ? 0 : 1;
}
