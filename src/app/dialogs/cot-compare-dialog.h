/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* An entry that a milestone was seen in. */
typedef struct
{
  CotCase *a_case;
  CotLog *log;
  guint64 ordinal;
} CotComparePlace;

/* What the dialog wants done. */
typedef struct
{
  void (*go_to) (const CotComparePlace *place, gpointer data);
  /* Both side by side, and scrolled together from there. */
  void (*show_both) (const CotComparePlace *one, const CotComparePlace *other, gpointer data);
} CotCompareActions;

/* Two devices along a journey that both are on: what each has seen, when, and where they part.
 * @cases: (element-type CotCase): all that is open
 * @front: (nullable): the case in front, whose device comes first */
void cot_compare_dialog_present (GtkWindow *parent, GPtrArray *cases, CotCase *front,
                                 const CotCompareActions *actions, gpointer data);

G_END_DECLS
