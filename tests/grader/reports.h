/* reports.h: what people read: OUT/students/SLUG.html and .txt, OUT/class.html and .txt. */
#ifndef REPORTS_H
#define REPORTS_H

#include "class.h"

/* All of them; false when one cannot be written. work: where the submissions lie. */
bool reports_write(const class *c, const char *out, const char *work);

/* The single ones, as text that is to be written; free with g_string_free. */
GString *report_student_html(const class *c, const marks *m);
GString *report_student_text(const class *c, const marks *m);
GString *report_class_html(const class *c, const char *work);
GString *report_class_text(const class *c);

#endif
