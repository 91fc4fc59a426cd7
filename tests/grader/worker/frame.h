/* frame.h: what crosses between host and worker, and nothing else does.

   Both sides know the sizes of everything from the prototype and the call's own arguments, so a frame's length is never the
   sender's to choose. Frames carry one sequence number that counts up over both directions; a frame that is not the next one,
   or not exactly as long as it must be, ends the test.

       worker   HELLO
       host     CALL     what the function is given
       worker   BACK     a callback is called; the host answers with ANSWER. Any number of times, and the host may CALL inside.
       worker   RETURN   what the function gave back
       worker   ODD      a callback was called with what is not its own: a size, a ctx
       worker   FULL     there is no more memory
       worker   LEFT     exit was called with the status a; ABORTED: abort was

   Items of a payload are padded to eight bytes. CALL: the size of each region, then the arguments in their order (a value; a
   pointer as region and offset; a ctx as a token), then the regions' contents. A region is what pointers point to, overlapping
   ones together, so that what aliases in the host aliases in the worker. RETURN: the result, the guards when one was touched,
   the regions that were changed. BACK and ANSWER: the values and contents that the callback's signature has. */
#ifndef FRAME_H
#define FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FRAME_MAGIC UINT32_C(0xde5ce47a)

typedef enum {
    HELLO = 1,
    CALL,
    BACK,
    ANSWER,
    RETURN,
    ODD,
    FULL,
    LEFT,
    ABORTED
} frame_kind;

typedef struct {
    uint32_t magic, kind;
    uint64_t number; /* of this frame, from 1 */
    uint64_t size;   /* of the payload behind it */
    uint64_t a, b;
} frame;

/* CALL: a is how many allocations work, UINT64_MAX for all; b counts regions. */
/* RETURN: a has these flags; b has a bit for each region that is as it was and does not come back. */
enum { TOUCHED_GUARDS = 1, KEPT_MEMORY = 2 };
/* BACK, ODD: a is the callback's place among the arguments. ODD: b is the place of the callback's parameter, and the payload
   is two numbers, what it was called with and what it should have been. */

enum {
    WORKER_FD = 3,
    ARGUMENTS = 32,
    REGIONS = 32,
    DEPTH = 8,        /* calls in callbacks in calls */
    FRAME_GUARD = 512 /* bytes on each side of a region in the worker */
};
#define NO_REGION UINT64_MAX
#define FRAME_GUARD_WORD UINT64_C(0x7ff0de5ce4700002) /* as the harness's own */

static inline size_t padded(size_t size)
{
    return (size + 7) & ~(size_t)7;
}

#endif
