/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-rows.h"

#include "cot-event-export.h"
#include "cot-registry.h"
#include "cot-reports.h"

static const CotConversion *const conversions[] = {
  &cot_conversion_registry,
  &cot_conversion_results,
  &cot_conversion_mdm_xml,
  &cot_conversion_mdm_html,
  &cot_conversion_event_export,
};

/**
 * cot_conversions_detect:
 * @head: (array length=length_bytes): the first block, as UTF-8 where it was UTF-16
 * @length_bytes: its length
 *
 * Returns: (transfer none) (nullable): how to make rows of such a file; NULL where it is lines
 */
const CotConversion *
cot_conversions_detect (const char *head, gsize length_bytes)
{
  for (guint i = 0; i < G_N_ELEMENTS (conversions); i++)
    if (conversions[i]->claims (head, length_bytes))
      return conversions[i];
  return NULL;
}

/**
 * cot_conversions_get:
 * @index: from 0
 *
 * Returns: (transfer none) (nullable): a conversion; %NULL beyond the last one
 */
const CotConversion *
cot_conversions_get (guint index)
{
  return index < G_N_ELEMENTS (conversions) ? conversions[index] : NULL;
}
