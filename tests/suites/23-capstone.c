/* The suite of chapter 23, the capstone. nn_train is compared with a yardstick that takes the same steps with the book's own functions; few
   calls of it, on small networks, since each crosses with all its arrays. Texts are plain arrays with marked bytes behind them. */
#include "harness.h"

#include "loss.h"
#include "mat.h"
#include "nn.h"
#include "opt.h"
#include "pen.h"
#include "rng.h"
#include "vec.h"

/* ------------------------------------------------------------------ nn_predict */

static void check_predict(nn_shape s, size_t p, size_t n, const double x[], const double theta[], const size_t want[], const char *why)
{
    call("nn_predict({%zu, %zu, %zu}, %zu, %zu, label, X, theta)", s.din, s.dhid, s.dout, p, n);
    const double (*X)[s.din] = in_mat("X", n, s.din, x);
    const double *t = in_vec("theta", p, theta);
    size_t *label = out_index("label", n);
    status got = nn_predict(s, p, n, label, X, t);
    if (why)
        because("%s", why);
    expect_status(got, OK);
    expect_index(label, want);
}

START_TEST(predict_by_hand)
{
    nn_shape one = {1, 1, 2};
    check_predict(one, 6, 1, (double[]){2}, (double[]){1, 0, -1, 1, 0, 0}, (size_t[]){1}, "h = 2, scores (-2, 2)");
    nn_shape s = {2, 2, 3};
    double theta[15] = {1, 0, 0, 1, 0, 0, 1, 0, -1, 0, 1, 2, 0, 0, -1};
    check_predict(s, 15, 4, (double[]){3, 1, 1, 2, 1, 5, -1, -1}, theta, (size_t[]){0, 1, 2, 0},
                  "h = (3, 1), (1, 2), (1, 5), (0, 0); scores (3, 1, -2), (1, 2, 2), (1, 5, 8), (0, 0, -1): the first of the largest");
}
END_TEST

START_TEST(predict_far)
{
    nn_shape s = {1, 1, 3};
    check_predict(s, 8, 2, (double[]){1, 2}, (double[]){1, 0, 800, 900, -900, 0, 0, 0}, (size_t[]){1, 1},
                  "scores (800, 900, -900): the order is plain, exponentials of them are not");
    check_predict(s, 8, 1, (double[]){1}, (double[]){1, 0, 0, 0, 0, -1000, -900, -950}, (size_t[]){1}, "scores (-1000, -900, -950)");
}
END_TEST

START_TEST(predict_ties)
{
    nn_shape s = {3, 2, 5};
    check_predict(s, 23, 2, (double[]){1, 2, 3, 4, 5, 6}, (double[23]){0}, (size_t[]){0, 0}, "all scores are 0: the first class");
}
END_TEST

/* A softmax of these two scores is the same double twice. */
START_TEST(predict_close)
{
    nn_shape s = {1, 1, 2};
    check_predict(s, 6, 1, (double[]){1}, (double[]){0, 0, 0, 0, 0.1, nextafter(0.1, 1)}, (size_t[]){1},
                  "the scores are 0.1 and the next double after it: the second is larger, by a hair");
}
END_TEST

START_TEST(predict_many_classes)
{
    nn_shape s = {1, 1, 12};
    double theta[26] = {1, 0};
    for (size_t c = 0; c < 12; c++)
        theta[2 + c] = (double)c;
    check_predict(s, 26, 2, (double[]){1, -1}, theta, (size_t[]){11, 0}, "twelve classes; the scores are 0, 1, ..., 11 and twelve times 0");
}
END_TEST

/* More rows than a stack holds. */
START_TEST(predict_many_rows)
{
    enum { MANY = 150000 };
    nn_shape s = {1, 8, 2};
    double theta[34] = {1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0};
    double *x = calloc(MANY, sizeof *x);
    size_t *want = calloc(MANY, sizeof *want);
    expect(x && want, "the suite has no memory for 150000 rows");
    for (size_t i = 0; i < MANY; i++) {
        x[i] = i % 3 == 0 ? 1 : -1;
        want[i] = i % 3 == 0;
    }
    check_predict(s, 34, MANY, x, theta, want, "150000 rows: their tables belong on the heap");
    free(x);
    free(want);
}
END_TEST

START_TEST(predict_refuses)
{
    nn_shape s = {2, 2, 3};
    for (size_t p = 14; p < 17; p += 2) {
        call("nn_predict({2, 2, 3}, %zu, 1, label, X, theta)", p);
        const double (*X)[2] = in_mat("X", 1, 2, (double[]){1, 2});
        const double *theta = in_vec("theta", p, (double[16]){1});
        size_t *label = out_index("label", 1);
        status got = nn_predict(s, p, 1, label, X, theta);
        because("a network 2-2-3 has 15 parameters");
        expect_status(got, BAD_INPUT);
        expect_intact();
    }
    check_predict(s, 15, 0, NULL, (double[15]){1}, NULL, "nothing to do");
}
END_TEST

START_TEST(predict_no_memory)
{
    nn_shape s = {2, 2, 3};
    call("nn_predict({2, 2, 3}, 15, 1, label, X, theta) without memory");
    const double (*X)[2] = in_mat("X", 1, 2, (double[]){1, 2});
    const double *theta = in_vec("theta", 15, (double[15]){0});
    size_t *label = out_index("label", 1);
    malloc_fails(true);
    status got = nn_predict(s, 15, 1, label, X, theta);
    malloc_fails(false);
    expect(got == NO_SPACE || (got == OK && label[0] == 0), "without memory the answer is NO_SPACE (or the label, if none was needed)");
}
END_TEST

START_TEST(predict_any)
{
    for (size_t t = 0; t < 60; t++) {
        nn_shape s = {gen_between(1, 5), gen_between(1, 7), gen_between(1, 6)};
        size_t p = nn_count(s), n = gen_size(t, 1, 11), want[11];
        double x[55], theta[100], gap = INFINITY;
        for (size_t i = 0; i < n * s.din; i++)
            x[i] = gen_normal();
        for (size_t i = 0; i < p; i++)
            theta[i] = gen_normal();
        double h[77], z[66];
        nn_forward(s, p, n, (double (*)[s.dhid])h, (double (*)[s.dout])z, (const double (*)[s.din])x, theta);
        for (size_t i = 0; i < n; i++) {
            const double *row = z + i * s.dout;
            want[i] = vec_argmax(s.dout, row);
            for (size_t c = 0; c < s.dout; c++)
                if (c != want[i])
                    gap = fmin(gap, row[want[i]] - row[c]);
        }
        /* Scores of this size differ by less than 1e-12 in another order of the sums; nearer ties are left out. */
        if (gap > 1e-9)
            check_predict(s, p, n, x, theta, want, NULL);
    }
}
END_TEST

/* ------------------------------------------------------------------ nn_train */

enum { ROWS = 13, CHECKS = 7, INPUTS = 3, EPOCHS = 9, WEIGHTS = 40 };

typedef struct {
    nn_shape s;
    size_t p, n, n_val, epochs;
    double theta[WEIGHTS], X[ROWS * INPUTS], X_val[CHECKS * INPUTS];
    size_t label[ROWS], label_val[CHECKS];
    sgd_options o;
    uint64_t seed;
} lesson;

typedef struct {
    double theta[WEIGHTS], history[EPOCHS][3], last[WEIGHTS];
    size_t ran, best;
} course;

/* Points around a centre for each class, some with a wrong label; from a generator of its own. */
static lesson any_lesson(uint64_t seed)
{
    rng r = {seed};
    lesson q = {.s = {3, 4, 3}, .n = ROWS, .n_val = CHECKS, .epochs = EPOCHS, .seed = seed + 77};
    q.p = nn_count(q.s);
    q.o = (sgd_options){.batch = 5, .lr = 0.1, .lambda = 0.01};
    for (size_t i = 0; i < ROWS + CHECKS; i++) {
        double *x = i < ROWS ? q.X + i * INPUTS : q.X_val + (i - ROWS) * INPUTS;
        size_t *y = i < ROWS ? q.label + i : q.label_val + i - ROWS;
        size_t c = rng_below(3, &r);
        *y = rng_below(4, &r) == 0 ? rng_below(3, &r) : c;
        for (size_t j = 0; j < INPUTS; j++)
            x[j] = (j == c) + 0.7 * rng_normal(&r);
    }
    for (size_t j = 0; j < q.p; j++)
        q.theta[j] = 0.6 * rng_normal(&r);
    return q;
}

/* The same steps, written out. */
static course train_want(const lesson *q)
{
    course w = {.best = 0};
    nn_shape s = q->s;
    double m[WEIGHTS] = {0}, v[WEIGHTS] = {0}, g[WEIGHTS], *theta = w.last, top = -1;
    size_t order[ROWS], batch[ROWS], y[ROWS], guess[CHECKS], pos = 0, t = 0;
    size_t b = q->o.batch < q->n ? q->o.batch : q->n, batches = (q->n + b - 1) / b;
    rng r = {q->seed};
    memcpy(theta, q->theta, sizeof w.last);
    memcpy(w.theta, q->theta, sizeof w.theta);
    for (size_t i = 0; i < q->n; i++)
        order[i] = i;
    for (size_t e = 0; e < q->epochs; e++) {
        double rows[ROWS * INPUTS], sum = 0, hits = 0;
        if (q->o.patience > 0 && w.ran > 0 && w.ran - 1 - w.best >= q->o.patience) {
            w.history[e][0] = w.history[e][1] = w.history[e][2] = NAN;
            continue;
        }
        for (size_t k = 0; k < batches; k++, t++) {
            size_t c = opt_batch_next(q->n, b, batch, order, &pos, &r);
            mat_take_rows(q->n, s.din, c, (double (*)[s.din])rows, (const double (*)[s.din])q->X, batch);
            for (size_t i = 0; i < c; i++)
                y[i] = q->label[batch[i]];
            sum += nn_loss_grad(s, q->p, c, g, (const double (*)[s.din])rows, theta, y, q->o.lambda);
            opt_adam_step(q->p, theta, m, v, g, t + 1, opt_lr_cosine(q->o.lr, t, q->o.warmup, q->epochs * batches));
        }
        double h[CHECKS * 4], z[CHECKS * 3];
        nn_forward(s, q->p, q->n_val, (double (*)[s.dhid])h, (double (*)[s.dout])z, (const double (*)[s.din])q->X_val, theta);
        for (size_t i = 0; i < q->n_val; i++) {
            guess[i] = vec_argmax(s.dout, z + i * s.dout);
            hits += guess[i] == q->label_val[i];
        }
        w.history[e][0] = sum / (double)batches;
        w.history[e][1] = nn_loss(s, q->p, q->n_val, (const double (*)[s.din])q->X_val, theta, q->label_val, q->o.lambda);
        w.history[e][2] = hits / (double)q->n_val;
        w.ran = e + 1;
        if (w.history[e][2] > top) {
            top = w.history[e][2];
            w.best = e;
            memcpy(w.theta, theta, sizeof w.theta);
        }
    }
    return w;
}

typedef struct {
    status got;
    double *theta;
    double (*history)[3];
} run;

static run train(const lesson *q)
{
    call("nn_train({%zu, %zu, %zu}, %zu, %zu, %zu, %zu, theta, history, X, label, X_val, label_val, {.batch = %zu, .warmup = %zu, .patience = %zu, "
         ".lr = %s, .lambda = %s}, &(rng){%zu})",
         q->s.din, q->s.dhid, q->s.dout, q->p, q->n, q->n_val, q->epochs, q->o.batch, q->o.warmup, q->o.patience, num_text(q->o.lr),
         num_text(q->o.lambda), (size_t)q->seed);
    double old[EPOCHS * 3];
    for (size_t i = 0; i < EPOCHS * 3; i++)
        old[i] = 7;
    run u;
    u.theta = inout_vec("theta", q->p, q->theta);
    u.history = inout_mat("history", q->epochs, 3, old);
    const double (*X)[q->s.din] = in_mat("X", q->n, q->s.din, q->X);
    const size_t *label = in_index("label", q->n, q->label);
    const double (*X_val)[q->s.din] = in_mat("X_val", q->n_val, q->s.din, q->X_val);
    const size_t *label_val = in_index("label_val", q->n_val, q->label_val);
    rng r = {q->seed};
    u.got = nn_train(q->s, q->p, q->n, q->n_val, q->epochs, u.theta, u.history, X, label, X_val, label_val, q->o, &r);
    return u;
}

/* Another order of sums changes a gradient by about 1e-16; where a gradient is itself that small, Adam's quotient g/(|g| + 1e-8) makes 1e-8 of
   it and the step 1e-9. Twenty-seven such steps stay far below 1e-6. Accuracies are counts; a tie within 1e-6 would need scores that agree in
   six digits, and the data are fixed but for any_seed, where that is a matter of 1e-5 for a run with another order of sums. */
static void check_train(const lesson *q, const char *why)
{
    course w = train_want(q);
    run u = train(q);
    if (why)
        because("%s", why);
    because("best epoch: row %zu of history; epochs that ran: %zu", w.best, w.ran);
    expect_status(u.got, OK);
    expect_mat(u.history, w.history, 1e-6);
    expect_vec(u.theta, w.theta, 1e-6);
}

START_TEST(train_one_step)
{
    lesson q = any_lesson(1);
    q.epochs = 1;
    q.o.batch = ROWS;
    check_train(&q, "one batch that holds all rows: one step of Adam at the full rate");
    q.o.batch = 1000;
    check_train(&q, "a batch larger than the data is all of the data");
    q.o.batch = SIZE_MAX;
    check_train(&q, "a batch of SIZE_MAX rows is all of the data too: whoever adds to it comes round to 0");
    q.o.batch = 1000;
    q.epochs = 3;
    check_train(&q, "three steps, at rates 0.1, 0.075 and 0.025");
}
END_TEST

START_TEST(train_batches)
{
    for (uint64_t seed = 2; seed < 8; seed++) {
        lesson q = any_lesson(seed);
        q.n = seed % 2 ? 13 : 10;
        check_train(&q, seed % 2 ? "batches of 5, 5 and 3; each counts once in the mean" : "two batches of 5");
    }
}
END_TEST

START_TEST(train_patience)
{
    for (uint64_t seed = 8; seed < 14; seed++) {
        lesson q = any_lesson(seed);
        q.o.patience = 1 + seed % 3;
        q.o.warmup = 4;
        check_train(&q, "after the stop all rows of history are NAN");
    }
}
END_TEST

START_TEST(train_best_of_equals)
{
    lesson q = any_lesson(3);
    q.n_val = 1;
    q.label_val[0] = 0;
    q.theta[q.p - 3] = 30; /* the bias of class 0: always right on the one row that is asked */
    check_train(&q, "every epoch is right on the one validation row: the first is the best");
    q.o.patience = 2;
    check_train(&q, "the first epoch is the best, two more are no better: three rows");
}
END_TEST

START_TEST(train_separate)
{
    lesson q = any_lesson(4);
    run u = train(&q);
    expect_status(u.got, OK);
    double before[EPOCHS];
    for (size_t e = 0; e < EPOCHS; e++)
        before[e] = u.history[e][0];
    for (size_t i = 0; i < CHECKS * INPUTS; i++)
        q.X_val[i] = 5 - 3 * q.X_val[i];
    u = train(&q);
    expect_status(u.got, OK);
    for (size_t e = 0; e < EPOCHS; e++)
        expect(u.history[e][0] == before[e], "other validation rows, and history[%zu][0] is %.17g instead of %.17g: they must not reach a gradient", e,
               u.history[e][0], before[e]);
}
END_TEST

START_TEST(train_twice)
{
    lesson q = any_lesson(5);
    run u = train(&q);
    expect_status(u.got, OK);
    double first[WEIGHTS];
    memcpy(first, u.theta, q.p * sizeof *first);
    u = train(&q);
    expect_status(u.got, OK);
    expect(memcmp(first, u.theta, q.p * sizeof *first) == 0, "the same seed twice gives the same weights, bit for bit");
}
END_TEST

static void check_refused(const lesson *q, const char *why)
{
    run u = train(q);
    because("%s", why);
    expect_status(u.got, BAD_INPUT);
    expect_intact();
}

START_TEST(train_refuses)
{
    lesson q = any_lesson(6);
    q.o.batch = 0;
    check_refused(&q, "batches of nothing never end");
    q = any_lesson(6);
    q.n = 0;
    check_refused(&q, "no rows to learn from");
    q = any_lesson(6);
    q.n_val = 0;
    check_refused(&q, "no rows to choose by");
    q = any_lesson(6);
    q.p--;
    check_refused(&q, "a network 3-4-3 has 31 parameters");
    q = any_lesson(6);
    q.label[12] = 3;
    check_refused(&q, "there is no class 3 among three");
    q = any_lesson(6);
    q.label_val[0] = 3;
    check_refused(&q, "there is no class 3 among three, in the validation labels either");
    q = any_lesson(6);
    q.o.lr = 0;
    check_refused(&q, "a rate of 0 goes nowhere");
    q.o.lr = -0.1;
    check_refused(&q, "a negative rate goes uphill");
    q.o.lr = NAN;
    check_refused(&q, "a rate that is no number is not positive either");
    q = any_lesson(6);
    q.epochs = 0;
    run u = train(&q);
    because("no epochs: nothing to do");
    expect_status(u.got, OK);
    expect_intact();
}
END_TEST

START_TEST(train_diverges)
{
    lesson q = any_lesson(7);
    q.o.lr = 1e300;
    run u = train(&q);
    because("the first step goes 1e300 far");
    expect_status(u.got, DIVERGED);
    q.o.batch = ROWS;
    q.epochs = 1;
    u = train(&q);
    because("one step, and the validation cost after it is not finite");
    expect_status(u.got, DIVERGED);
}
END_TEST

START_TEST(train_no_memory)
{
    lesson q = any_lesson(8);
    call("nn_train({3, 4, 3}, 31, 13, 7, 1, theta, history, X, label, X_val, label_val, o, r) without memory");
    double *theta = inout_vec("theta", q.p, q.theta);
    double (*history)[3] = out_mat("history", 1, 3);
    const double (*X)[3] = in_mat("X", q.n, 3, q.X);
    const size_t *label = in_index("label", q.n, q.label);
    const double (*X_val)[3] = in_mat("X_val", q.n_val, 3, q.X_val);
    const size_t *label_val = in_index("label_val", q.n_val, q.label_val);
    rng r = {1};
    malloc_fails(true);
    status got = nn_train(q.s, q.p, q.n, q.n_val, 1, theta, history, X, label, X_val, label_val, q.o, &r);
    malloc_fails(false);
    expect_status(got, NO_SPACE);
}
END_TEST

START_TEST(train_any_seed)
{
    for (size_t t = 0; t < 4; t++) {
        lesson q = any_lesson((uint64_t)gen_between(100, 1000000));
        q.o.batch = gen_between(1, 13);
        q.o.warmup = gen_between(0, 6);
        q.o.patience = gen_between(0, 4);
        check_train(&q, NULL);
    }
}
END_TEST

/* ------------------------------------------------------------------ texts */

enum { ROOM = 4096, MARK = '#' };

/* What nn_save has to write; returns its length with the 0 byte. */
static size_t text_want(nn_shape s, size_t p, const double theta[], char text[])
{
    const size_t sizes[] = {s.din, s.dhid, s.dout};
    char *at = text + sprintf(text, "mlp");
    for (size_t i = 0; i < 3; i++)
        at += sprintf(at, " %zu", sizes[i]);
    for (const double *x = theta; x < theta + p; x++)
        at += sprintf(at, "\n%a", *x);
    at += sprintf(at, "\n");
    return (size_t)(at - text) + 1;
}

/* The line of a text that begins at or holds this place. */
static const char *line_at(const char text[], size_t place, char line[64])
{
    size_t from = place, n = 0;
    while (from > 0 && text[from - 1] != '\n')
        from--;
    while (n < 63 && text[from + n] && text[from + n] != '\n') {
        line[n] = text[from + n];
        n++;
    }
    line[n] = 0;
    return line;
}

static status save(nn_shape s, size_t p, size_t cap, char text[ROOM], const double theta[])
{
    memset(text, MARK, ROOM);
    call("nn_save({%zu, %zu, %zu}, %zu, %zu, text, theta)", s.din, s.dhid, s.dout, p, cap);
    const double *t = in_vec("theta", p, theta);
    return nn_save(s, p, cap, text, t);
}

static void nothing_behind(const char text[ROOM], size_t cap)
{
    for (size_t i = cap; i < ROOM; i++)
        expect(text[i] == MARK, "text[%zu] was written, and text has %zu characters", i, cap);
}

static void check_save(nn_shape s, size_t p, size_t cap, const double theta[])
{
    char text[ROOM], want[ROOM], a[64], b[64];
    size_t length = text_want(s, p, theta, want);
    status got = save(s, p, cap, text, theta);
    because("the text has %zu characters, the 0 byte counted", length);
    expect_status(got, length <= cap ? OK : NO_SPACE);
    nothing_behind(text, cap);
    if (length > cap)
        return;
    for (size_t i = 0; i < length; i++)
        expect(text[i] == want[i], "text[%zu] differs, in the line \"%s\", which should be \"%s\"", i,
               text[i] == MARK ? "(not written)" : line_at(text, i, a), line_at(want, i, b));
}

static const double plain[17] = {1, -2, 0.5, 0, 3, -1, 0.1, 4, 1e10, 7, -8, 0.25, 12, 1. / 3, 2, -0.75, 100};
static const double strange[17] = {-0.0, 1e-310, DBL_MIN, DBL_MAX, 0x1p-1074, -1e-310, 1e300, -DBL_MAX, 0x1.fffffffffffffp0, 0.1, 1. / 3, 5, -6, 7, 8, 9, 0x1.8p-1030};

START_TEST(save_by_hand)
{
    check_save((nn_shape){1, 1, 1}, 4, ROOM, (double[]){1, -2, 0.5, 0});
    check_save((nn_shape){2, 3, 2}, 17, ROOM, plain);
    check_save((nn_shape){3, 2, 3}, 17, ROOM, plain);
}
END_TEST

START_TEST(save_strange)
{
    check_save((nn_shape){2, 3, 2}, 17, ROOM, strange);
}
END_TEST

START_TEST(save_room)
{
    nn_shape s = {1, 2, 3};
    double theta[13] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0.1};
    char want[ROOM];
    size_t length = text_want(s, 13, theta, want);
    const size_t cap[] = {length, length - 1, length - 2, length - 3, length / 2, 13, 12, 5, 1, 0, length + 1};
    for (size_t i = 0; i < sizeof cap / sizeof *cap; i++)
        check_save(s, 13, cap[i], theta);
}
END_TEST

/* No comparison of texts here: whatever stands in a line, does it read back as the same bits? */
START_TEST(save_reads_back)
{
    char text[ROOM] = {0};
    status got = save((nn_shape){2, 3, 2}, 17, ROOM, text, strange);
    expect_status(got, OK);
    const char *at = memchr(text, '\n', ROOM);
    for (size_t k = 0; k < 17; k++) {
        char *end = NULL, line[64];
        double x = at ? strtod(at, &end) : NAN;
        expect(at && end != at && x == strange[k] && !signbit(x) == !signbit(strange[k]), "number %zu was %s; the text says \"%s\"", k,
               num_text(strange[k]), at ? line_at(text, (size_t)(at - text) + 1, line) : "");
        at = end;
    }
}
END_TEST

/* The wider network of the chapter: its text has about two hundred thousand characters. */
START_TEST(save_large)
{
    enum { P = 64 * 128 + 128 + 128 * 10 + 10, LARGE = 1 << 18 };
    static double theta[P];
    static char text[LARGE], want[LARGE];
    for (size_t k = 0; k < P; k++)
        theta[k] = 1 / (3.0 + (double)k);
    size_t length = text_want((nn_shape){64, 128, 10}, P, theta, want);
    for (size_t cap = length; cap + 2 > length; cap--) {
        memset(text, MARK, LARGE);
        call("nn_save({64, 128, 10}, %d, %zu, text, theta)", P, cap);
        const double *t = in_vec("theta", P, theta);
        status got = nn_save((nn_shape){64, 128, 10}, P, cap, text, t);
        because("the text has %zu characters, the 0 byte counted", length);
        expect_status(got, cap == length ? OK : NO_SPACE);
        expect(cap < length || strcmp(text, want) == 0, "the text of a network 64-128-10 differs from what it should be");
        expect(text[cap] == MARK, "text[%zu] was written, and text has %zu characters", cap, cap);
    }
}
END_TEST

START_TEST(save_refuses)
{
    for (size_t p = 16; p < 19; p += 2) {
        char text[ROOM];
        double theta[18] = {1};
        status got = save((nn_shape){2, 3, 2}, p, ROOM / 2, text, theta);
        because("a network 2-3-2 has 17 parameters");
        expect_status(got, BAD_INPUT);
        nothing_behind(text, ROOM / 2);
    }
}
END_TEST

START_TEST(save_any)
{
    for (size_t t = 0; t < 40; t++) {
        nn_shape s = {gen_between(1, 4), gen_between(1, 4), gen_between(1, 4)};
        size_t p = nn_count(s);
        double theta[40];
        gen_vec(t * TRIALS / 40, p, theta);
        check_save(s, p, t % 2 ? ROOM : gen_between(1, 500), theta);
    }
}
END_TEST

/* ------------------------------------------------------------------ nn_load */

static const nn_shape small = {2, 3, 2};

/* The text as a learner reads it in a message: its beginning, or its end, on one line. */
static const char *on_one_line(size_t cap, const char text[], bool end)
{
    static char out[128];
    enum { SHOWN = 40 };
    size_t length = strnlen(text, cap), from = end && length > SHOWN ? length - SHOWN : 0, n = 0;
    if (from > 0)
        n += (size_t)sprintf(out, "...");
    for (size_t i = from; i < length && i < from + SHOWN; i++)
        n += (size_t)sprintf(out + n, text[i] == '\n' ? "\\n" : "%c", text[i]);
    sprintf(out + n, from + SHOWN < length ? "..." : "");
    return out;
}

static double *load(nn_shape s, size_t p, size_t cap, const char text[], status *got)
{
    call("nn_load({%zu, %zu, %zu}, %zu, %zu, theta, text)", s.din, s.dhid, s.dout, p, cap);
    double old[40];
    for (size_t k = 0; k < 40; k++)
        old[k] = 7;
    double *theta = inout_vec("theta", p, old);
    *got = nn_load(s, p, cap, theta, text);
    because("the text begins \"%s\"", on_one_line(cap, text, false));
    return theta;
}

static void check_load(nn_shape s, size_t p, size_t cap, const char text[], const double want[])
{
    status got;
    double *theta = load(s, p, cap, text, &got);
    expect_status(got, OK);
    expect_vec(theta, want, 0);
    for (size_t k = 0; k < p; k++)
        expect(!signbit(theta[k]) == !signbit(want[k]), "theta[%zu] has lost its sign", k);
}

static void check_bad(size_t cap, const char text[], const char *why)
{
    status got;
    load(small, 17, cap, text, &got);
    because("%s", why);
    expect_status(got, BAD_INPUT);
    expect_intact();
}

START_TEST(load_by_hand)
{
    check_load((nn_shape){1, 1, 1}, 4, 64, (char[64]){"mlp 1 1 1\n0x1p+0\n-0x1p+1\n0x1p-1\n0x0p+0\n"}, (double[]){1, -2, 0.5, 0});
    char text[ROOM] = {0};
    size_t length = text_want(small, 17, plain, text);
    check_load(small, 17, ROOM, text, plain);
    check_load(small, 17, length, text, plain);
    memset(text + length, '1', ROOM - length);
    check_load(small, 17, ROOM, text, plain);
}
END_TEST

START_TEST(load_strange)
{
    char text[ROOM] = {0};
    text_want(small, 17, strange, text);
    check_load(small, 17, ROOM, text, strange);
}
END_TEST

START_TEST(load_same_count)
{
    char text[ROOM] = {0};
    text_want((nn_shape){3, 2, 3}, 17, plain, text);
    check_bad(ROOM, text, "this is the text of a 3-2-3 network; it has 17 numbers too");
}
END_TEST

START_TEST(load_shape)
{
    char text[ROOM] = {0};
    text_want((nn_shape){1, 1, 1}, 4, plain, text);
    check_bad(ROOM, text, "this is the text of a 1-1-1 network");
    text_want((nn_shape){4, 3, 2}, 23, (double[23]){1}, text);
    check_bad(ROOM, text, "this is the text of a 4-3-2 network");
}
END_TEST

START_TEST(load_head)
{
    char text[ROOM] = {0};
    text_want(small, 17, plain, text);
    memcpy(text, "MLP", 3);
    check_bad(ROOM, text, "the text begins with MLP");
    check_bad(ROOM, (char[ROOM]){0}, "an empty text");
}
END_TEST

/* The text of plain with line k (0 is the header) replaced; NULL takes it out. */
static void with_line(size_t k, const char *line, char text[ROOM])
{
    char whole[ROOM];
    text_want(small, 17, plain, whole);
    size_t used = 0, at = 0;
    memset(text, 0, ROOM);
    for (size_t i = 0; whole[at]; i++) {
        size_t n = strcspn(whole + at, "\n");
        if (i != k)
            used += (size_t)snprintf(text + used, ROOM - used, "%.*s\n", (int)n, whole + at);
        else if (line)
            used += (size_t)snprintf(text + used, ROOM - used, "%s\n", line);
        at += n + 1;
    }
}

START_TEST(load_numbers)
{
    char text[ROOM];
    with_line(17, NULL, text);
    check_bad(ROOM, text, "the last number is missing");
    with_line(5, NULL, text);
    check_bad(ROOM, text, "a number is missing, the 17th");
    with_line(17, "0x1p+0\n0x1p+0", text);
    check_bad(ROOM, text, "one number too many");
    with_line(9, "house", text);
    check_bad(ROOM, text, "the ninth number is \"house\"");
    with_line(9, "0x1p+0x", text);
    check_bad(ROOM, text, "the ninth number is \"0x1p+0x\"");
    with_line(17, "nan", text);
    check_bad(ROOM, text, "the last number is nan");
    with_line(12, "-inf", text);
    check_bad(ROOM, text, "the twelfth number is -inf");
}
END_TEST

START_TEST(load_length)
{
    char text[ROOM];
    status got;
    text_want(small, 17, plain, text);
    load(small, 16, ROOM, text, &got);
    because("a network 2-3-2 has 17 parameters");
    expect_status(got, BAD_INPUT);
    expect_intact();
    with_line(17, NULL, text);
    load(small, 16, ROOM, text, &got);
    because("a network 2-3-2 has 17 parameters; neither this vector nor this text has so many");
    expect_status(got, BAD_INPUT);
    expect_intact();
}
END_TEST

START_TEST(load_lines)
{
    char text[ROOM];
    with_line(0, "mlp 2 3 2 house", text);
    check_bad(ROOM, text, "behind the sizes stands something else");
    with_line(17, "", text);
    check_bad(ROOM, text, "the last line is empty: no number stands there");
    with_line(0, "mlp 2 3", text);
    check_bad(ROOM, text, "only two sizes");
}
END_TEST

/* Every beginning of a text is cut off somewhere; the last of them lacks nothing but the end of the last line, and might have lost digits as well. */
START_TEST(load_cut)
{
    char whole[ROOM], text[ROOM];
    size_t length = text_want(small, 17, plain, whole) - 1;
    for (size_t kept = length; kept-- > 0;) {
        memset(text, 0, ROOM);
        memcpy(text, whole, kept);
        status got;
        load(small, 17, ROOM, text, &got);
        because("of %zu characters the last %zu were cut off; what is left ends \"%s\"", length, length - kept, on_one_line(ROOM, text, true));
        expect_status(got, BAD_INPUT);
        expect_intact();
    }
}
END_TEST

START_TEST(load_endless)
{
    char text[ROOM];
    size_t length = text_want(small, 17, plain, text);
    check_bad(length - 1, text, "within cap characters stands no 0 byte");
    check_bad(length - 9, text, "within cap characters stands no 0 byte");
    check_bad(0, text, "no characters at all");
    char *alone = malloc(length - 1);
    memcpy(alone, text, length - 1);
    check_bad(length - 1, alone, "within cap characters stands no 0 byte, and behind them is no memory of yours");
    free(alone);
}
END_TEST

/* The wider network of the chapter. No larger one: a program that reads with sscanf is right, and measures the whole rest of the text each time. */
START_TEST(load_large)
{
    enum { P = 64 * 128 + 128 + 128 * 10 + 10, LARGE = 1 << 18 };
    static double want[P];
    static char text[LARGE];
    for (size_t k = 0; k < P; k++)
        want[k] = 1 / (3.0 + (double)k);
    size_t length = text_want((nn_shape){64, 128, 10}, P, want, text);
    call("nn_load({64, 128, 10}, %d, %zu, theta, text)", P, length);
    double *theta = inout_vec("theta", P, (double[P]){7});
    status got = nn_load((nn_shape){64, 128, 10}, P, length, theta, text);
    because("the text of a network 64-128-10, %zu characters", length);
    expect_status(got, OK);
    expect_vec(theta, want, 0);
}
END_TEST

START_TEST(load_no_memory)
{
    char text[ROOM];
    text_want(small, 17, plain, text);
    call("nn_load({2, 3, 2}, 17, %d, theta, text) without memory", ROOM);
    double *theta = inout_vec("theta", 17, strange);
    malloc_fails(true);
    status got = nn_load(small, 17, ROOM, theta, text);
    malloc_fails(false);
    expect(got == NO_SPACE || (got == OK && theta[0] == 1), "without memory the answer is NO_SPACE (or OK, if none was needed)");
    if (got != OK)
        expect_intact();
}
END_TEST

START_TEST(load_any)
{
    for (size_t t = 0; t < 40; t++) {
        nn_shape s = {gen_between(1, 4), gen_between(1, 4), gen_between(1, 4)};
        size_t p = nn_count(s);
        double theta[40];
        gen_vec(t * TRIALS / 40, p, theta);
        char text[ROOM] = {0};
        size_t length = text_want(s, p, theta, text);
        check_load(s, p, length, text, theta);
    }
}
END_TEST

/* ------------------------------------------------------------------ pens */

START_TEST(pen_error)
{
    long double p = 0.925L;
    double e = (double)sqrtl((p - p * p) / 597);
    call("pen_23_a()");
    expect_answer(pen_23_a(), e, 1e-4 * e, "two of them are about two percentage points");
}
END_TEST

START_TEST(pen_work)
{
    double work = 0;
    for (size_t h = 0; h < 128; h++)
        work += 64 + 10;
    call("pen_23_b()");
    expect_answer(pen_23_b(), work, 0.5, "each of the hidden units takes part in 74 of them");
}
END_TEST

START_TEST(pen_steps)
{
    double steps = 0;
    for (size_t e = 0; e < 60; e++)
        for (size_t row = 0; row < 1000; row += 32)
            steps++;
    call("pen_23_c()");
    expect_answer(pen_23_c(), steps, 0.5, "it is a whole number, and 60 divides it");
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("23-capstone");
    TCase *predict = suite_case(s, "nn_predict");
    tcase_add_test(predict, predict_by_hand);
    tcase_add_test(predict, predict_far);
    tcase_add_test(predict, predict_ties);
    tcase_add_test(predict, predict_close);
    tcase_add_test(predict, predict_many_classes);
    tcase_add_test(predict, predict_many_rows);
    tcase_add_test(predict, predict_refuses);
    tcase_add_test(predict, predict_no_memory);
    tcase_add_test(predict, predict_any);

    TCase *training = suite_case(s, "nn_train");
    tcase_add_test(training, train_one_step);
    tcase_add_test(training, train_batches);
    tcase_add_test(training, train_patience);
    tcase_add_test(training, train_best_of_equals);
    tcase_add_test(training, train_separate);
    tcase_add_test(training, train_twice);
    tcase_add_test(training, train_refuses);
    tcase_add_test(training, train_diverges);
    tcase_add_test(training, train_no_memory);
    tcase_add_test(training, train_any_seed);

    TCase *saving = suite_case(s, "nn_save");
    tcase_add_test(saving, save_by_hand);
    tcase_add_test(saving, save_strange);
    tcase_add_test(saving, save_reads_back);
    tcase_add_test(saving, save_room);
    tcase_add_test(saving, save_large);
    tcase_add_test(saving, save_refuses);
    tcase_add_test(saving, save_any);

    TCase *loading = suite_case(s, "nn_load");
    tcase_add_test(loading, load_by_hand);
    tcase_add_test(loading, load_strange);
    tcase_add_test(loading, load_same_count);
    tcase_add_test(loading, load_shape);
    tcase_add_test(loading, load_head);
    tcase_add_test(loading, load_numbers);
    tcase_add_test(loading, load_length);
    tcase_add_test(loading, load_lines);
    tcase_add_test(loading, load_cut);
    tcase_add_test(loading, load_large);
    tcase_add_test(loading, load_endless);
    tcase_add_test(loading, load_no_memory);
    tcase_add_test(loading, load_any);

    tcase_add_test(suite_case(s, "pen_23_a"), pen_error);
    tcase_add_test(suite_case(s, "pen_23_b"), pen_work);
    tcase_add_test(suite_case(s, "pen_23_c"), pen_steps);
    return s;
}
