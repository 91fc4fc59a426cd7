/* spread.c: the same jobs on other machines: GNU parallel over ssh, or an array of Slurm. Only keys and numbers stand in their
   command lines. */
#include "../runner/build.h"
#include "jobs.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

/* key TAB folder TAB seed, a line each. */
static char *write_list(const jobs *j)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < j->all->len; i++) {
        const job *one = j->all->pdata[i];
        g_string_append_printf(text, "%s\t%s\t%s\n", one->key, one->folder,
                               one->seed);
    }
    char *path = g_build_filename(j->work, "jobs.tsv", NULL);
    if (!write_file(path, text->str, text->len))
        g_clear_pointer(&path, g_free);
    g_string_free(text, TRUE);
    return path;
}

/* What a host judges is sent there, and the record back. */
bool jobs_there(jobs *j, const char *hosts, const char *there, guint at_once)
{
    char *list = write_list(j);
    if (!list || !j->all->len) {
        g_free(list);
        return list != NULL;
    }
    char *here = there ? g_strdup(there) : g_get_current_dir(),
         *slots = g_strdup_printf("%u", at_once);
    char *command = g_strdup_printf(
        "build/bin/descent judge %s/in/{2} %s/results/{1}.json SEED={3} "
        "PROFILE=%s CORES=1 %s",
        j->work, j->work, j->profile, j->further ? j->further : "");
    char *send = g_strdup_printf("%s/in/{2}", j->work);
    char *back = g_strdup_printf("%s/results/{1}.json", j->work);
    const char *argv[] = {"parallel",   "--will-cite", "--no-notice",
                          "--sshlogin", hosts,         "--jobs",
                          slots,        "--workdir",   here,
                          "--colsep",   "\t",          "--transferfile",
                          send,         "--return",    back,
                          "--retries",  "2",           "--arg-file",
                          list,         command,       NULL};
    GError *error = NULL;
    GSubprocess *p =
        g_subprocess_newv(argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
    bool started = p != NULL;
    if (p) {
        g_subprocess_wait(p, NULL, NULL);
        g_object_unref(p);
    } else {
        fprintf(stderr,
                "HOSTS= needs GNU parallel (apt install parallel): %s\n",
                error->message);
        g_error_free(error);
    }
    jobs_merge(j);
    g_free(back);
    g_free(send);
    g_free(command);
    g_free(slots);
    g_free(here);
    g_free(list);
    return started;
}

bool jobs_slurm(const jobs *j, const char *script)
{
    char *list = write_list(j), *here = g_get_current_dir();
    char *quoted = g_shell_quote(here), *work = g_shell_quote(j->work);
    char *text = g_strdup_printf(
        "#!/bin/bash\n"
        "# An array of %u jobs. Submit it (sbatch %s), wait for its end, and "
        "run "
        "the same make grade again:\n"
        "# it takes the records that lie in %s/results and judges only what is "
        "missing.\n"
        "#SBATCH --job-name=descent\n"
        "#SBATCH --array=1-%u\n"
        "#SBATCH --cpus-per-task=1\n"
        "#SBATCH --mem=2G\n"
        "#SBATCH --time=01:00:00\n"
        "#SBATCH --output=/dev/null\n"
        "cd %s || exit 1\n"
        "work=%s\n"
        "IFS=$'\\t' read -r key folder seed < <(sed -n "
        "\"${SLURM_ARRAY_TASK_ID}p\" \"$work/jobs.tsv\")\n"
        "exec build/bin/descent judge \"$work/in/$folder\" "
        "\"$work/results/$key.json\" \"SEED=$seed\" \"PROFILE=%s\" CORES=1 "
        "%s\n",
        j->all->len, script, j->work, j->all->len, quoted, work, j->profile,
        j->further ? j->further : "");
    bool good = list && write_file(script, text, strlen(text)) &&
                g_chmod(script, 0755) == 0;
    g_free(text);
    g_free(work);
    g_free(quoted);
    g_free(here);
    g_free(list);
    return good;
}
