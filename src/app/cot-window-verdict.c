/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>

#include "cot-summary-sentences.h"
#include "cot-tooltip.h"

/* What the window says of the case in front while the panel, which says it all, is closed: how many
 * findings there are, or that nothing is wrong. */

/* Practice asks for the verdict; a merge may have cases that say something else. */
static gboolean
may_tell (CotWindow *self, CotCase *a_case)
{
  CotLog *front = self->page != NULL ? cot_log_page_get_log (self->page) : NULL;

  if (a_case == NULL || !cot_case_get_settled (a_case) || cot_case_get_n_logs (a_case) == 0
      || cot_case_get_exercise (a_case) != NULL)
    return FALSE;
  for (guint i = 0;
       COT_IS_MERGED_LOG (front) && i < cot_merged_log_get_n_logs (COT_MERGED_LOG (front)); i++)
    if (cot_merged_log_get_case (COT_MERGED_LOG (front), i) != a_case)
      return FALSE;
  return TRUE;
}

/* (nullable): nothing is to be said, or findings say it. */
static char *
dup_verdict (CotWindow *self, CotCase *a_case, gboolean *is_well)
{
  g_autoptr (CotSummary) summary = NULL;

  *is_well = FALSE;
  if (!may_tell (self, a_case))
    return NULL;
  summary = cot_case_sum_up (a_case);
  if (summary->n_troubles > 0)
    return NULL;
  if (summary->n_stopped > 0)
    return cot_sentence_dup_stopped (summary->part_read);
  if (cot_sentence_is_blank (summary))
    return g_strdup (cot_sentence_get_blank ());
  *is_well = cot_sentence_is_well (summary->n_signs, summary->n_stuck, summary->n_unexplained);
  return g_strdup (
      cot_sentence_get_verdict (summary->n_signs, summary->n_stuck, summary->n_unexplained));
}

static void
update_button (CotWindow *self, const char *verdict, gboolean is_well)
{
  const char *what = _("Findings, guide and codes (Shift+F9)");
  g_autofree char *tooltip = verdict != NULL ? g_strdup_printf ("%s\n%s", verdict, what) : NULL;

  gtk_widget_set_visible (self->panel_tick, is_well);
  cot_tooltip_update (self->panel_button, tooltip != NULL ? tooltip : what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->panel_button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  verdict != NULL ? verdict : "", -1);
}

void
cot_window_update_badge (CotWindow *self)
{
  CotSeverity worst;
  guint n = cot_findings_panel_count (COT_FINDINGS_PANEL (self->panel), &worst);
  gboolean is_closed = !gtk_widget_get_visible (self->panel);
  g_autofree char *text = g_strdup_printf ("%u", n);
  gboolean is_well = FALSE;
  g_autofree char *verdict
      = is_closed && n == 0 ? dup_verdict (self, self->current_case, &is_well) : NULL;

  gtk_label_set_text (GTK_LABEL (self->panel_badge), text);
  gtk_widget_set_visible (self->panel_badge, n > 0 && is_closed);
  if (worst >= COT_SEVERITY_ERROR)
    gtk_widget_remove_css_class (self->panel_badge, "quiet");
  else
    gtk_widget_add_css_class (self->panel_badge, "quiet");
  update_button (self, verdict, is_well);
}

static gboolean
is_stopped (CotCase *a_case)
{
  g_autoptr (CotSummary) summary = cot_case_sum_up (a_case);

  return summary->n_stopped > 0;
}

/**
 * cot_window_tell_verdict:
 * @a_case: the case in front, of which all is known now
 *
 * Once for each bundle, and only where the panel does not show it. A failure is shown by its line.
 */
void
cot_window_tell_verdict (CotWindow *self, CotCase *a_case)
{
  gboolean is_well;
  g_autofree char *verdict = NULL;

  if (!cot_case_is_bundle (a_case) || gtk_widget_get_visible (self->panel)
      || is_stopped (a_case))
    return;
  verdict = dup_verdict (self, a_case, &is_well);
  if (verdict == NULL || !g_hash_table_add (self->told, a_case))
    return;
  cot_window_show_toast_with (self, verdict, _("_Show More"), "win.show-verdict");
}

/**
 * cot_window_tell_stopped:
 * @a_case: the case in front, of which the reading was stopped just now
 *
 * The status bar says it, too, as long as it is so; and the panel, where it is open.
 */
void
cot_window_tell_stopped (CotWindow *self, CotCase *a_case)
{
  g_autoptr (CotSummary) summary = cot_case_sum_up (a_case);
  g_autofree char *sentence = NULL;

  if (summary->n_stopped == 0 || gtk_widget_get_visible (self->panel))
    return;
  sentence = cot_sentence_dup_stopped (summary->part_read);
  cot_window_show_toast_with (self, sentence, _("_Read On"), "win.read-on");
}

static void
on_show_verdict (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  cot_window_set_panel_shown (self, TRUE);
  cot_findings_panel_show_findings (COT_FINDINGS_PANEL (self->panel));
}

void
cot_window_init_verdict (CotWindow *self)
{
  const GActionEntry actions[] = {
    { .name = "show-verdict", .activate = on_show_verdict },
  };

  self->told = g_hash_table_new (NULL, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}
