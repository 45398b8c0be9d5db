/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-draft.h"

G_BEGIN_DECLS

/* A detector of the user's own, to be changed where it stands. Whatever else its file holds stays
 * as it is. All files are read and written on workers, one after the other; what was changed is
 * known after cot_session_read_own_knowledge_async().
 *
 * Errors: COT_KNOWLEDGE_ERROR where it cannot be read or would be wrong; G_IO_ERROR, of which
 * WRONG_ETAG means that somebody else changed the file meanwhile. */
typedef struct _CotOwnDetector CotOwnDetector;

/* What of it a draft cannot hold. */
typedef enum
{
  COT_OWN_DETECTOR_FITS,
  COT_OWN_DETECTOR_HAS_PATTERN, /* of its own */
  COT_OWN_DETECTOR_HAS_CONDITIONS,
  COT_OWN_DETECTOR_HAS_SEVERAL, /* logs, steps or samples */
  COT_OWN_DETECTOR_HAS_MORE, /* a cause, an attribute, a comment, ... */
} CotOwnDetectorShape;

CotOwnDetector *cot_own_detector_new (const CotDetector *detector);
CotOwnDetector *cot_own_detector_ref (CotOwnDetector *self);
void cot_own_detector_unref (CotOwnDetector *self);
const char *cot_own_detector_get_id (CotOwnDetector *self);
const char *cot_own_detector_get_path (CotOwnDetector *self);

/* As its file says now. NULL without an error: a draft cannot hold it, see @shape. */
void cot_own_detector_load_async (CotOwnDetector *self, GAsyncReadyCallback callback,
                                  gpointer data);
CotDraft *cot_own_detector_load_finish (CotOwnDetector *self, GAsyncResult *result,
                                        CotOwnDetectorShape *shape, GError **error);
/* Writes the draft in its place, where it still is what was loaded. */
void cot_own_detector_replace_async (CotOwnDetector *self, const CotDraft *draft,
                                     GAsyncReadyCallback callback, gpointer data);
gboolean cot_own_detector_replace_finish (CotOwnDetector *self, GAsyncResult *result,
                                          GError **error);
/* Takes it out of its file; a file in which nothing else stood goes. */
void cot_own_detector_remove_async (CotOwnDetector *self, GAsyncReadyCallback callback,
                                    gpointer data);
gboolean cot_own_detector_remove_finish (CotOwnDetector *self, GAsyncResult *result,
                                         GError **error);
/* Puts back what cot_own_detector_remove_async() took, where its file is as that left it. */
void cot_own_detector_restore_async (CotOwnDetector *self, GAsyncReadyCallback callback,
                                     gpointer data);
gboolean cot_own_detector_restore_finish (CotOwnDetector *self, GAsyncResult *result,
                                          GError **error);
/* See cot_detector_is_switched_off(). */
void cot_own_detector_switch_async (CotOwnDetector *self, gboolean on,
                                    GAsyncReadyCallback callback, gpointer data);
gboolean cot_own_detector_switch_finish (CotOwnDetector *self, GAsyncResult *result,
                                         GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotOwnDetector, cot_own_detector_unref)

G_END_DECLS
