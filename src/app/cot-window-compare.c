/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A device that works beside one that fails: along a journey, and their logs side by side. */

#include "cot-window-private.h"

#include <glib/gi18n.h>

#include "cot-beside-pane.h"
#include "cot-compare-dialog.h"

static gboolean
has_place (CotWindow *self, const CotComparePlace *place)
{
  GPtrArray *cases = cot_case_is_bundle (place->a_case) ? self->bundles : self->loose;

  return g_ptr_array_find (cases, place->a_case, NULL)
         && cot_case_find_log (place->a_case, place->log) >= 0;
}

/* The window comes before the comparison, whose user wants to go on with that. */
static void
tell_way_back (CotWindow *self)
{
  cot_window_show_toast_with (self, _("The comparison is behind this window"),
                              _("_Back to It"), "win.compare-devices");
}

static void
go_to (const CotComparePlace *place, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  cot_window_show_entry (self, place->a_case, place->log, place->ordinal);
  if (has_place (self, place))
    tell_way_back (self);
}

/* How much later the other one was written; COT_TIME_NONE where that cannot be told. */
static gint64
get_distance (const CotComparePlace *one, const CotComparePlace *other)
{
  gint64 from = cot_log_get_common_time (one->log, one->ordinal);
  gint64 to = cot_log_get_common_time (other->log, other->ordinal);
  gint64 apart_usec;

  if (from == COT_TIME_NONE || to == COT_TIME_NONE
      || __builtin_sub_overflow (to, from, &apart_usec))
    return COT_TIME_NONE;
  return apart_usec;
}

static void
show_both (const CotComparePlace *one, const CotComparePlace *other, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  if (!has_place (self, one) || !has_place (self, other))
    {
      cot_window_show_toast (self, _("The log was closed."));
      return;
    }
  gtk_window_present (GTK_WINDOW (self));
  /* The second one has a tab, too; the first one is the tab in front. */
  cot_window_add_tab (self, other->a_case, other->log, FALSE);
  cot_window_go_to_alone (self, one->a_case, one->log, one->ordinal);
  cot_window_show_beside (self, cot_window_find_tab (self, other->log));
  cot_beside_pane_show_pair (COT_BESIDE_PANE (self->beside), other->ordinal,
                             get_distance (one, other));
  tell_way_back (self);
}

static void
on_compare (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const CotCompareActions actions = { go_to, show_both };
  CotWindow *self = COT_WINDOW (data);
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->bundles->len; i++)
    g_ptr_array_add (cases, g_object_ref (self->bundles->pdata[i]));
  for (guint i = 0; i < self->loose->len; i++)
    g_ptr_array_add (cases, g_object_ref (self->loose->pdata[i]));
  cot_compare_dialog_present (GTK_WINDOW (self), cases, self->current_case, &actions, self);
}

void
cot_window_init_compare (CotWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "compare-devices", .activate = on_compare },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
