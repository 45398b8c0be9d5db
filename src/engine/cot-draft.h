/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-log.h"
#include "cot-session.h"

G_BEGIN_DECLS

/* In the text of a draft: whatever stands there. */
#define COT_DRAFT_ANYTHING "…"

/* A detector that a user is about to write from one line of a log. */
typedef struct
{
  char *title;
  char *text; /* what to look for; COT_DRAFT_ANYTHING for what differs from line to line */
  char *log; /* the name of the log, without which other logs count too; "" */
  char *meaning;
  char *step;
  char *sample; /* the message of the line, or the beginning of a long one */
  char *source; /* the log that it comes from */
  CotSeverity severity;
} CotDraft;

/* From the message as it is written; texts for people are empty. (transfer full) */
CotDraft *cot_draft_new (CotSession *session, CotLog *log, const char *message);
CotDraft *cot_draft_copy (const CotDraft *self);
void cot_draft_free (CotDraft *self);
/* Times, numbers, identifiers, names of users and addresses become COT_DRAFT_ANYTHING; "" where
 * nothing is left that is worth looking for. */
char *cot_draft_propose_text (const char *message);
/* The knowledge file with this one detector. */
char *cot_draft_dup_xml (const CotDraft *self, const char *id);

/* How many entries of the log it would know; @log NULL: only whether it is fit. Errors:
 * COT_KNOWLEDGE_ERROR, where its text is not fit to look for (BAD_RULE) or does not match the line
 * (SAMPLE_MISMATCH). */
void cot_draft_count_async (const CotDraft *self, CotLog *log, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data);
gboolean cot_draft_count_finish (GAsyncResult *result, guint64 *n_entries, GError **error);

/* A detector that knows the line of a draft already. */
typedef struct
{
  char *title; /* of what is built in a msgid */
  gboolean builtin;
} CotDraftKnown;

/* Which there are, but for the one with the id @but (nullable); what is built in comes first.
 * The result: (element-type CotDraftKnown) (transfer full). */
void cot_draft_list_known_async (const CotDraft *self, CotSession *session, const char *but,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data);
GPtrArray *cot_draft_list_known_finish (GAsyncResult *result, GError **error);

/* Writes it as a new file into the folder of the user's own knowledge; nothing is ever overwritten.
 * The result: its path. Errors: as above, and G_IO_ERROR. */
void cot_draft_save_async (const CotDraft *self, CotSession *session, GAsyncReadyCallback callback,
                           gpointer data);
char *cot_draft_save_finish (GAsyncResult *result, GError **error); /* (transfer full) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotDraft, cot_draft_free)

G_END_DECLS
