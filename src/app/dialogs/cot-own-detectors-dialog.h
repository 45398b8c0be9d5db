/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cot-engine.h"

G_BEGIN_DECLS

/* The knowledge files of the user: what each brought, and what is wrong with it. They are read anew
 * on request. */
void cot_own_detectors_dialog_present (GtkWindow *parent, CotSession *session);

G_END_DECLS
