/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-layout.h"
#include "cot-member.h"
#include "cot-source.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define COT_BUNDLE_ERROR (cot_bundle_error_quark ())

typedef enum
{
  COT_BUNDLE_ERROR_UNSUPPORTED, /* a method */
  COT_BUNDLE_ERROR_ENCRYPTED, /* and no pass phrase was given */
  COT_BUNDLE_ERROR_LIMIT, /* a budget of what is unpacked is used up */
  COT_BUNDLE_ERROR_CORRUPT, /* overlap, broken data, a size that is not true */
  COT_BUNDLE_ERROR_CHECKSUM, /* the data came whole, but its CRC is wrong */
  COT_BUNDLE_ERROR_TRUNCATED, /* the end is missing; what came before is there */
  COT_BUNDLE_ERROR_WORKER, /* could not be locked in, died, hung, or talked nonsense */
  COT_BUNDLE_ERROR_NOT_AN_ARCHIVE,
  COT_BUNDLE_ERROR_LINK, /* links are not followed */
  COT_BUNDLE_ERROR_TOO_MANY, /* files, or levels of folders */
  COT_BUNDLE_ERROR_TOO_MANY_LOGS, /* among its files */
  COT_BUNDLE_ERROR_TOO_DEEP, /* archives inside archives */
  COT_BUNDLE_ERROR_NOT_LOOKED_INTO, /* one archive too many, or too large, in here */
  COT_BUNDLE_ERROR_REPEATS, /* an archive that holds itself */
  COT_BUNDLE_ERROR_WRONG_PASS_PHRASE,
  COT_BUNDLE_ERROR_PART_MISSING, /* of a set of cabinets */
  COT_BUNDLE_ERROR_NAME, /* is longer than any file's */
  COT_BUNDLE_ERROR_SPLIT, /* one part of a split archive */
  /* cot-foreign.h: what is known, and not opened */
  COT_BUNDLE_ERROR_SEVEN_ZIP,
  COT_BUNDLE_ERROR_RAR,
  COT_BUNDLE_ERROR_TAR,
  COT_BUNDLE_ERROR_DISC_IMAGE,
  COT_BUNDLE_ERROR_PDF,
  COT_BUNDLE_ERROR_PICTURE,
  COT_BUNDLE_ERROR_OFFICE,
  COT_BUNDLE_ERROR_CABINET_IN_PROGRAM,
} CotBundleError;

GQuark cot_bundle_error_quark (void);

typedef enum
{
  COT_BUNDLE_FOLDER,
  COT_BUNDLE_ARCHIVE, /* a zip, a cabinet, a file of gzip */
} CotBundleKind;

/* A folder or an archive, seen as a list of members. The list never changes once the bundle is
 * open. An archive inside it is a member, and what it holds are members too, behind all others:
 * "outer.cab/inner.log". What reading a member brings to light is kept beside it
 * (cot_bundle_dup_member_error).
 * Reference counted, any thread. Nothing from an archive is ever written under its own name. */
typedef struct _CotBundle CotBundle;

/* By the first bytes: a zip, a cabinet, or a file of gzip. */
gboolean cot_bundle_is_archive (const void *head, gsize length_bytes);
/* By the name: whether somebody says that it is one. */
gboolean cot_bundle_is_archive_name (const char *name);
/* The same of a part of a split archive: "logs.zip.001", "logs.7z.002" */
gboolean cot_bundle_is_part_name (const char *name);

/* Blocking: for worker threads. A folder is listed, an archive is listed by cotrace-unpack. */
CotBundle *cot_bundle_open (const char *path, GCancellable *cancellable, GError **error);
/* Archives that are encrypted members are listed only here. */
CotBundle *cot_bundle_open_with_pass_phrase (const char *path, const char *pass_phrase,
                                             GCancellable *cancellable, GError **error);
CotBundle *cot_bundle_ref (CotBundle *self);
void cot_bundle_unref (CotBundle *self);

CotBundleKind cot_bundle_get_kind (CotBundle *self);
const char *cot_bundle_get_path (CotBundle *self);
/* Who made it, by the names. */
CotLayout cot_bundle_get_layout (CotBundle *self);
CotLayoutNotes cot_bundle_get_layout_notes (CotBundle *self);
/* The computer that the logs come from, by the names; NULL where nothing says so, or several are
 * named: then each member says its own. */
const char *cot_bundle_get_device_name (CotBundle *self);
guint cot_bundle_get_n_devices (CotBundle *self);
const char *cot_bundle_get_device (CotBundle *self, guint index);
/* What is wrong with the list as a whole although it is usable: cut, or over a budget. */
GError *cot_bundle_dup_error (CotBundle *self);

guint cot_bundle_get_n_members (CotBundle *self);
const CotMember *cot_bundle_get_member (CotBundle *self, guint index);
/* Before reading: why the member cannot be read. After: what is wrong with what was read, or why
 * nothing was. NULL: nothing. */
GError *cot_bundle_dup_member_error (CotBundle *self, guint index);
/* Folders only: the real path, so that a log in a folder can be followed; NULL in an archive. */
char *cot_bundle_dup_member_path (CotBundle *self, guint index);

/* Any thread. For encrypted members of archives; kept in memory only, as long as the bundle. */
void cot_bundle_set_pass_phrase (CotBundle *self, const char *pass_phrase);
/* Whether a member cannot be read for want of one, or because it was wrong. */
gboolean cot_bundle_needs_pass_phrase (CotBundle *self);
/* Blocking: sets it, and tells whether it is wrong. */
gboolean cot_bundle_try_pass_phrase (CotBundle *self, const char *pass_phrase,
                                     GCancellable *cancellable, GError **error);

/* Blocking: for worker threads; calls at once have as many workers as there are
 * processors, and beyond that take turns. Data that is only partly
 * there (cut, wrong CRC) is returned, and the member's error says so. */
CotSource *cot_bundle_read_member (CotBundle *self, guint index, GCancellable *cancellable,
                                   GError **error);

/* Where cotrace-unpack is, for programs that run from a build tree. NULL: where it is installed. */
void cot_unpacker_set_program (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotBundle, cot_bundle_unref)

G_END_DECLS
