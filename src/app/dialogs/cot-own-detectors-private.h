/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cot-engine.h"

G_BEGIN_DECLS

/* The dialog of the user's own detectors, between its files. */

typedef struct
{
  GtkWindow *window; /* the dialog lives as long as it */
  CotSession *session;
  GtkWidget *summary;
  GtkWidget *list;
  GtkWidget *check;
  GtkWidget *message; /* what was done, or why not */
  GtkWidget *undo;
  CotOwnDetector *removed; /* (nullable): what that would put back */
  GHashTable *shown_whole; /* set of paths */
  GHashTable *parts; /* name to widget: the list is made anew, and the focus stays where it was */
  char *focus; /* (nullable): where it goes when the list is made anew */
  gboolean gone; /* with all its widgets */
} CotOwnDetectors;

/* What a button is about; lives as long as it. */
typedef struct
{
  CotOwnDetectors *dialog;
  CotOwnDetector *detector; /* (nullable) */
  char *path;
  char *title;
} CotOwnDetectorsTarget;

/* cot-own-detectors-list.c */
void cot_own_detectors_fill (CotOwnDetectors *self);
/* When the list is made anew, the focus goes to a part of that kind for the same detector, or
 * file. */
void cot_own_detectors_set_focus (CotOwnDetectors *self, const char *kind, const char *path,
                                  const char *id);

/* cot-own-detectors-change.c: what the buttons do */
void cot_own_detectors_open_file (const CotOwnDetectorsTarget *target);
void cot_own_detectors_edit (const CotOwnDetectorsTarget *target);
void cot_own_detectors_delete (const CotOwnDetectorsTarget *target);
void cot_own_detectors_switch (const CotOwnDetectorsTarget *target, gboolean on);
/* Puts back what was deleted last. */
void cot_own_detectors_undo (CotOwnDetectors *self);

G_END_DECLS
