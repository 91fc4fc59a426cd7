/* worker.c: serves calls. It keeps the arguments between guard words, and counts what the function allocates. */
#define _GNU_SOURCE
#include "worker.h"
#include "pack.h"
#include "wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    store in, out, arena;
    void *at[ARGUMENTS];
    struct {
        unsigned char *at;
        const void *sent;
        size_t size;
    } regions[REGIONS];
    size_t region_count;
    size_t place; /* of the callback that is being called */
} call;

static call calls[DEPTH];
static size_t depth;
static uint64_t number;
static uint64_t allowed = UINT64_MAX; /* allocations that still work */
static long live;                     /* allocations */

[[gnu::noreturn]] static void end(int status)
{
    fflush(stdout);
    _exit(status);
}

/* ------------------------------------------------------------------ the wire */

static wire *shared;
static ring_end in, out;

void no_memory_for(size_t size)
{
    (void)size;
    end(1);
}

/* In a constructor already, when it leaves. */
static void connect_host(void)
{
    if (shared)
        return;
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED,
                  WORKER_FD, 0);
    if (shared == MAP_FAILED)
        end(1);
    in = (ring_end){&shared->to_worker, 0};
    out = (ring_end){&shared->to_host, 0};
}

static void receive_bytes(void *to, size_t size)
{
    static patience p;
    for (size_t n = 0; n < size;) {
        uint32_t seen;
        size_t got = ring_take(&in, (char *)to + n, size - n, &seen);
        if (got == RING_BROKEN)
            end(1);
        n += got;
        if (n < size && !got && !changes_soon(&p, &in.ring->written, seen))
            sleep_on(&in.ring->written, &in.ring->reader_sleeps, seen);
    }
}

static void send_frame(store *s, frame_kind kind, uint64_t a, uint64_t b)
{
    static patience p;
    end_frame(s, kind, ++number, a, b);
    for (size_t n = 0; n < s->used;) {
        uint32_t seen;
        size_t sent = ring_put(&out, s->at + n, s->used - n, &seen);
        if (sent == RING_BROKEN)
            end(1);
        n += sent;
        if (n < s->used && !sent && !changes_soon(&p, &out.ring->taken, seen))
            sleep_on(&out.ring->taken, &out.ring->writer_sleeps, seen);
    }
}

static frame receive_frame(void)
{
    frame f;
    receive_bytes(&f, sizeof f);
    number++;
    return f;
}

/* A last word. */
static void say_and_end(frame_kind kind, uint64_t a)
{
    static store s;
    fflush(stdout);
    connect_host();
    begin_frame(&s);
    send_frame(&s, kind, a, 0);
    end(0);
}

/* ------------------------------------------------------------------ memory of the code under test: --wrap */

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
void __real_free(void *p);

enum { MUCH = 640 << 20 }; /* to ask for more is a question, not an accident */

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);
void __wrap_free(void *p);
void __wrap_abort(void);
void __wrap_exit(int status);
void __wrap___assert_fail(const char *claim, const char *file, unsigned line,
                          const char *fn);

static void *given(void *p, size_t size)
{
    if (p)
        live++;
    else if (size < MUCH)
        say_and_end(FULL, 0);
    return p;
}

/* Counts an allocation; true when it must fail. */
static bool refused(void)
{
    if (allowed == 0 || allowed == UINT64_MAX)
        return allowed == 0;
    allowed--;
    return false;
}

void *__wrap_malloc(size_t size)
{
    return refused() ? NULL : given(__real_malloc(size), size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    size_t all;
    if (refused() || __builtin_mul_overflow(n, size, &all))
        return NULL;
    return given(__real_calloc(n, size), all);
}

void *__wrap_realloc(void *p, size_t size)
{
    if (refused())
        return NULL;
    void *q = __real_realloc(p, size);
    if (p && (q || !size))
        live--;
    return q || size ? given(q, size) : NULL;
}

void __wrap_free(void *p)
{
    if (p)
        live--;
    __real_free(p);
}

/* The first process of a sandbox is not ended by a signal that it sends to itself, and its status may be anything. */
void __wrap_abort(void)
{
    say_and_end(ABORTED, 0);
}

void __wrap___assert_fail(const char *claim, const char *file, unsigned line,
                          const char *fn)
{
    fprintf(stderr, "%s:%u: %s: Assertion `%s' failed.\n", file, line, fn,
            claim);
    say_and_end(ABORTED, 0);
}

void __wrap_exit(int status)
{
    say_and_end(LEFT, (unsigned char)status);
}

/* ------------------------------------------------------------------ a call */

static void fill_guard(unsigned char *at)
{
    const uint64_t word = FRAME_GUARD_WORD;
    for (size_t i = 0; i < FRAME_GUARD; i += sizeof word)
        memcpy(at + i, &word, sizeof word);
}

static bool guard_changed(const unsigned char *at)
{
    const uint64_t word = FRAME_GUARD_WORD;
    for (size_t i = 0; i < FRAME_GUARD; i += sizeof word)
        if (memcmp(at + i, &word, sizeof word))
            return true;
    return false;
}

/* Reads the call's payload and lays out its memory. */
static void read_call(call *c, const frame *f)
{
    c->in.taken = 0;
    c->in.used = f->size;
    reserve(&c->in, f->size);
    receive_bytes(c->in.at, f->size);
    c->region_count = f->b;
    size_t all = 0;
    for (size_t i = 0; i < c->region_count; i++) {
        memcpy(&c->regions[i].size, take(&c->in, 8), 8);
        all += padded(c->regions[i].size) + 2 * FRAME_GUARD;
    }
    reserve(&c->arena, all);
    unsigned char *at = c->arena.at;
    for (size_t i = 0; i < c->region_count; i++) {
        fill_guard(at);
        c->regions[i].at = at + FRAME_GUARD;
        /* The guard begins where the region ends, also in the middle of a word. */
        fill_guard(c->regions[i].at + c->regions[i].size);
        at += padded(c->regions[i].size) + 2 * FRAME_GUARD;
    }
    for (size_t i = 0; i < the_function.parameters; i++) {
        const parameter *p = &the_function.list[i];
        uint64_t *word = take(&c->in, p->kind == VALUE     ? p->size
                                      : p->kind == POINTER ? 16
                                      : p->kind == CONTEXT ? 8
                                                           : 0);
        if (p->kind == VALUE)
            c->at[i] = word;
        else if (p->kind == POINTER)
            c->at[i] =
                word[0] == NO_REGION ? NULL : c->regions[word[0]].at + word[1];
        else if (p->kind == CONTEXT)
            c->at[i] = (void *)(uintptr_t)word[0];
    }
    for (size_t i = 0; i < c->region_count; i++) {
        c->regions[i].sent = take(&c->in, c->regions[i].size);
        memcpy(c->regions[i].at, c->regions[i].sent, c->regions[i].size);
    }
}

static void serve(const frame *f)
{
    if (f->kind != CALL || depth == DEPTH)
        end(1);
    call *c = &calls[depth++];
    read_call(c, f);
    _Alignas(16) unsigned char result[256] = {0};
    long before = live;
    allowed = f->a;
    the_function.run(c->at, result);
    allowed = UINT64_MAX;
    uint64_t flags = live > before ? KEPT_MEMORY : 0;
    live = before;
    begin_frame(&c->out);
    put(&c->out, result, the_function.result);
    bool touched = false;
    for (size_t i = 0; i < c->region_count; i++)
        touched |= guard_changed(c->regions[i].at - FRAME_GUARD) ||
                   guard_changed(c->regions[i].at + c->regions[i].size);
    for (size_t i = 0; touched && i < c->region_count; i++) {
        put(&c->out, c->regions[i].at - FRAME_GUARD, FRAME_GUARD);
        put(&c->out, c->regions[i].at + c->regions[i].size, FRAME_GUARD);
    }
    uint64_t unchanged = 0;
    for (size_t i = 0; i < c->region_count; i++)
        if (memcmp(c->regions[i].at, c->regions[i].sent, c->regions[i].size))
            put(&c->out, c->regions[i].at, c->regions[i].size);
        else
            unchanged |= UINT64_C(1) << i;
    fflush(stdout);
    send_frame(&c->out, RETURN, flags | (touched ? TOUCHED_GUARDS : 0),
               unchanged);
    depth--;
}

/* ------------------------------------------------------------------ callbacks */

void *const *call_arguments(void)
{
    return calls[depth - 1].at;
}

void back_begin(size_t place)
{
    call *c = &calls[depth - 1];
    c->place = place;
    begin_frame(&c->out);
}

void back_same(size_t which, uint64_t got, uint64_t wanted)
{
    if (got == wanted)
        return;
    call *c = &calls[depth - 1];
    begin_frame(&c->out);
    put(&c->out, &got, sizeof got);
    put(&c->out, &wanted, sizeof wanted);
    send_frame(&c->out, ODD, c->place, which);
    end(0);
}

void back_give(const void *at, size_t size)
{
    put(&calls[depth - 1].out, at, size);
}

void back_ask(void)
{
    call *c = &calls[depth - 1];
    uint64_t was = allowed;
    send_frame(&c->out, BACK, c->place, 0);
    for (;;) {
        frame f = receive_frame();
        if (f.kind == ANSWER) {
            /* In the place of the question: the call's own values stay in c->in. */
            reserve(&c->out, f.size);
            receive_bytes(c->out.at, f.size);
            c->out.taken = 0;
            break;
        }
        serve(&f);
    }
    allowed = was;
}

void back_take(void *to, size_t size)
{
    const void *from = take(&calls[depth - 1].out, size);
    if (size)
        memcpy(to, from, size);
}

int main(void)
{
    /* What stdio would allocate is not the function's. */
    static char printed[BUFSIZ], typed[BUFSIZ];
    setvbuf(stdout, printed, _IOFBF, sizeof printed);
    setvbuf(stdin, typed, _IOFBF, sizeof typed);
    static store s;
    connect_host();
    begin_frame(&s);
    send_frame(&s, HELLO, 0, 0);
    for (;;) {
        frame f = receive_frame();
        serve(&f);
    }
}
