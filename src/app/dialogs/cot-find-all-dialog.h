/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cot-code-log.h"

G_BEGIN_DECLS

/* One text in many logs, and a list of where it stands. Not modal: each line leads to its row. */
typedef struct
{
  /* (element-type CotCodeLog) (transfer full): those in tabs, or all that are open */
  GPtrArray *(*list_logs) (gboolean only_tabs, gpointer data);
  void (*go_to) (CotCase *a_case, CotLog *log, guint64 ordinal, gpointer data);
  gpointer data; /* lives as long as the parent */
} CotFindAllClient;

/* @question: (nullable): what to begin with; else what was looked for last, if the window still
 * stands */
void cot_find_all_dialog_present (GtkWindow *parent, const CotFindQuestion *question,
                                  const CotFindAllClient *client);

G_END_DECLS
