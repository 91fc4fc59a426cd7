/* ends.c: waits for the worker with one eye on the clock and one on what it prints, and says how it ended. */
#define _GNU_SOURCE
#include "ends.h"
#include "frame.h"
#include "sandbox.h"

#include "../../harness/plan.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static worker_process worker = {.life = -1, .wire = -1, .output = -1};
static bool is_open, said_hello;
static double deadline;
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

bool open_worker(void)
{
    if (is_open)
        return false;
    end_with_parent(host_pid);
    if (!start_worker(&worker, the_run.limit))
        end_call("grader", " could not be run: no process for it");
    is_open = true;
    said_hello = false;
    /* Before Check's own patience is at its end. */
    deadline = this_test->began + the_run.limit * PATIENCE * 0.9;
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
    /* The limit counts ticks, and where other machines take the processor away, more of them than were used: a limit of four
       seconds was seen to end what had used three. */
    if ((signal == SIGKILL || signal == SIGXCPU) && cpu >= the_run.limit / 2)
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

/* Waits until the wire is ready for this. */
static void await(short events)
{
    for (;;) {
        struct pollfd list[] = {{.fd = worker.wire, .events = events},
                                {.fd = worker.output, .events = POLLIN}};
        double left = deadline - now();
        int n = left > 0 ? poll(list, 2, (int)(left * 1000) + 1) : 0;
        if (n == 0) {
            struct rusage used;
            stop(false, &used);
            end_late();
        }
        if (n > 0 && list[1].revents && !take_output()) {
            struct rusage used;
            stop(false, &used);
            end_call("output", " printed more than %d MB", MOST_OUTPUT >> 20);
        }
        /* A pipe that was closed at the other side is always ready. */
        if (n > 0 && !list[0].revents && list[1].revents == POLLHUP)
            usleep(1000);
        if (n > 0 && list[0].revents)
            return;
    }
}

void send_bytes(const void *at, size_t size)
{
    for (size_t n = 0; n < size;) {
        ssize_t sent = send(worker.wire, (const char *)at + n, size - n,
                            MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent > 0)
            n += (size_t)sent;
        else if (sent < 0 && (errno == EAGAIN || errno == EINTR))
            await(POLLOUT);
        else
            end_gone();
    }
}

void receive_bytes(void *to, size_t size)
{
    for (size_t n = 0; n < size;) {
        await(POLLIN);
        ssize_t got = recv(worker.wire, (char *)to + n, size - n, MSG_DONTWAIT);
        if (got > 0)
            n += (size_t)got;
        else if (got == 0 || (errno != EAGAIN && errno != EINTR))
            end_gone();
    }
}
