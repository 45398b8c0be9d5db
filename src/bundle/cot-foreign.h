/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-bundle.h"

G_BEGIN_DECLS

/* Files that people open in good faith, and that are neither a log nor an archive that is read
 * here. As text they would be nonsense, in which nothing is found, and that looks like health.
 * Blocking: for worker threads. */

/* By the first bytes. @path is nullable: the name of a part of a split archive says so, too. FALSE
 * with COT_BUNDLE_ERROR where it is one. */
gboolean cot_foreign_check (CotSource *source, const char *path, GError **error);
/* A program that unpacks itself: where no zip is in it, a cabinet may be. */
gboolean cot_foreign_check_program (CotSource *source, GCancellable *cancellable,
                                    GError **error);
/* Documents of office programs are zips. */
gboolean cot_foreign_check_bundle (CotBundle *bundle, GError **error);

G_END_DECLS
