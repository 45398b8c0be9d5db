/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cot-print-pages.h"

G_BEGIN_DECLS

/* The pages as they will be printed, one at a time. Its button says "preview.print", which is for
 * who made it to add. (transfer none): GTK keeps it until it is closed.
 *
 * @pages: (unowned): all found, and there as long as the window is */
GtkWindow *cot_print_preview_new (GtkWindow *parent, CotPrintPages *pages, GtkPageSetup *setup);

G_END_DECLS
