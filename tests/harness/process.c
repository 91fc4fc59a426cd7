/* process.c: a test's own process: its clock, its end, its leaks. */
#define _GNU_SOURCE
#include "plan.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio_ext.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LEAKS = 1 }; /* exit status of who searched for them */

/* Absent without sanitizers. */
[[gnu::weak]] int __lsan_do_recoverable_leak_check(void);
[[gnu::weak]] void __sanitizer_set_report_fd(void *fd);
[[gnu::weak]] size_t __sanitizer_get_current_allocated_bytes(void);

static size_t at_begin; /* bytes allocated then */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void end_with(const char *outcome, const char *message)
{
    if (test_is_over)
        test_is_over();
    fflush(stdout);
    snprintf(this_test->outcome, sizeof this_test->outcome, "%s", outcome);
    snprintf(this_test->message, sizeof this_test->message, "%s", message);
    ck_abort_msg("%s", outcome);
    abort(); /* not reached */
}

static char printed[BUFSIZ];

void hold_output(void)
{
    setvbuf(stdout, printed, _IOFBF, sizeof printed);
}

/* What the program printed must not be lost with it; fflush may not be called just anywhere. */
void rescue_output(void)
{
    size_t n = __fpending(stdout);
    if (n && n <= sizeof printed && write(STDOUT_FILENO, printed, n) < 0)
        return; /* nobody reads it */
}

static void too_late(int signal)
{
    (void)signal;
    rescue_output();
    memcpy(this_test->outcome, "timeout", sizeof "timeout");
    _exit(1);
}

static void aborted(int number)
{
    rescue_output();
    signal(number, SIG_DFL);
    raise(number);
}

bool first_report(void)
{
    bool first = the_run.all && !the_run.all->reported;
    if (the_run.all)
        the_run.all->reported = true;
    return first || !the_run.all;
}

/* Processor time, so that a busy machine does not make a test late. */
static void set_alarms(void)
{
    signal(SIGPROF, too_late);
    signal(SIGABRT, aborted);
    struct itimerval once = {0};
    once.it_value.tv_sec = (time_t)the_run.limit;
    once.it_value.tv_usec =
        (suseconds_t)((the_run.limit - floor(the_run.limit)) * 1e6);
    setitimer(ITIMER_PROF, &once, NULL);
}

/* The test before this one, of the same function, ran out of time. */
static bool was_late(size_t i)
{
    if (!i || the_run.chosen[i - 1].of != the_run.chosen[i].of)
        return false;
    const slot *s = &the_run.slots[i - 1];
    bool killed = !s->ended && !*s->outcome &&
                  now() - s->began > the_run.limit * the_run.patience * 0.95;
    return killed || !strcmp(s->outcome, "timeout") ||
           !strcmp(s->outcome, "stuck");
}

size_t allocated_now(void)
{
    return __sanitizer_get_current_allocated_bytes
               ? __sanitizer_get_current_allocated_bytes()
               : 0;
}

void begin_test(void)
{
    size_t i = the_run.all->begun++;
    if (i >= the_run.count)
        abort();
    this_test = &the_run.slots[i];
    this_test->began = now();
    this_test->line = the_run.chosen[i].test->line;
    snprintf(this_test->call, sizeof this_test->call, "%s",
             case_name(the_run.chosen[i].of));
    if (was_late(i)) { /* one endless loop is enough to wait for */
        char message[sizeof this_test->call + 80];
        snprintf(message, sizeof message,
                 "%s was not tested further, after it took too long",
                 this_test->call);
        end_with("timeout", message);
    }
    char seed[256];
    snprintf(seed, sizeof seed, "%s %d", the_run.chosen[i].test->name,
             the_run.chosen[i].turn);
    gen_seed(seed);
    at_begin = allocated_now();
    set_alarms();
}

static bool silent; /* nobody reads what LeakSanitizer writes */

void __sanitizer_on_print(const char *text);

/* Called with all that a sanitizer writes: its first words are enough to know that there is a leak. To find out where the
   memory came from would take it half a second. */
void __sanitizer_on_print(const char *text)
{
    if (silent && strstr(text, "detected memory leaks"))
        _exit(LEAKS);
}

/* Asks LeakSanitizer in a process of its own: where it is not allowed to look, it ends the process that asked. Only the
   first leak of a run is written about. */
static bool has_leaks(void)
{
    pid_t child = fork();
    if (child == 0) {
        silent = the_run.all->leaked;
        if (silent && __sanitizer_set_report_fd)
            __sanitizer_set_report_fd(
                (void *)(intptr_t)open("/dev/null", O_WRONLY));
        _exit(__lsan_do_recoverable_leak_check() ? LEAKS : 0);
    }
    int status = 0;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    bool looked = child > 0 && WIFEXITED(status) &&
                  (WEXITSTATUS(status) == LEAKS || WEXITSTATUS(status) == 0);
    the_run.all->blind |= !looked;
    return looked && WEXITSTATUS(status) == LEAKS;
}

void search_leaks(void)
{
    if (!__lsan_do_recoverable_leak_check || the_run.all->blind || !has_leaks())
        return;
    the_run.all->leaked = true;
    static char message[sizeof this_test->message];
    snprintf(message, sizeof message,
             "%s allocated memory that it did not free\n%s", this_test->call,
             this_test->shown);
    end_with("leak", message);
}

void end_test(void)
{
    finish_call();
    if (test_is_over)
        test_is_over();
    fflush(stdout);
    this_test->ended = true;
    if (allocated_now() > at_begin)
        search_leaks();
    setitimer(ITIMER_PROF, &(struct itimerval){0}, NULL);
}
