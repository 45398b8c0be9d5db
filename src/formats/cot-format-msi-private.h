/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-format.h"

G_BEGIN_DECLS

/* A date as the short date of the locale that the installer ran in has it. */
typedef struct
{
  gint numbers[3];
  guint n_digits[3];
  char separator;
  gint64 of_day_usec;
} CotMsiDate;

typedef enum
{
  COT_MSI_ORDER_UNSURE,
  COT_MSI_ORDER_DAY_FIRST,
  COT_MSI_ORDER_MONTH_FIRST,
  COT_MSI_ORDER_YEAR_FIRST,
} CotMsiOrder;

/* The date of a line such as "=== Logging started: 4/25/2026  4:25:27 ===", in any language. */
gboolean cot_msi_read_date_line (CotSpan line, CotMsiDate *date);
/* What the date says by itself, without a guess. */
CotMsiOrder cot_msi_date_get_order (const CotMsiDate *date);
/* The midnight before it, with @order where it says none itself; COT_TIME_NONE. */
gint64 cot_msi_date_get_day (const CotMsiDate *date, CotMsiOrder order);

/* Whether it is one of the installer's messages: "Error 1722. text". */
gboolean cot_msi_is_numbered (CotSpan message);
/* How bad a message is; @in_action: of a line "Action ended 4:25:27: Name. Return value 1." */
CotSeverity cot_msi_get_severity (CotSpan message, gboolean in_action);
/* What of a message decided in there; no data where only its words did, or nothing. */
CotSpan cot_msi_find_outcome (CotSpan message);

G_END_DECLS
