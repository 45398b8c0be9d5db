/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-time-sentences.h"

#include <glib/gi18n.h>
#include <string.h>

/* 1995: the first clients of Systems Management Server were a few months old. */
#define FIRST_CREDIBLE_SECONDS G_GINT64_CONSTANT (788918400)

static const char *
get_bias_reason (CotBiasWriter writer)
{
  switch (writer)
    {
    case COT_BIAS_WRITER_NATIVE:
      return _("added to the clock, as Windows components write it");
    case COT_BIAS_WRITER_EAST_POSITIVE:
      return _("subtracted from the clock, as script writers mean it");
    case COT_BIAS_WRITER_UNKNOWN:
    default:
      return _("taken as Windows components write it");
    }
}

static char *
dup_utc_line (const CotEntryTime *time, CotBiasWriter writer)
{
  g_autofree char *utc = cot_entry_time_dup_text (time, COT_CLOCK_UTC);

  if (time->bias_is_carried)
    /* Translators: a time, and minutes such as +300 */
    return g_strdup_printf (_("UTC %s: this line gives no usable bias, the last one above that "
                              "does gives %+d minutes"),
                            utc, time->bias_minutes);
  return g_strdup_printf (_("UTC %s: a bias of %+d minutes, %s"), utc, time->bias_minutes,
                          get_bias_reason (writer));
}

char *
cot_time_sentence_dup_meaning (const CotEntryTime *time, CotBiasWriter writer, CotClockMode mode)
{
  g_autofree char *written = cot_entry_time_dup_text (time, COT_CLOCK_WRITTEN);
  g_autofree char *utc = NULL;

  if (written == NULL)
    return NULL;
  if (time->bias_minutes == COT_BIAS_NONE)
    return mode == COT_CLOCK_WRITTEN
               ? g_strdup (_("The log does not say which time zone this clock was in."))
               : g_strdup (_("The log does not say which time zone this clock was in: it is shown "
                             "as written."));
  utc = dup_utc_line (time, writer);
  if (mode == COT_CLOCK_WRITTEN)
    return g_steal_pointer (&utc);
  /* Translators: the time as it stands in the log */
  return g_strdup_printf (_("As written: %s\n%s"), written, utc);
}

/* A time without its day, where that is the same. */
static const char *
skip_same_day (const char *time, const char *other)
{
  const gsize length = strlen ("2026-11-18 ");

  return strlen (time) > length && strncmp (time, other, length) == 0 ? time + length : time;
}

static char *
dup_bias (const CotEntryTime *time)
{
  /* Translators: minutes that are added to a clock to get UTC */
  return time->bias_is_carried ? g_strdup_printf (_("bias %+d, of a line above"),
                                                  time->bias_minutes)
                               : g_strdup_printf (_("bias %+d"), time->bias_minutes);
}

char *
cot_time_sentence_dup (const CotEntryTime *time, CotClockMode mode)
{
  g_autofree char *written = cot_entry_time_dup_text (time, COT_CLOCK_WRITTEN);
  g_autofree char *shown = NULL;
  g_autofree char *utc = NULL;
  g_autofree char *bias = NULL;

  if (written == NULL)
    return g_strdup (_("This entry has no time of its own."));
  if (time->bias_minutes == COT_BIAS_NONE)
    return mode == COT_CLOCK_WRITTEN ? g_steal_pointer (&written)
                                     /* Translators: a time */
                                     : g_strdup_printf (_("%s as written, time zone not known"),
                                                        written);
  bias = dup_bias (time);
  shown = cot_entry_time_dup_text (time, mode);
  utc = cot_entry_time_dup_text (time, COT_CLOCK_UTC);
  if (mode == COT_CLOCK_WRITTEN)
    /* Translators: the clock as written, then UTC, then the bias in minutes */
    return g_strdup_printf (_("%s, UTC %s (%s)"), written, skip_same_day (utc, written), bias);
  if (mode == COT_CLOCK_UTC)
    /* Translators: UTC, then the clock as written, then the bias in minutes */
    return g_strdup_printf (_("UTC %s, written %s (%s)"), utc, skip_same_day (written, utc), bias);
  /* Translators: the clock of this computer, then that of the log, then the bias in minutes */
  return g_strdup_printf (_("Local time %s, written %s (%s)"), shown,
                          skip_same_day (written, shown), bias);
}

gboolean
cot_time_is_credible (gint64 time_usec)
{
  return time_usec >= FIRST_CREDIBLE_SECONDS * G_USEC_PER_SEC;
}

/* Thousands of hours say nothing, and seconds by the million neither. */
char *
cot_time_sentence_dup_elapsed (gint64 elapsed_usec)
{
  return ABS (elapsed_usec) < G_TIME_SPAN_DAY ? cot_clock_format_elapsed_long (elapsed_usec)
                                              : cot_clock_format_elapsed (elapsed_usec);
}
