/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cot-engine.h"

G_BEGIN_DECLS

/* @path: of the file */
typedef void (*CotNewDetectorSaved) (const char *path, gpointer data);

/* Lets the user complete a draft, shows how many entries of the log it knows, and writes it as a
 * new file of the user's own knowledge. @draft: (transfer full); @saved is called before the dialog
 * goes, and @data is an object that is kept until then. */
void cot_new_detector_dialog_present (GtkWindow *parent, CotSession *session, CotLog *log,
                                      CotDraft *draft, CotNewDetectorSaved saved, gpointer data);
/* The same form for one that was loaded from its file, in whose place it is written. */
void cot_new_detector_dialog_present_again (GtkWindow *parent, CotSession *session,
                                            CotOwnDetector *own, CotDraft *draft,
                                            CotNewDetectorSaved saved, gpointer data);

G_END_DECLS
