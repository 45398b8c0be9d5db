/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CotSeverity:
 *
 * How bad an entry or a finding is. The order is the order of importance.
 */
typedef enum
{
  COT_SEVERITY_UNKNOWN,
  COT_SEVERITY_VERBOSE,
  COT_SEVERITY_INFO,
  COT_SEVERITY_SUCCESS,
  COT_SEVERITY_WARNING,
  COT_SEVERITY_ERROR,
} CotSeverity;

#define COT_N_SEVERITIES 6

/* A moment that is not known; never shown as a date. */
#define COT_TIME_NONE G_MININT64

/* A bias that the writer did not give. */
#define COT_BIAS_NONE G_MININT16

/**
 * CotSpan:
 * @data: (nullable): the first byte; not NUL-terminated
 * @length_bytes: the number of bytes
 *
 * A piece of somebody else's buffer. It never owns what it points at.
 */
typedef struct
{
  const char *data;
  gsize length_bytes;
} CotSpan;

const char *cot_severity_to_string (CotSeverity severity);
gboolean cot_severity_from_string (const char *text, CotSeverity *severity);

G_END_DECLS
