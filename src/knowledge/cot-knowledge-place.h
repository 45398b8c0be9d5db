/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the program writes above the detectors of a new file. */
#define COT_KNOWLEDGE_FORM_COMMENT "<!-- The form is told by cotrace-knowledge(5). -->"

/* Where the detector stands in the text of a file of the user, so that it can be changed without
 * touching anything else that she wrote there. */
typedef struct
{
  gsize start; /* of its first byte */
  gsize end; /* behind its last one */
  gboolean is_alone; /* nothing else that somebody wrote stands in the file, comments included */
} CotKnowledgePlace;

/* @line: near which it stood when it was read; only where the file has two of that id, the nearest
 * is meant. FALSE: it is not there, or this is no well-formed document. */
gboolean cot_knowledge_find_place (const char *xml, gsize length_bytes, const char *id, guint line,
                                   CotKnowledgePlace *place);
/* Two documents that say the same have the same: white space, the order of attributes and the way
 * a letter is written do not count, comments do. (transfer full) (nullable) */
char *cot_knowledge_dup_canonical (const char *xml, gsize length_bytes);

G_END_DECLS
