/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* What is known of one entry, in words for people. (transfer full) */

/* How a message can be shown. */
typedef enum
{
  COT_ENTRY_FORM_WRITTEN,
  COT_ENTRY_FORM_READABLE, /* laid out */
  COT_ENTRY_FORM_DECODED,
  COT_ENTRY_FORM_BYTES,
} CotEntryForm;

#define COT_N_ENTRY_FORMS 4

/* "Error (type 3 says so)    CcmMessaging    thread 7120 (0x1BD0)    line 42" */
char *cot_entry_sentence_dup_attributes (const CotEntryDetails *details);
/* The wall clock and UTC; why it is that UTC is (nullable) in the tooltip. */
char *cot_entry_sentence_dup_time (const CotEntryDetails *details, CotClockMode mode);
char *cot_entry_sentence_dup_time_tooltip (const CotEntryDetails *details, CotClockMode mode);
gboolean cot_entry_has_form (const CotEntryDetails *details, CotEntryForm form);
/* "JSON"; what the laid out form is called depends on what is in it. */
const char *cot_entry_sentence_get_form (const CotEntryDetails *details, CotEntryForm form);
/* The message in that form, which it has; of bytes only those of [start, end). */
char *cot_entry_sentence_dup_form (const CotEntryDetails *details, CotEntryForm form);
char *cot_entry_sentence_dup_bytes (const CotEntryDetails *details, gsize start, gsize end);

G_END_DECLS
