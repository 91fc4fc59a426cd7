/* plot.h: figures, and the area under a curve. */
#ifndef PLOT_H
#define PLOT_H

#include "types.h"

/* Opens the data file of one series of a figure for writing; NULL on
   failure. [given] */
FILE *plot_data(const char *figure, const char *series);
/* Draws the figure from its data files with gnuplot; BAD_INPUT if that
   fails. [given] */
status plot_run(const char *figure);
/* Returns the trapezoid integral of y over x. [given] */
double num_trapz(size_t n, const double x[n], const double y[n]);

#endif
