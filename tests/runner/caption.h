/* caption.h: a figure's caption, for a terminal. */
#ifndef CAPTION_H
#define CAPTION_H

#include <glib.h>

/* As far as the first full stop; a title such as "Seen wrong." takes the sentence after it along. {{program key format}} in it
   becomes the number that the program printed as "key = number", in that format of C (or thousands, or dollars); "…" when it
   printed none. `printed` leads from the names of programs to what they printed. Free it. */
char *caption_sentence(const char *caption, GHashTable *printed);

#endif
