/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Whoever includes this says before it in DEADLINE_SECONDS how long a condition may take. */

static gboolean
keep_waking (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the main loop until the condition holds; fails the test after the deadline. */
#define wait_until(condition) \
  G_STMT_START \
  { \
    gint64 deadline = g_get_monotonic_time () + DEADLINE_SECONDS * G_USEC_PER_SEC; \
    guint ticks = g_timeout_add (5, keep_waking, NULL); \
\
    while (!(condition)) \
      { \
        g_assert_cmpint (g_get_monotonic_time (), <, deadline); \
        g_main_context_iteration (NULL, TRUE); \
      } \
    g_source_remove (ticks); \
  } \
  G_STMT_END
