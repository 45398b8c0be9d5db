/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the documentation says about the value of a name. */
typedef enum
{
  COT_SETUP_VALUE_ANY,
  COT_SETUP_VALUE_NUMBER, /* from low to high */
  COT_SETUP_VALUE_CHOICE, /* one of the words, without regard to case */
  COT_SETUP_VALUE_CHOICES, /* some of the words, separated by ; */
  COT_SETUP_VALUE_LETTERS, /* made of the letters */
  COT_SETUP_VALUE_GUID,
  COT_SETUP_VALUE_SITE_CODE, /* three characters, or AUTO */
} CotSetupValueKind;

typedef struct
{
  const char *name; /* small letters; parameters without the slash */
  CotSetupValueKind kind;
  const char *words; /* separated by | */
  guint64 low;
  guint64 high;
} CotSetupName;

const CotSetupName *cot_setup_find_parameter (const char *name); /* (nullable); any case */
const CotSetupName *cot_setup_find_property (const char *name);
/* Written by the product itself: not documented, and nobody's mistake. */
gboolean cot_setup_is_internal_parameter (const char *name);
gboolean cot_setup_is_internal_property (const char *name);
gboolean cot_setup_value_is_valid (const CotSetupName *name, const char *value);

G_END_DECLS
