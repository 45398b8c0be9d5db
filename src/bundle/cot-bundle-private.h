/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-bundle.h"
#include "cot-unpacker.h"

G_BEGIN_DECLS

#define COT_BUNDLE_MAX_DEPTH 32

typedef struct
{
  CotMember member;
  char *path; /* nullable: folders only; in the file system's encoding */
  GError *error; /* nullable; under the lock once the bundle is open */
  gboolean was_charged; /* archives: under the turn; its bytes are in the total */
} CotBundleItem;

struct _CotBundle
{
  gatomicrefcount n_refs;
  CotBundleKind kind;
  char *path;
  CotLayoutGuess *guess; /* nullable while it is being opened */
  GArray *items; /* CotBundleItem; never changes its length once the bundle is open */
  GError *error; /* nullable */
  GMutex lock; /* the items' errors */

  /* archives */
  int fd; /* -1 in a folder */
  GMutex turn; /* the worker, and what follows */
  CotUnpacker *unpacker; /* nullable: none is running */
  GError *worker_error; /* nullable: the rest of this bundle cannot be had */
  guint64 unpacked_bytes;
};

/* While the bundle is being opened. @label must be valid UTF-8; both texts are taken. */
CotBundleItem *cot_bundle_add_item (CotBundle *self, char *label, char *path, guint64 size_bytes);
/* Replaces what was known; (transfer full). */
void cot_bundle_set_member_error (CotBundle *self, guint index, GError *error);

gboolean cot_bundle_list_folder (CotBundle *self, GCancellable *cancellable, GError **error);
gboolean cot_bundle_list_archive (CotBundle *self, GCancellable *cancellable, GError **error);
CotSource *cot_bundle_read_archived (CotBundle *self, guint index, GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
