/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-dates-private.h"

#include "cot-lines-private.h"

#define FIRST_YEAR 1980
#define LAST_YEAR 2099

/* What the dates of a file tell about their order. */
typedef struct
{
  guint n_above_12[2]; /* the first number, the second */
  guint n_backwards[2]; /* against the time, the month first, the day first */
  gint64 before_usec[2];
  guint n_dots;
  guint n_open; /* dates that can be read both ways */
  gint32 year;
  gboolean lacks_year;
  int month_before; /* of the last date without a year */
  gboolean turns_year; /* they are of two years, and no line tells which is which */
} Evidence;

static void
take_open_date (Evidence *evidence, const CotStamp *stamp)
{
  static const CotDateOrder orders[] = { COT_DATE_ORDER_MONTH_FIRST, COT_DATE_ORDER_DAY_FIRST };

  evidence->n_open++;
  evidence->n_dots += stamp->kind == COT_STAMP_DOTS;
  evidence->n_above_12[0] += stamp->first > 12 && stamp->second <= 12;
  evidence->n_above_12[1] += stamp->second > 12 && stamp->first <= 12;
  for (guint i = 0; i < 2; i++)
    {
      gint64 time_usec = cot_stamp_get_time (stamp, orders[i], 0);

      if (time_usec == COT_TIME_NONE)
        continue;
      evidence->n_backwards[i] += time_usec < evidence->before_usec[i];
      evidence->before_usec[i] = time_usec;
    }
}

static void
take_stamp (Evidence *evidence, const CotStamp *stamp)
{
  if (stamp->kind == COT_STAMP_SLASHES || stamp->kind == COT_STAMP_DOTS)
    take_open_date (evidence, stamp);
  if (stamp->kind == COT_STAMP_MONTH_NAME && stamp->year == 0)
    {
      evidence->lacks_year = TRUE;
      evidence->turns_year |= stamp->first < evidence->month_before;
      evidence->month_before = stamp->first;
    }
  else if (evidence->year == 0 && stamp->year >= FIRST_YEAR && stamp->year <= LAST_YEAR)
    evidence->year = stamp->year;
}

/* @is_first: the block begins with a line, and not inside of one. */
static void
take_block (Evidence *evidence, const CotSpan *block, gboolean is_first,
            CotReadLineStamp read_stamp, gsize stamp_bytes)
{
  gsize i = 0;

  if (is_first)
    i = cot_content_start (block->data, block->length_bytes);
  else
    i = cot_find_line_end (block->data, 0, block->length_bytes);
  while (i < block->length_bytes)
    {
      gsize line_end = cot_find_line_end (block->data, i, block->length_bytes);
      CotStamp stamp;

      /* The last line may be cut. */
      if ((line_end < block->length_bytes || line_end - i >= stamp_bytes)
          && read_stamp (block->data, i, line_end, &stamp))
        take_stamp (evidence, &stamp);
      for (i = line_end; i < block->length_bytes && cot_is_filler (block->data[i]);)
        i++;
    }
}

/* A number above 12 is no month. Where there is none, the reading is right in which time runs
 * forward; where both do, slashes mean the month first, and dots the day. */
static CotDateOrder
judge_order (const Evidence *evidence)
{
  if (evidence->n_above_12[0] != evidence->n_above_12[1])
    return evidence->n_above_12[0] > evidence->n_above_12[1] ? COT_DATE_ORDER_DAY_FIRST
                                                             : COT_DATE_ORDER_MONTH_FIRST;
  if (evidence->n_backwards[0] != evidence->n_backwards[1])
    return evidence->n_backwards[0] > evidence->n_backwards[1] ? COT_DATE_ORDER_DAY_FIRST
                                                               : COT_DATE_ORDER_MONTH_FIRST;
  return evidence->n_dots * 2 > evidence->n_open ? COT_DATE_ORDER_DAY_FIRST
                                                 : COT_DATE_ORDER_MONTH_FIRST;
}

static void
take_blocks (Evidence *evidence, const CotSpan *blocks, guint n_blocks,
             CotReadLineStamp read_stamp, gsize stamp_bytes)
{
  *evidence = (Evidence){ .before_usec = { G_MININT64, G_MININT64 } };
  for (guint i = 0; i < n_blocks; i++)
    take_block (evidence, &blocks[i], i == 0, read_stamp, stamp_bytes);
}

/* Only a number above 12 is proof. */
CotProof
cot_dates_judge (const CotSpan *blocks, guint n_blocks, CotReadLineStamp read_stamp,
                 gsize stamp_bytes)
{
  Evidence evidence;

  take_blocks (&evidence, blocks, n_blocks, read_stamp, stamp_bytes);
  if (evidence.n_open == 0)
    return COT_PROOF_NOT_ASKED;
  return evidence.n_above_12[0] == evidence.n_above_12[1] ? COT_PROOF_OPEN : COT_PROOF_GIVEN;
}

gboolean
cot_dates_learn (const CotSpan *blocks, guint n_blocks, CotReadLineStamp read_stamp,
                 gsize stamp_bytes, CotDates *dates)
{
  Evidence evidence;

  *dates = (CotDates){ 0, COT_DATE_ORDER_UNKNOWN };
  take_blocks (&evidence, blocks, n_blocks, read_stamp, stamp_bytes);
  if (evidence.n_open > 0)
    dates->order = judge_order (&evidence);
  if (evidence.lacks_year && !evidence.turns_year)
    dates->year = evidence.year;
  return dates->order != COT_DATE_ORDER_UNKNOWN || dates->year != 0;
}

gint64
cot_dates_get_time (const CotDates *self, const CotStamp *stamp)
{
  if (self == NULL)
    return cot_stamp_get_time (stamp, COT_DATE_ORDER_UNKNOWN, 0);
  return cot_stamp_get_time (stamp, (CotDateOrder) self->order, self->year);
}
