/* ends.c: waits for the worker with one eye on the clock and one on what it prints, and says how it ended. */
#define _GNU_SOURCE
#include "ends.h"
#include "frame.h"
#include "sandbox.h"
#include "wire.h"

#include "../../harness/plan.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TICK = 2000 /* microseconds */ };

static worker_process worker;
static ring_end in, out;
static bool is_open, said_hello;
static double waited;  /* seconds, asleep, for this worker */
static double idle;    /* of them, those in which it waited too */
static unsigned calls; /* of it */
static char kept[KEPT_OUTPUT];
static size_t printed;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void end_call(const char *outcome, const char *format, ...)
{
    static char message[sizeof this_test->message];
    char what[400];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    snprintf(message, sizeof message, "%s%s\n%s", this_test->call, what,
             this_test->shown);
    end_with(outcome, message);
}

/* ------------------------------------------------------------------ the worker's life */

/* A tick ends a sleep, so that a sleep needs no clock of its own: to set one takes longer than to cross. It comes again and
   again, so one that comes a moment before a sleep is not lost. */
static void tick(int signal)
{
    (void)signal;
}

static void set_ticking(suseconds_t microseconds)
{
    sigaction(SIGALRM, &(struct sigaction){.sa_handler = tick}, NULL);
    setitimer(ITIMER_REAL,
              &(struct itimerval){{.tv_usec = microseconds},
                                  {.tv_usec = microseconds}},
              NULL);
}

/* The suite's time is ours: the harness counts it for a function in its own process. */
static void own_time(void)
{
    double seconds = the_run.limit * the_run.patience;
    setitimer(ITIMER_PROF,
              &(struct itimerval){.it_value.tv_sec = (time_t)seconds + 1},
              NULL);
}

bool open_worker(void)
{
    if (is_open)
        return false;
    end_with_parent(host_pid);
    if (!start_worker(&worker, the_run.limit))
        end_call("grader", " could not be run: no process for it");
    in = (ring_end){&worker.wire->to_host, 0};
    out = (ring_end){&worker.wire->to_worker, 0};
    is_open = true;
    said_hello = false;
    waited = 0;
    idle = 0;
    calls = 0;
    own_time();
    set_ticking(TICK);
    return true;
}

void greeted(void)
{
    said_hello = true;
}

/* Takes what was printed; false when it was too much. */
static bool take_output(void)
{
    char buffer[16 * 1024];
    for (;;) {
        ssize_t n = read(worker.output, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return printed <= MOST_OUTPUT;
        size_t room = printed < sizeof kept ? sizeof kept - printed : 0;
        memcpy(kept + sizeof kept - room, buffer,
               (size_t)n < room ? (size_t)n : room);
        printed += (size_t)n;
        if (printed > MOST_OUTPUT)
            return false;
    }
}

static int stop(bool hung_up, struct rusage *used)
{
    is_open = false;
    set_ticking(0);
    int status = end_worker(&worker, hung_up, used);
    take_output();
    close(worker.output);
    return status;
}

void test_is_over(void)
{
    if (is_open) {
        struct rusage used;
        stop(false, &used);
    }
    size_t n = printed < sizeof kept ? printed : sizeof kept;
    if (n)
        fwrite(kept, 1, n, stdout);
    if (printed > n)
        fputs("…\n", stdout);
    printed = 0;
}

/* ------------------------------------------------------------------ its end */

static const char *crash_words(int number)
{
    switch (number) {
    case SIGSEGV:
        return "it used memory that is not its own";
    case SIGBUS:
        return "it used an address where there is no memory";
    case SIGFPE:
        return "it divided a whole number by zero";
    case SIGILL:
    case SIGTRAP:
        return "it came to an instruction that is none";
    default:
        return NULL;
    }
}

[[gnu::noreturn]] static void end_late(void)
{
    end_call("timeout", " had not returned after %g seconds", the_run.limit);
}

/* Bubblewrap passes a signal on as an exit status of 128 and more; without it the signal itself is seen. */
[[gnu::noreturn]] static void end_gone(void)
{
    struct rusage used = {0};
    int status = stop(true, &used);
    double cpu = (double)used.ru_utime.tv_sec + (double)used.ru_stime.tv_sec +
                 1e-6 * (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
    int signal = WIFSIGNALED(status) ? WTERMSIG(status)
                 : code > 128        ? code - 128
                                     : 0;
    if ((signal == SIGKILL || signal == SIGXCPU) && cpu >= the_run.limit)
        end_late();
    if (signal == SIGSYS)
        end_call("forbidden",
                 " asked the system for something that no exercise needs");
    if (signal && crash_words(signal))
        end_call("crash", " crashed: %s (signal %d)", crash_words(signal),
                 signal);
    if (signal == SIGKILL)
        end_call("grader", " was killed from outside");
    if (!said_hello)
        end_call("start", " ended with status %d before it began", code);
    end_call("exit", " called exit(%d), so the test never reached its end",
             code);
}

void end_protocol(void)
{
    struct rusage used;
    stop(false, &used);
    end_call("protocol", " wrote where only the grader writes");
}

/* ------------------------------------------------------------------ waiting for it */

enum {
    IDLE_SECONDS = 10, /* in which it waits for something itself */
    LOOKS = 8          /* ticks between them */
};
#define CROSSING                                                               \
    25e-6 /* seconds of the worker's time that a call may cost it */
/* Of one look: who was not let to look for long has not seen what the worker did meanwhile. */
#define MOST_IDLE 0.05

static void look_at_time(void)
{
    static unsigned looks;
    static double before;
    if (++looks % LOOKS)
        return;
    struct rusage all;
    if (worker_seconds(&worker) > the_run.limit + CROSSING * calls) {
        stop(false, &all);
        end_late();
    }
    if (worker_waits(&worker))
        idle += fmin(fmax(waited - before, 0), MOST_IDLE);
    before = waited;
    if (idle > IDLE_SECONDS) {
        stop(false, &all);
        end_call("stuck", " did not return, and did nothing");
    }
}

/* Sleeps until the other side has moved on, and looks after it at every tick. */
static void await(_Atomic uint32_t *word, _Atomic uint32_t *sleeps,
                  uint32_t seen)
{
    while (atomic_load(word) == seen) {
        double began = now();
        sleep_on(word, sleeps, seen);
        waited += now() - began;
        if (atomic_load(word) != seen)
            return;
        if (!take_output()) {
            struct rusage used;
            stop(false, &used);
            end_call("output", " printed more than %d MB", MOST_OUTPUT >> 20);
        }
        /* Its last words may have come before its end. */
        if (has_ended(&worker)) {
            if (atomic_load(word) == seen)
                end_gone();
            return;
        }
        look_at_time();
    }
}

void send_bytes(const void *at, size_t size)
{
    static patience p;
    for (size_t n = 0; n < size;) {
        uint32_t seen;
        size_t sent = ring_put(&out, (const char *)at + n, size - n, &seen);
        if (sent == RING_BROKEN)
            end_protocol();
        n += sent;
        if (n < size && !sent && !changes_soon(&p, &out.ring->taken, seen))
            await(&out.ring->taken, &out.ring->writer_sleeps, seen);
    }
}

void receive_bytes(void *to, size_t size)
{
    static patience p;
    for (size_t n = 0; n < size;) {
        uint32_t seen;
        size_t got = ring_take(&in, (char *)to + n, size - n, &seen);
        if (got == RING_BROKEN)
            end_protocol();
        n += got;
        if (n < size && !got && !changes_soon(&p, &in.ring->written, seen))
            await(&in.ring->written, &in.ring->reader_sleeps, seen);
    }
}

void count_call(void)
{
    calls++;
}
