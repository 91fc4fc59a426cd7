/* exports.h: the marks for other systems, under OUT/exports/.

   gradescope/SLUG.json  results.json of Gradescope       canvas.csv   an import for Canvas's gradebook
   autolab/SLUG.txt      Autolab: JSON on the last line   moodle-ID.csv  Moodle's own grading worksheets, filled in
   tap/SLUG.tap          TAP version 14                   junit.xml    JUnit
   github.md             a step summary for GitHub Actions

   Each is checked against what its importer is known to do. Where an importer would drop a row without a word, or take it for
   another student's, the file is not written, and exports/README.txt says why and what to do. */
#ifndef EXPORTS_H
#define EXPORTS_H

#include "class.h"

/* All of them. What cannot be exported is no failure: it is said. */
bool exports_write(const class *c, const char *out);

/* The single ones append to the text; NULL, or why it cannot be exported (free it). */
char *export_gradescope(const class *c, const marks *m, GString *to);
char *export_autolab(const class *c, const marks *m, GString *to);
char *export_tap(const class *c, const marks *m, GString *to);
char *export_junit(const class *c, GString *to);
char *export_github(const class *c, GString *to);
char *export_canvas(const class *c, GString *to);
char *export_moodle(const class *c, guint which, GString *to);

#endif
