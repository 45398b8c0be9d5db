/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a code means: symbol, family, meaning, and its other spellings with copy buttons. */
GtkWidget *cot_code_card_new (const CotCode *code, gboolean known);

G_END_DECLS
