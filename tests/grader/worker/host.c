/* host.c: a call of the student's function, made in another process. */
#define _GNU_SOURCE
#include "host.h"
#include "ends.h"
#include "pack.h"

#include "../../harness/buffer.h"
#include "../../harness/plan.h"

#include <errno.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

_Static_assert(FRAME_GUARD == GUARD && FRAME_GUARD_WORD == GUARD_WORD,
               "the guards of both sides are the same");

typedef struct {
    char *from, *to;
    bool writable; /* by whatever points into it */
} region;

typedef struct {
    const argument *list;
    size_t n, result;
    region regions[REGIONS];
    size_t region_count, of[ARGUMENTS];
    store out, in;
} sent_call;

static sent_call runs[DEPTH];
static size_t depth;
static uint64_t number;

void no_memory_for(size_t size)
{
    misuse("no memory for a call of %zu bytes", size);
}

void *next_item(char **at, size_t size)
{
    void *item = *at;
    *at += padded(size);
    return item;
}

/* ------------------------------------------------------------------ frames */

static void send_frame(store *s, frame_kind kind, uint64_t a, uint64_t b)
{
    end_frame(s, kind, ++number, a, b);
    send_bytes(s->at, s->used);
}

/* Checks all that does not depend on the frame's kind. */
static frame receive_frame(void)
{
    frame f;
    receive_bytes(&f, sizeof f);
    number++;
    if (f.magic != FRAME_MAGIC || f.number != number)
        end_protocol();
    return f;
}

[[gnu::noreturn]] static void end_left(uint64_t status)
{
    end_call("exit", " called exit(%d), so the test never reached its end",
             (int)status);
}

static void connect_worker(void)
{
    if (!open_worker())
        return;
    depth = 0;
    number = 0;
    frame f = receive_frame();
    if (f.kind == LEFT && !f.size && f.a < 256)
        end_left(f.a);
    if (f.kind != HELLO || f.size)
        end_protocol();
    greeted();
}

/* ------------------------------------------------------------------ the call's memory as regions */

static int by_address(const void *a, const void *b)
{
    const region *left = a, *right = b;
    return (left->from > right->from) - (left->from < right->from);
}

/* One region for pointers whose contents overlap; an empty array has one of its own. */
static void find_regions(sent_call *r)
{
    r->region_count = 0;
    for (size_t i = 0; i < r->n; i++) {
        const argument *a = &r->list[i];
        if (a->kind == A_POINTER && a->at && a->size)
            r->regions[r->region_count++] =
                (region){a->at, (char *)a->at + a->size, a->writable};
    }
    qsort(r->regions, r->region_count, sizeof(region), by_address);
    size_t kept = 0;
    for (size_t i = 0; i < r->region_count; i++) {
        region *last = kept ? &r->regions[kept - 1] : NULL;
        if (last && r->regions[i].from < last->to) {
            last->to =
                last->to > r->regions[i].to ? last->to : r->regions[i].to;
            last->writable &= r->regions[i].writable;
        } else
            r->regions[kept++] = r->regions[i];
    }
    r->region_count = kept;
    for (size_t i = 0; i < r->n; i++) {
        const argument *a = &r->list[i];
        r->of[i] = SIZE_MAX;
        if (a->kind != A_POINTER || !a->at)
            continue;
        if (!a->size) {
            r->of[i] = r->region_count;
            r->regions[r->region_count++] = (region){a->at, a->at, false};
        }
        for (size_t k = 0; a->size && k < kept; k++)
            if (r->regions[k].from <= (char *)a->at &&
                (char *)a->at < r->regions[k].to)
                r->of[i] = k;
    }
}

static size_t region_size(const region *g)
{
    return (size_t)(g->to - g->from);
}

/* A ctx is an address where nothing lies; equal ones are equal, and none is none. */
static uint64_t token(const sent_call *r, size_t i)
{
    if (!r->list[i].at)
        return 0;
    size_t first = i;
    for (size_t k = i; k-- > 0;)
        if (r->list[k].kind == A_CONTEXT && r->list[k].at == r->list[i].at)
            first = k;
    return 64 * (first + 1);
}

static void send_call(sent_call *r)
{
    begin_frame(&r->out);
    for (size_t i = 0; i < r->region_count; i++)
        put_number(&r->out, region_size(&r->regions[i]));
    for (size_t i = 0; i < r->n; i++) {
        const argument *a = &r->list[i];
        if (a->kind == A_VALUE) {
            put(&r->out, a->at, a->size);
        } else if (a->kind == A_CONTEXT) {
            put_number(&r->out, token(r, i));
        } else if (a->kind == A_POINTER) {
            bool none = r->of[i] == SIZE_MAX;
            put_number(&r->out, none ? NO_REGION : r->of[i]);
            put_number(&r->out, none ? 0
                                     : (uint64_t)((char *)a->at -
                                                  r->regions[r->of[i]].from));
        }
    }
    for (size_t i = 0; i < r->region_count; i++)
        put(&r->out, r->regions[i].from, region_size(&r->regions[i]));
    count_call();
    send_frame(&r->out, CALL, mallocs_allowed(), r->region_count);
}

/* ------------------------------------------------------------------ what comes back */

/* What only a pointer to const leads to may stand where nothing can be written: the kernel says so, where a store would crash the
   host. */
static bool copy_back(const region *g, const char *from)
{
    size_t size = region_size(g);
    if (!size)
        return true;
    if (g->writable) {
        memcpy(g->from, from, size);
        return true;
    }
    struct iovec local = {(char *)from, size}, remote = {g->from, size};
    return !memcmp(g->from, from, size) ||
           process_vm_writev(getpid(), &local, 1, &remote, 1, 0) ==
               (ssize_t)size;
}

static const char *name_of(const sent_call *r, size_t region_number)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->of[i] == region_number)
            return r->list[i].name;
    return "its arguments";
}

/* Words before and behind each region; the suite's own traps find what the harness made, and we the rest. */
static void check_guards(sent_call *r, char **at)
{
    for (size_t i = 0; i < r->region_count; i++) {
        const char *before = next_item(at, FRAME_GUARD);
        const char *after = next_item(at, FRAME_GUARD);
        if (write_guards(r->regions[i].from, region_size(&r->regions[i]),
                         before, after))
            continue;
        for (size_t k = 0; k < FRAME_GUARD; k += 8) {
            const uint64_t word = FRAME_GUARD_WORD;
            if (!memcmp(before + k, &word, 8) && !memcmp(after + k, &word, 8))
                continue;
            this_test->outside = true;
            end_call("fail", " wrote outside of %s", name_of(r, i));
        }
    }
}

static bool came_back(const frame *f, size_t region_number)
{
    return !(f->b >> region_number & 1);
}

static void finish(sent_call *r, const frame *f, void *result)
{
    bool touched = f->a & TOUCHED_GUARDS;
    size_t size = padded(r->result);
    for (size_t i = 0; i < r->region_count; i++)
        size += (came_back(f, i) ? padded(region_size(&r->regions[i])) : 0) +
                (touched ? 2 * FRAME_GUARD : 0);
    if (f->size != size || f->a & ~(uint64_t)(TOUCHED_GUARDS | KEPT_MEMORY) ||
        f->b >> r->region_count)
        end_protocol();
    reserve(&r->in, size);
    receive_bytes(r->in.at, size);
    char *at = (char *)r->in.at;
    const void *returned = next_item(&at, r->result);
    if (r->result)
        memcpy(result, returned, r->result);
    char *guards = at;
    if (touched)
        at += 2 * FRAME_GUARD * r->region_count;
    for (size_t i = 0; i < r->region_count; i++) {
        if (!came_back(f, i))
            continue;
        size_t n = region_size(&r->regions[i]);
        const char *content = next_item(&at, n);
        if (!copy_back(&r->regions[i], content)) {
            this_test->changed = true;
            end_call("fail", " changed its input %s", name_of(r, i));
        }
    }
    if (touched)
        check_guards(r, &guards);
    if (f->a & KEPT_MEMORY)
        end_call("leak", " allocated memory that it did not free");
}

/* ------------------------------------------------------------------ callbacks */

static const argument *callback_at(const sent_call *r, uint64_t place)
{
    if (place >= r->n || r->list[place].kind != A_CALLBACK)
        end_protocol();
    return &r->list[place];
}

static void serve_back(sent_call *r, const frame *f)
{
    const argument *a = callback_at(r, f->a);
    if (f->size != a->in || f->b)
        end_protocol();
    store in = {0};
    reserve(&in, a->in + 8);
    receive_bytes(in.at, a->in);
    static store spare[DEPTH];
    store *out = &spare[depth];
    begin_frame(out);
    reserve(out, sizeof *f + a->out);
    memset(out->at + out->used, 0, a->out);
    char *answer = (char *)out->at + out->used;
    depth++;
    a->serve(r->list, (char *)in.at, answer);
    depth--;
    out->used += a->out;
    send_frame(out, ANSWER, 0, 0);
    munmap(in.at, in.size);
}

static void serve_odd(const sent_call *r, const frame *f)
{
    const argument *a = callback_at(r, f->a);
    uint64_t numbers[2];
    size_t count = 0;
    while (a->parameters[count])
        count++;
    if (f->size != sizeof numbers || f->b >= count)
        end_protocol();
    receive_bytes(numbers, sizeof numbers);
    const char *name = a->parameters[f->b];
    if (strcmp(name, "ctx") == 0)
        end_call("fail", " called %s with a ctx that is not its own", a->name);
    end_call("fail", " called %s with %s = %zu; it is %zu here", a->name, name,
             (size_t)numbers[0], (size_t)numbers[1]);
}

void proxy_call(const char *fn, size_t n, const argument list[], void *result,
                size_t size)
{
    (void)fn;
    connect_worker();
    if (depth == DEPTH)
        misuse("calls in callbacks in calls, %d deep", DEPTH);
    sent_call *r = &runs[depth];
    r->list = list;
    r->n = n;
    r->result = size;
    find_regions(r);
    send_call(r);
    for (;;) {
        frame f = receive_frame();
        if (f.kind == RETURN) {
            finish(r, &f, result);
            return;
        }
        if (f.kind == BACK)
            serve_back(r, &f);
        else if (f.kind == ODD)
            serve_odd(r, &f);
        else if (f.kind == FULL && !f.size)
            end_call("memory", " used more memory than it may (%d MB)",
                     WORKER_MB);
        else if (f.kind == LEFT && !f.size && f.a < 256)
            end_left(f.a);
        else if (f.kind == ABORTED && !f.size)
            end_call("crash",
                     " crashed: abort() was called, or an assert failed");
        else
            end_protocol();
    }
}
