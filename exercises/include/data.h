/* data.h: reading the data sets. */
#ifndef DATA_H
#define DATA_H

#include "types.h"

/* A table: row i, column j is x[i·cols + j]. */
typedef struct { size_t rows, cols; double *x; char **name; } data_table;

/* Header line, then rows of numbers; text columns become level codes in
   order of first appearance. [given] [heap] */
status data_load_csv(data_table *t, const char *path);
/* As data_load_csv, every column standardised. [given] [heap] */
status data_load_scaled(data_table *t, const char *path);
/* Frees what data_load_* allocated. [given] */
void data_free(data_table *t);

/* col ← the named column; n = t->rows, else BAD_INPUT. [given] */
status data_column(size_t n, double col[n], const data_table *t,
                   const char *name);
/* X ← d named columns; n = t->rows, else BAD_INPUT. [given] */
status data_matrix(size_t n, size_t d, double X[n][d], const data_table *t,
                   const char *const name[d]);
/* label ← the named column as whole numbers; n = t->rows, else BAD_INPUT.
   [given] */
status data_labels(size_t n, size_t label[n], const data_table *t,
                   const char *name);

#endif
