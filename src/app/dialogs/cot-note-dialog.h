/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cot-engine.h"

G_BEGIN_DECLS

/* Asks for the note of an entry, which is marked when it is kept.
 * @log: the log of the entry, no merge
 * @entry: what the entry says, shown above the note */
void cot_note_dialog_present (GtkWindow *parent, CotLog *log, guint64 ordinal, const char *entry);

G_END_DECLS
