/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The guide: what a new admin reads. Texts are English msgids, as in cot-detector.h; a text may
 * mark what can be copied by backquotes (cot_step_text_split). */
typedef struct
{
  const char *title; /* (nullable) */
  const char *text; /* (nullable) */
  const char *line; /* (nullable): the line of a healthy log, literal, never translated */
  const char *const *logs; /* where to look; ends with NULL */
  const char *const *detectors; /* ids; ends with NULL */
  const char *const *journeys; /* ids; ends with NULL */
} CotGuideItem;

typedef struct
{
  const char *id; /* basics which-log checklist paths healthy-path workloads faq ... */
  const char *title;
  const char *text; /* (nullable): introduction */
  gboolean numbered;
  const CotGuideItem *items;
  guint n_items;
} CotGuideSection;

typedef struct
{
  const CotGuideSection *sections;
  guint n_sections;
} CotGuide;

G_END_DECLS
