/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-bundle.h"
#include "cot-unpacker.h"

G_BEGIN_DECLS

#define COT_BUNDLE_MAX_DEPTH 32
/* Archives inside archives. What collectors write has two levels, and a few dozen archives. */
#define COT_BUNDLE_MAX_NESTING 4
#define COT_BUNDLE_MAX_NESTED 256
#define COT_BUNDLE_MAX_NESTED_BYTES (G_GUINT64_CONSTANT (1) << 30)

/* An archive inside a bundle may have been encrypted with another one. */
#define COT_BUNDLE_MAX_PASS_PHRASES 8

typedef struct
{
  guint number; /* from 1 on; never given twice */
  char *text;
} CotBundlePassPhrase;

typedef struct _CotBundleArchive CotBundleArchive;

typedef struct
{
  CotMember member;
  char *path; /* nullable: files of a folder only; in the file system's encoding */
  CotBundleArchive *archive; /* nullable: the one that it stands in */
  GError *error; /* nullable; under the lock once the bundle is open */
  guint64 charged_bytes; /* under the lock; so many of the total are its own */
  guint64 unpacked_bytes; /* under the lock; the most that was had of it */
  guint n_tried; /* under the lock; the number of the pass phrase that it was read with last */
} CotBundleItem;

/* One archive of the tree: the bundle itself, a file of a folder, or a member of another one. */
struct _CotBundleArchive
{
  CotBundle *bundle; /* its owner */
  CotBundleArchive *parent; /* nullable */
  guint holder; /* the item that it is; G_MAXUINT: it is the bundle itself */
  char *label; /* nullable: of that item */
  guint depth; /* 0: it is the bundle itself */
  guint64 size_bytes; /* of the input */
  char *digest; /* nullable: not needed yet */
  guint first_item;
  guint n_items;
  gboolean is_listed;
  gboolean is_gzip; /* its member is a log, unless its name says otherwise */

  /* under the bundle's lock */
  int fd; /* -1: it has to be unpacked again */
  GPtrArray *idle; /* CotUnpacker */
  guint n_workers; /* with those that are busy, or about to start */
  guint max_workers;
  guint64 last_use;
  GPtrArray *waiting; /* calls that wait for the only worker */
  guint last_index; /* the item that it was given last */
  guint n_faults; /* workers that came to a bad end */
  GError *worker_error; /* nullable: the rest of this archive cannot be had */
  guint n_fitting; /* the number of the pass phrase that it was last read with */
};

struct _CotBundle
{
  gatomicrefcount n_refs;
  CotBundleKind kind;
  char *path;
  CotLayoutGuess *guess; /* nullable while it is being opened */
  GArray *items; /* CotBundleItem; never changes its length once the bundle is open */
  GPtrArray *archives; /* CotBundleArchive; the same */
  guint64 labels_bytes;
  guint64 packed_bytes; /* of all archives that stand in no other */
  GError *error; /* nullable */

  GMutex lock; /* the items' errors, and what follows */
  GCond released; /* a worker is free, or one more may start */
  guint64 unpacked_bytes; /* of the whole tree */
  guint64 n_uses;
  GQueue pass_phrases; /* CotBundlePassPhrase, the newest first */
  guint n_pass_phrases; /* how many there were: the number of the newest one */
};

/* While the bundle is being opened. @label must be valid UTF-8; both texts are taken. */
CotBundleItem *cot_bundle_add_item (CotBundle *self, char *label, char *path, guint64 size_bytes);
CotBundleItem *cot_bundle_get_item (CotBundle *self, guint index);
/* Replaces what was known; (transfer full). */
void cot_bundle_set_member_error (CotBundle *self, guint index, GError *error);
void cot_bundle_set_error_from_errno (GError **error, int number);

gboolean cot_bundle_list_folder (CotBundle *self, GCancellable *cancellable, GError **error);

/* cot-bundle-archive.c: what an archive says, and what it gives */
GError *cot_bundle_error_from_status (CotUnpackStatus status, guint detail);
char *cot_bundle_archive_dup_label (CotBundleArchive *self, const CotUnpackEntry *entry);
gboolean cot_bundle_list_archive (CotBundle *self, int fd, GCancellable *cancellable,
                                  GError **error);
CotSource *cot_bundle_read_archived (CotBundle *self, guint index, GCancellable *cancellable,
                                     GError **error);

/* cot-bundle-workers.c: who reads it */
gboolean cot_bundle_is_gzip (int fd);
CotBundleArchive *cot_bundle_archive_new (CotBundle *bundle, CotBundleArchive *parent,
                                          guint holder);
void cot_bundle_archive_free (CotBundleArchive *self);
/* The items of an archive that has none yet; a fault of the list as a whole is a @status. */
gboolean cot_bundle_archive_list (CotBundleArchive *self, CotUnpackStatus *status,
                                  GCancellable *cancellable, GError **error);
gboolean cot_bundle_archive_read (CotBundleArchive *self, guint index, CotSpool *into,
                                  CotUnpackStatus *status, GCancellable *cancellable,
                                  GError **error);
/* Gives up what nobody uses just now: few nested archives keep their data and their worker. */
void cot_bundle_archives_rest (CotBundle *self);

/* cot-bundle-pass-phrase.c: what encrypted members are read with */
void cot_bundle_wipe_pass_phrases (CotBundle *self);
gboolean cot_bundle_has_pass_phrase (CotBundle *self);
/* To try one after the other: the numbers of all of them, that first which fits the archive as far
 * as is known; [0] where there is none. (transfer full) */
GArray *cot_bundle_list_pass_phrases (CotBundle *self, CotBundleItem *item);
gboolean cot_bundle_hand_on_pass_phrase (CotBundle *self, guint number, CotUnpacker *worker,
                                         GError **error);
void cot_bundle_set_pass_phrase_error (CotBundle *self, guint index, GError *error);

/* cot-bundle-nested.c: archives that are members */
/* The data of a member, or a file of a folder, as a descriptor; -1 with @error. */
int cot_bundle_open_holder (CotBundle *self, guint index, CotUnpackStatus *status,
                            GCancellable *cancellable, GError **error);
int cot_bundle_open_file (const char *path, GError **error);
GError *cot_bundle_error_for_part (const char *name);
/* FALSE: cancelled. */
gboolean cot_bundle_list_nested (CotBundle *self, GCancellable *cancellable, GError **error);

G_END_DECLS
