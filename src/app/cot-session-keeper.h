/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-session-state.h"

G_BEGIN_DECLS

/* Keeps on disk what the program has open, and has what was open last time. One per process; the
 * file is read and written on workers. Main thread.
 *
 * Signals: "loaded" (): what was open last time is known now, or that it cannot be */
#define COT_TYPE_SESSION_KEEPER (cot_session_keeper_get_type ())
G_DECLARE_FINAL_TYPE (CotSessionKeeper, cot_session_keeper, COT, SESSION_KEEPER, GObject)

/* What is written: the state, and for places in it the entries that are not named yet. */
typedef struct
{
  CotSessionState *state;
  GArray *places; /* of entries that a worker gives their anchor */
} CotSessionDraft;

void cot_session_draft_add_place (CotSessionDraft *self, CotSessionPlace *place, guint log,
                                  CotSnapshot *snapshot, guint64 ordinal);

/* Adds what all windows have open. */
typedef void (*CotSessionFunc) (CotSessionDraft *draft, gpointer data);

CotSessionKeeper *cot_session_keeper_new (CotSessionFunc collect, gpointer data);
void cot_session_keeper_load (CotSessionKeeper *self);
gboolean cot_session_keeper_is_loaded (CotSessionKeeper *self);
/* (nullable) (transfer none): NULL where nothing was open. */
const CotSessionState *cot_session_keeper_get_last (CotSessionKeeper *self);
const GError *cot_session_keeper_get_error (CotSessionKeeper *self); /* (nullable) */

typedef enum
{
  COT_SESSION_OPENED, /* there is something to keep: before, what was kept stays */
  COT_SESSION_CHANGED,
  COT_SESSION_MOVED, /* only where the user is: that can wait longer */
} CotSessionChange;

void cot_session_keeper_note (CotSessionKeeper *self, CotSessionChange change);
/* The last windows are going: what they show is kept, and what comes after no more, until
 * something is opened again. */
void cot_session_keeper_end (CotSessionKeeper *self);
gboolean cot_session_keeper_is_saving (CotSessionKeeper *self);

G_END_DECLS
