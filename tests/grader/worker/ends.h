/* ends.h: the wire to the running test's worker, and all the ways in which a test ends because of it. */
#ifndef ENDS_H
#define ENDS_H

#include <stdbool.h>
#include <stddef.h>

enum {
    WORKER_MB = 640,
    KEPT_OUTPUT = 8 * 1024, /* bytes of what a test's worker prints */
    MOST_OUTPUT = 1 << 20   /* more ends the test */
};

/* True when this test had none yet and it was started. */
bool open_worker(void);
/* It said HELLO. */
void greeted(void);

/* A call of the suite's, whose crossing costs the worker a little time that is not the function's. */
void count_call(void);
/* These do not return when the worker is gone, has used up its time, or neither answers nor computes. */
void send_bytes(const void *at, size_t size);
void receive_bytes(void *to, size_t size);

/* Ends the test with this outcome and "CALL MESSAGE", the arguments below. */
[[gnu::format(printf, 2, 3)]] [[gnu::noreturn]] void
end_call(const char *outcome, const char *format, ...);
[[gnu::noreturn]] void end_protocol(void);

#endif
