/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/*
 *   windows -> tabs -> logs      CotSessionKeeper -> this <-> text of a file
 *
 * What the program has open, as plain data: what a later start opens again. The file may have been
 * written by anybody: it is believed whole, or not at all. */
#define COT_SESSION_STATE_ERROR (cot_session_state_error_quark ())

typedef enum
{
  COT_SESSION_STATE_ERROR_INVALID, /* it is none */
  COT_SESSION_STATE_ERROR_VERSION, /* of a later Cotrace */
  COT_SESSION_STATE_ERROR_TOO_LARGE,
} CotSessionStateError;

GQuark cot_session_state_error_quark (void);

#define COT_SESSION_STATE_MAX_BYTES (1024 * 1024)

typedef struct
{
  char *path; /* absolute: of the log, or of the bundle that it is a member of */
  char *member; /* (nullable): its label in there */
  char *format; /* (nullable): the id of what it is read as; as its content says */
  char *encoding; /* (nullable): the id of its encoding; as its content says */
  gint64 clock_usec; /* what is added to its times */
  gboolean is_off; /* in a merge: its entries do not show */
} CotSessionLog;

/* An entry of one of the logs of a tab. */
typedef struct
{
  guint log; /* its index */
  CotEntryAnchor anchor; /* may be none */
} CotSessionPlace;

typedef struct
{
  GPtrArray *logs; /* (element-type CotSessionLog), at least one; just one where it is no merge */
  gboolean is_merge;
  char *group_name; /* (nullable): of a merge: what the group is called that it shows */
  gboolean is_front; /* of its window */
  gboolean is_following;
  gboolean is_paused; /* meanwhile */
  gboolean any_clause;
  GPtrArray *clauses; /* (element-type CotFilterClause) */
  CotSessionPlace top; /* the first entry in sight */
  CotSessionPlace selected;
} CotSessionTab;

typedef struct
{
  GPtrArray *tabs; /* (element-type CotSessionTab), in their order */
  gboolean filters_all_tabs;
} CotSessionWindow;

typedef struct
{
  GPtrArray *windows; /* (element-type CotSessionWindow) */
  gboolean was_ended; /* by the user, and not by a crash */
} CotSessionState;

CotSessionLog *cot_session_log_new (const char *path, const char *member, gboolean is_off);
CotSessionTab *cot_session_tab_new (void);
CotSessionTab *cot_session_tab_copy (const CotSessionTab *self);
void cot_session_tab_free (CotSessionTab *self);
CotSessionWindow *cot_session_window_new (void);
void cot_session_window_free (CotSessionWindow *self);
CotSessionState *cot_session_state_new (void);
void cot_session_state_free (CotSessionState *self);
guint cot_session_state_get_n_tabs (const CotSessionState *self);
guint cot_session_state_get_n_bundles (const CotSessionState *self);
gboolean cot_session_tab_has_bundle (const CotSessionTab *self);
gboolean cot_session_window_has_loose (const CotSessionWindow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotSessionTab, cot_session_tab_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotSessionWindow, cot_session_window_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotSessionState, cot_session_state_free)

/* What is more than anybody has open is left out. (transfer full) */
char *cot_session_state_to_text (const CotSessionState *self, gsize *length_bytes);
CotSessionState *cot_session_state_parse (const char *text, gsize length_bytes, GError **error);

G_END_DECLS
