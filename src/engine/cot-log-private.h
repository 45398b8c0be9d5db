/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-bundle.h"
#include "cot-log.h"
#include "cot-log-known.h"
#include "cot-merge.h"
#include "cot-row-cache.h"

G_BEGIN_DECLS

/* How many entries there were. */
typedef struct
{
  guint moment;
  guint64 n_entries;
} CotLogMoment;

struct _CotLog
{
  GObject parent_instance;

  char *path; /* NULL for a member of an archive */
  char *label;
  char *name;
  char *title;
  char *known_name; /* (nullable) */
  CotReadAs read_as; /* chosen by the user */
  CotDocument *document; /* of a member whose bytes have not come: an empty one */
  gboolean needs_source;
  gboolean is_stopped;
  gboolean is_read_anew; /* until it is loaded: there were rows of it before */
  GError *error; /* the member could not be read */
  GPtrArray *followers; /* (unowned): who wants it to be followed: itself, and merges */
  CotRowCache *rows;
  guint64 n_seen; /* entries at the last "changed" */
  CotEncoding seen_encoding; /* likewise */
  GArray *moments; /* (nullable) (element-type CotLogMoment), the newest last */
  CotLogKnown *known;
};

/* What a merge does in another way than one log: each as the function of its name in cot-log.h. */
struct _CotLogClass
{
  GObjectClass parent_class;

  guint (*get_n_parts) (CotLog *self);
  CotLog *(*get_part) (CotLog *self, guint index);
  CotLog *(*locate) (CotLog *self, guint64 ordinal, guint64 *ordinal_in_log);
  gboolean (*find_place) (CotLog *self, CotLog *log, guint64 ordinal, guint64 *place);
  guint (*get_n_seams) (CotLog *self);
  guint64 (*get_seam) (CotLog *self, guint index);
  guint64 (*get_n_entries) (CotLog *self);
  void (*set_following) (CotLog *self, gboolean following);
  void (*set_paused) (CotLog *self, gboolean paused);
  const CotSnapshotCounts *(*get_counts) (CotLog *self);
  CotDocumentState (*get_state) (CotLog *self);
  const GError *(*get_error) (CotLog *self);
  double (*get_progress) (CotLog *self);
  /* NULL: the severities are read. (transfer none): those of exactly that one. */
  CotBitset *(*get_of_severity) (CotLog *self, CotSeverity severity);
  /* In which order the entries of which logs stand; (nullable), (transfer none). */
  CotMerge *(*get_merge) (CotLog *self, GPtrArray **logs);
};

#define COT_LOG_GET_CLASS(log) G_TYPE_INSTANCE_GET_CLASS (log, COT_TYPE_LOG, CotLogClass)

/* A log without anything of its own. */
void cot_log_init_as_merge (CotLog *self);

/* A log by the path of its file: it can be followed. */
CotLog *cot_log_new_for_path (const char *path, const char *label);
/* A member of an archive: its bytes come later, with cot_log_take_source(). */
CotLog *cot_log_new_for_member (const char *label);
/* How it is to be read, before it is loaded. */
void cot_log_set_read_as (CotLog *self, const CotReadAs *read_as);
void cot_log_apply_read_as (CotLog *self); /* to its document */
gboolean cot_log_needs_source (CotLog *self);
void cot_log_take_source (CotLog *self, CotSource *source);
/* An older part of it, the oldest first; before it is loaded, once its own bytes are there. One of
 * @path and @source. */
void cot_log_add_older (CotLog *self, const char *path, CotSource *source, const char *label);
void cot_log_take_error (CotLog *self, GError *error);
void cot_log_load (CotLog *self);
/* Somebody did not want to wait until it was read and judged. */
void cot_log_set_stopped (CotLog *self, gboolean is_stopped);

/* What the detectors are told that it is; NULL: it was not matched yet. */
void cot_log_set_known_name (CotLog *self, const char *name);
const char *cot_log_get_known_name (CotLog *self);
/* It is followed as long as somebody wants that. @follower is only compared. */
void cot_log_set_follower (CotLog *self, gpointer follower, gboolean following);
/* Who wanted that of @before wants it of the log that takes its place. */
void cot_log_take_followers (CotLog *self, CotLog *before);

/* What detectors know of the log, from the case. (transfer full) */
void cot_log_set_known (CotLog *self, CotLogKnown *known);

G_END_DECLS
