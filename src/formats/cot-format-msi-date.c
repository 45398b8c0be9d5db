/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format-msi-private.h"

#include "cot-clock.h"

#include "cot-lines-private.h"

/* The header and the footer give the short date of a locale that they do not name. Of the short
 * dates that Windows comes with:
 *
 * - a year in front is followed by the month;
 * - with points or hyphens the day comes first;
 * - with slashes a number above 12 is the day;
 * - with slashes a zero in front of either number is not American, where neither the month nor the
 *   day gets one, and all others that pad begin with the day;
 * - what is left (5/4, 12/11) is read as American. */

static guint
read_number (CotSpan line, gsize *at, gint *number)
{
  guint n = 0;

  *number = 0;
  for (; n < 4 && *at < line.length_bytes && g_ascii_isdigit (line.data[*at]); n++)
    *number = *number * 10 + (line.data[(*at)++] - '0');
  return n;
}

/* Three numbers with one separator between, and a time behind them. */
static gboolean
read_date_at (CotSpan line, gsize at, CotMsiDate *date)
{
  CotMsiDate result = { .separator = '\0' };
  CotClockTime time;
  gsize end;

  for (guint i = 0; i < 3; i++)
    {
      result.n_digits[i] = read_number (line, &at, &result.numbers[i]);
      if (result.n_digits[i] == 0 || result.n_digits[i] == 3 || at >= line.length_bytes)
        return FALSE;
      if (i == 0)
        result.separator = line.data[at];
      if (i < 2 && (line.data[at++] != result.separator || strchr ("/.-", result.separator) == NULL
                    || result.separator == '\0'))
        return FALSE;
    }
  at = cot_skip_blanks (line.data, at, line.length_bytes);
  end = cot_skip_word (line.data, at, line.length_bytes);
  if (!cot_clock_parse_time (line.data + at, end - at, &time))
    return FALSE;
  result.of_day_usec = time.of_day_usec;
  *date = result;
  return TRUE;
}

gboolean
cot_msi_read_date_line (CotSpan line, CotMsiDate *date)
{
  if (!cot_span_has_prefix (line, "=== "))
    return FALSE;
  for (gsize i = 4; i < line.length_bytes && i < 200; i++)
    if (g_ascii_isdigit (line.data[i]) && line.data[i - 1] == ' ')
      return read_date_at (line, i, date);
  return FALSE;
}

CotMsiOrder
cot_msi_date_get_order (const CotMsiDate *date)
{
  if (date->n_digits[0] == 4)
    return COT_MSI_ORDER_YEAR_FIRST;
  if (date->separator != '/' || date->numbers[0] > 12)
    return COT_MSI_ORDER_DAY_FIRST;
  if (date->numbers[1] > 12)
    return COT_MSI_ORDER_MONTH_FIRST;
  for (guint i = 0; i < 2; i++)
    if (date->n_digits[i] == 2 && date->numbers[i] < 10)
      return COT_MSI_ORDER_DAY_FIRST;
  return COT_MSI_ORDER_UNSURE;
}

gint64
cot_msi_date_get_day (const CotMsiDate *date, CotMsiOrder order)
{
  CotMsiOrder own = cot_msi_date_get_order (date);
  gint year = date->numbers[2];

  if (own != COT_MSI_ORDER_UNSURE)
    order = own;
  if (order == COT_MSI_ORDER_YEAR_FIRST)
    return cot_clock_from_civil (date->numbers[0], date->numbers[1], year, 0, 0, 0, 0);
  if (date->n_digits[2] == 2)
    year += 2000;
  if (order == COT_MSI_ORDER_DAY_FIRST)
    return cot_clock_from_civil (year, date->numbers[1], date->numbers[0], 0, 0, 0, 0);
  return cot_clock_from_civil (year, date->numbers[0], date->numbers[1], 0, 0, 0, 0);
}
