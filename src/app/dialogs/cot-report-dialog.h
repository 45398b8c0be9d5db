/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Writes a report on the case: shows what will be masked, which can be switched off, asks where to,
 * and writes. It goes when that is done. A toast of @parent says so (action "win.toast"). */
void cot_report_dialog_present (GtkWindow *parent, CotCase *a_case);

G_END_DECLS
