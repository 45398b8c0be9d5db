/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

/* Writes JSON, one value after the other, into a string. Keys come in the order of the calls.
 * Text must be valid UTF-8 (the decoder makes it so); what is not is replaced by U+FFFD. */
typedef struct _CotJson CotJson;

CotJson *cot_json_new (void);
void cot_json_free (CotJson *self);
void cot_json_begin_object (CotJson *self);
void cot_json_end_object (CotJson *self);
void cot_json_begin_array (CotJson *self);
void cot_json_end_array (CotJson *self);
void cot_json_key (CotJson *self, const char *key);
void cot_json_string (CotJson *self, const char *text); /* NULL gives null */
void cot_json_int (CotJson *self, gint64 value);
void cot_json_uint (CotJson *self, guint64 value);
void cot_json_boolean (CotJson *self, gboolean value);
void cot_json_null (CotJson *self);
/* The text so far; owned by @self. Reset empties it for the next value. */
const char *cot_json_get_text (CotJson *self, gsize *length_bytes);
void cot_json_reset (CotJson *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotJson, cot_json_free)

G_END_DECLS
