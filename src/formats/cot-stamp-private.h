/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-format.h"

G_BEGIN_DECLS

/* How the numbers of a date stand. */
typedef enum
{
  COT_STAMP_YEAR_FIRST, /* 2024-09-09, also with slashes or dots */
  COT_STAMP_SLASHES, /* 9/9/2024, 09-09-2024: the day or the month comes first */
  COT_STAMP_DOTS, /* 9.9.2024: the same, but rather the day */
  COT_STAMP_MONTH_NAME, /* Sep  9, with the year anywhere or nowhere */
  COT_STAMP_CLOCK, /* no date */
} CotStampKind;

typedef enum
{
  COT_DATE_ORDER_UNKNOWN,
  COT_DATE_ORDER_MONTH_FIRST,
  COT_DATE_ORDER_DAY_FIRST,
} CotDateOrder;

/* A time as it stands in front of a line. Nothing says that there is such a day. */
typedef struct
{
  CotStampKind kind;
  gsize end; /* behind the time and its zone */
  int year; /* 0: not said */
  int first; /* month or day, where the kind leaves that open; else the month */
  int second;
  gint64 of_day_usec; /* COT_TIME_NONE: no such time of day */
  gint16 bias_minutes;
} CotStamp;

/* No stamp is longer, brackets left out. */
#define COT_STAMP_MAX_BYTES 64

/* The stamp at @from; it never looks beyond @to, a line end, or COT_STAMP_MAX_BYTES. */
gboolean cot_stamp_read (const char *data, gsize from, gsize to, CotStamp *stamp);
/* The wall clock, or COT_TIME_NONE where it does not say one. @year: for a date without. */
gint64 cot_stamp_get_time (const CotStamp *stamp, CotDateOrder order, int year);

G_END_DECLS
