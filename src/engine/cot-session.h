/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-case.h"
#include "cot-knowledge.h"

G_BEGIN_DECLS

/* All that one process has open, and the knowledge it looks at it with. Main thread. */
#define COT_TYPE_SESSION (cot_session_get_type ())
G_DECLARE_FINAL_TYPE (CotSession, cot_session, COT, SESSION, GObject)

/* Signal, on the main context:
 *   "knowledge-changed" (): the user's own knowledge was read, and there is some, or was */
/* With the built-in knowledge alone. */
CotSession *cot_session_new (void);
/* Before anything is opened: a window shows it while it is read. */
void cot_session_serve_window (CotSession *self);
/* The user's own on top of it, from the *.xml files of a folder. What is open is looked at anew. */
char *cot_session_dup_own_knowledge_folder (void);
void cot_session_read_own_knowledge_async (CotSession *self, GAsyncReadyCallback callback,
                                           gpointer data); /* (nullable) callback */
/* For the command line: on the calling thread. */
void cot_session_read_own_knowledge (CotSession *self);
CotKnowledge *cot_session_get_knowledge (CotSession *self);
/* What was wrong in the user's knowledge files: sentences with file, line and reason. */
guint cot_session_get_n_knowledge_problems (CotSession *self);
const char *cot_session_get_knowledge_problem (CotSession *self, guint index);

/* Whether detectors look at what is opened from now on (they do at first). */
void cot_session_set_scanning (CotSession *self, gboolean scanning);

/* Whether a log is read with its older parts, which stand beside it, where it is opened alone (they
 * are not at first). */
void cot_session_set_joining (CotSession *self, gboolean joining);

/* How often followed logs are looked at, also those that are open; 0: each second, and those on a
 * network every two. */
void cot_session_set_poll_interval (CotSession *self, guint interval_msec);

/* For encrypted bundles that are opened from now on; NULL: none. Kept in memory only. */
void cot_session_set_pass_phrase (CotSession *self, const char *pass_phrase);

/* A new, empty case for loose files. */
CotCase *cot_session_new_case (CotSession *self); /* (transfer full) */
/* Finds out on a worker what stands at the path: a log joins @loose (a log that is open already is
 * handed back), a folder or an archive becomes a case of its own. The result: a CotCase, and a
 * CotLog where it was a single file. Errors: COT_SOURCE_ERROR, COT_BUNDLE_ERROR. */
void cot_session_open_async (CotSession *self, CotCase *loose, const char *path,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer data);
CotCase *cot_session_open_finish (CotSession *self, GAsyncResult *result, CotLog **log,
                                  GError **error); /* (transfer full) */
/* A text that stands in no file: a log of @loose, without a path. (transfer none) */
CotLog *cot_session_add_text (CotSession *self, CotCase *loose, GBytes *text, const char *label);

/* For the command line: the same, and waits until all is read and scanned. */
CotCase *cot_session_open_sync (CotSession *self, CotCase *loose, const char *path, GError **error);
void cot_session_wait (CotSession *self, CotCase *a_case);
/* For programs that run from their build tree: takes cotrace-unpack from there. */
void cot_session_find_unpack_program (void);

G_END_DECLS
