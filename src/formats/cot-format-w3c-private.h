/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-format.h"

G_BEGIN_DECLS

#define COT_W3C_MAX_COLUMNS 64
#define COT_W3C_MAX_LAYOUTS 8
#define COT_W3C_NAMES_BYTES 1024

/* The columns that mean something here. */
typedef enum
{
  COT_W3C_DATE,
  COT_W3C_TIME,
  COT_W3C_SITE,
  COT_W3C_METHOD,
  COT_W3C_STEM, /* or the whole address */
  COT_W3C_QUERY,
  COT_W3C_USER,
  COT_W3C_CLIENT,
  COT_W3C_STATUS,
  COT_W3C_SUBSTATUS,
  COT_W3C_WIN32_STATUS,
  COT_W3C_TIME_TAKEN,
  COT_W3C_REASON, /* HTTP.sys */
  COT_W3C_ACTION, /* the firewall */
  COT_W3C_PROTOCOL,
  COT_W3C_TARGET,
  COT_W3C_CLIENT_PORT,
  COT_W3C_TARGET_PORT,
  COT_W3C_PATH,
  COT_W3C_PROCESS,
  COT_W3C_N_COLUMNS,
} CotW3cColumn;

/* Compared and kept as bytes: no pointers, no padding. */
typedef struct
{
  guint8 n_columns;
  guint8 index_of[COT_W3C_N_COLUMNS]; /* from 1; 0 where there is no such column */
  char names[COT_W3C_NAMES_BYTES]; /* as the file has them; empty where they are longer */
} CotW3cLayout;

typedef struct
{
  gint64 day_usec; /* of files whose lines have no date; COT_TIME_NONE */
  guint32 is_local;
  guint32 n_layouts;
  CotW3cLayout layouts[COT_W3C_MAX_LAYOUTS];
} CotW3cContext;

typedef struct
{
  CotSpan values[COT_W3C_MAX_COLUMNS];
  guint n_values; /* may be more than there is room for */
} CotW3cLine;

void cot_w3c_split (const char *data, gsize from, gsize to, CotW3cLine *line);
/* FALSE where it names no column that is known, or too many. */
gboolean cot_w3c_read_layout (CotSpan names, CotW3cLayout *layout);
CotSpan cot_w3c_get_value (const CotW3cLine *line, const CotW3cLayout *layout,
                           CotW3cColumn column);
gboolean cot_w3c_is_request (const CotW3cLayout *layout);
gboolean cot_w3c_is_packet (const CotW3cLayout *layout);
CotSeverity cot_w3c_get_severity (const CotW3cLine *line, const CotW3cLayout *layout);
/* "GET /path?query 403.7 (64) 12 ms from 192.0.2.7  s-port=443 ...": first what people read first,
 * then the other columns by their names. FALSE where it is no request and no packet. */
gboolean cot_w3c_compose (const CotW3cLine *line, const CotW3cLayout *layout, GString *message);

G_END_DECLS
