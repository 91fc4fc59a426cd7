/* lapack.c: times chapter 06's eig_jacobi and chapter 07's svd_thin on the handwritten digits, and LAPACK on the same numbers.
   Prints KEY = seconds, the best of several runs, and by how much the values differ. */
#define _POSIX_C_SOURCE 200809L
#include "data.h"
#include "eig.h"

#include <lapacke.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { N = 1797, D = 64, ROUNDS = 7 };

static double X[N][D], S[D][D];       /* digits; their covariance */
static double U[N][D], V[D][D], w[D]; /* ours */
static double A[D * N], left[D * N], right[D * D], value[D]; /* LAPACK's */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool read_digits(void)
{
    data_table t;
    if (data_load_csv(&t, "chapters/data/digits.csv") != OK)
        return false;
    bool good = t.rows == N && t.cols >= D;
    for (size_t i = 0; good && i < N; i++)
        for (size_t j = 0; j < D; j++)
            X[i][j] = t.x[i * t.cols + j];
    data_free(&t);
    return good;
}

static void make_covariance(void)
{
    double mean[D] = {0};
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < D; j++)
            mean[j] += X[i][j] / N;
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < D; j++)
            for (size_t k = 0; k < D; k++)
                S[j][k] += (X[i][j] - mean[j]) * (X[i][k] - mean[k]) / (N - 1);
}

static bool jacobi(void)
{
    return eig_jacobi(D, w, V, S) == OK;
}

static bool dsyev(void)
{
    memcpy(A, S, sizeof S);
    return LAPACKE_dsyev(LAPACK_COL_MAJOR, 'V', 'U', D, A, D, value) == 0;
}

static bool thin(void)
{
    return svd_thin(N, D, U, w, V, X) == OK;
}

/* The columns of X, as LAPACK wants them, are copied in its time: it works in place. */
static bool dgesdd(void)
{
    for (size_t j = 0; j < D; j++)
        for (size_t i = 0; i < N; i++)
            A[j * N + i] = X[i][j];
    return LAPACKE_dgesdd(LAPACK_COL_MAJOR, 'S', N, D, A, N, value, left, N,
                          right, D) == 0;
}

static bool time_of(const char *key, bool (*what)(void))
{
    double best = INFINITY;
    for (int i = 0; i < ROUNDS; i++) {
        double began = now();
        if (!what())
            return false;
        best = fmin(best, now() - began);
    }
    printf("%s = %.6g\n", key, best);
    return true;
}

/* LAPACK's eigenvalues ascend. */
static void differ(const char *key, bool ascending)
{
    double worst = 0;
    for (size_t j = 0; j < D; j++)
        worst = fmax(worst, fabs(w[j] - value[ascending ? D - 1 - j : j]));
    printf("%s = %.3g\n", key, worst / w[0]);
}

int main(void)
{
    if (!read_digits())
        return 1;
    make_covariance();
    if (!time_of("eig_jacobi", jacobi) || !time_of("dsyev", dsyev))
        return 1;
    differ("eigenvalues_differ", true);
    if (!time_of("svd_thin", thin) || !time_of("dgesdd", dgesdd))
        return 1;
    differ("singular_values_differ", false);
}
