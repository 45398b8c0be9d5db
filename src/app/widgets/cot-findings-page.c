/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-findings-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cot-finding-card.h"
#include "cot-finding-text.h"
#include "cot-guide-page.h"
#include "cot-journey-sentences.h"
#include "cot-member-sentences.h"
#include "cot-names.h"
#include "cot-sentences.h"
#include "cot-summary-view.h"
#include "cot-text-label.h"
#include "cot-unfold.h"

#define END_STEP_USEC (G_GINT64_CONSTANT (300) * G_USEC_PER_SEC)

enum
{
  GO_TO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotFindingsPage
{
  GtkWidget parent_instance;

  CotKnowledge *knowledge;
  CotCase *a_case; /* (nullable) */
  guint update_source;
  gboolean is_due; /* the findings may have changed since it was made */
  char *shown; /* (nullable): what the widgets were made from */
  gboolean is_judged; /* so was all that is told of */
  GHashTable *rows; /* detector id, and dup_key(), to its row or card, which the box owns; of
                     * several computers the id alone is that of the first one's */
  GHashTable *expanded; /* set of keys: see dup_key() */

  GtkWidget *content;
  GtkWidget *heading;
  GtkWidget *box;
  GtkWidget *summary; /* (nullable) (weak): at the top */
  GtkWidget *beside; /* (nullable) (weak): the errors that no finding explains */
  CotErrorList *errors; /* these; it stays when the page is made anew */
};

G_DEFINE_FINAL_TYPE (CotFindingsPage, cot_findings_page, GTK_TYPE_WIDGET)

static void
on_go_to (CotFindingsPage *self, CotLog *log, guint64 ordinal)
{
  g_signal_emit (self, signals[GO_TO], 0, log, ordinal);
}

static GtkWidget *
make_card (CotFindingsPage *self, CotFinding *finding, gboolean headline)
{
  GtkWidget *card = cot_finding_card_new (self->a_case, finding, headline);

  if (cot_guide_has_detector (self->knowledge, cot_detector_get_id (finding->detector)))
    cot_finding_card_add_guide_link (COT_FINDING_CARD (card));
  g_signal_connect_swapped (card, "go-to", G_CALLBACK (on_go_to), self);
  return card;
}

/* Several computers may have the same finding. */
static char *
dup_key (CotFindingsPage *self, CotFinding *finding)
{
  const char *device = cot_case_get_finding_device (self->a_case, finding);
  g_autofree char *key = cot_finding_dup_key (finding);

  return g_strconcat (device != NULL ? device : "", "/", key, NULL);
}

static void
remember_row (CotFindingsPage *self, CotFinding *finding, GtkWidget *row)
{
  const char *id = cot_detector_get_id (finding->detector);
  g_autofree char *key = cot_finding_dup_key (finding);

  g_hash_table_insert (self->rows, dup_key (self, finding), row);
  if (!g_hash_table_contains (self->rows, key))
    g_hash_table_insert (self->rows, g_strdup (key), row);
  if (!g_hash_table_contains (self->rows, id))
    g_hash_table_insert (self->rows, g_strdup (id), row);
}

/* The one of now: the row may stand there longer than the findings from which it was made. */
static CotFinding *
find_current (CotFindingsPage *self, GtkWidget *row)
{
  const char *key = g_object_get_data (G_OBJECT (row), "key");

  for (guint i = 0; i < cot_case_get_n_findings (self->a_case); i++)
    {
      CotFinding *finding = cot_case_get_finding (self->a_case, i);
      g_autofree char *its_key = dup_key (self, finding);

      if (g_str_equal (key, its_key))
        return finding;
    }
  return g_object_get_data (G_OBJECT (row), "finding");
}

/* The body of a row is made when it is opened for the first time. */
static void
on_expanded (AdwExpanderRow *row, GParamSpec *pspec, gpointer data)
{
  CotFindingsPage *self = COT_FINDINGS_PAGE (data);
  const char *key = g_object_get_data (G_OBJECT (row), "key");
  GtkWidget *body;

  if (!adw_expander_row_get_expanded (row))
    {
      g_hash_table_remove (self->expanded, key);
      return;
    }
  g_hash_table_add (self->expanded, g_strdup (key));
  if (g_object_get_data (G_OBJECT (row), "body") != NULL)
    return;
  body = make_card (self, find_current (self, GTK_WIDGET (row)), FALSE);
  gtk_widget_add_css_class (body, "finding-body");
  adw_expander_row_add_row (row, body);
  g_object_set_data (G_OBJECT (row), "body", body);
}

/* "in a log of MP1 · 14 times · ..." */
static char *
dup_where_and_when (CotFindingsPage *self, CotFinding *finding)
{
  g_autofree char *whose = cot_finding_text_dup_whose (self->a_case, finding, TRUE);
  g_autofree char *when = cot_finding_text_dup_when (finding);

  return whose != NULL ? g_strdup_printf ("%s · %s", whose, when) : g_steal_pointer (&when);
}

static char *
dup_subtitle (CotFindingsPage *self, CotFinding *finding)
{
  g_autofree char *when = dup_where_and_when (self, finding);
  g_autofree char *parent_title = NULL;

  if (finding->parent == NULL)
    return g_strdup_printf ("%s · %s", cot_finding_text_get_kind (finding), when);
  parent_title = cot_finding_text_dup_title (finding->parent);
  if (finding->began_before_parent)
    /* Translators: times, and the title of a finding. Its first line is newer than the first one of
     * what it explains, so that "result" would contradict the times. */
    return g_strdup_printf (_("%s · explained by “%s”"), when, parent_title);
  /* Translators: times, and the title of a finding */
  return g_strdup_printf (_("%s · a result of “%s”"), when, parent_title);
}

static GtkWidget *
make_row (CotFindingsPage *self, CotFinding *finding)
{
  char *key = dup_key (self, finding);
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (cot_finding_text_get_icon (finding));
  g_autofree char *title = cot_finding_text_dup_title (finding);
  g_autofree char *subtitle = dup_subtitle (self, finding);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  gtk_widget_add_css_class (icon, cot_finding_text_get_css_class (finding));
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  cot_sentence_get_severity (finding->severity), -1);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), icon);
  cot_names_set_row (row, cot_sentence_get_severity (finding->severity));
  gtk_widget_add_css_class (row, "finding-row");
  g_object_set_data_full (G_OBJECT (row), "finding", cot_finding_ref (finding),
                          (GDestroyNotify) cot_finding_unref);
  g_object_set_data_full (G_OBJECT (row), "key", key, g_free);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (on_expanded), self);
  cot_unfold_in_sight (ADW_EXPANDER_ROW (row));
  if (g_hash_table_contains (self->expanded, key))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  remember_row (self, finding, row);
  return row;
}

static void
append_group (CotFindingsPage *self, const char *title, GPtrArray *findings)
{
  g_autofree char *text = g_strdup_printf ("%s  %u", title, findings->len);
  GtkWidget *label = cot_text_label_new (text, "group-title");
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < findings->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_row (self, g_ptr_array_index (findings, i)));
  gtk_box_append (GTK_BOX (self->box), label);
  gtk_box_append (GTK_BOX (self->box), list);
}

/* Behind what is known, before what is well: a red line that nobody knows may be the cause. */
static void
append_beside (CotFindingsPage *self)
{
  g_autoptr (GtkWidget) view = NULL;
  g_autoptr (CotSummary) all = cot_case_sum_up (self->a_case);

  /* Elsewhere the verdict says it. */
  if (!self->is_judged || all->n_troubles == 0)
    return;
  view = g_object_ref_sink (cot_summary_view_new_beside (self->a_case, self->knowledge,
                                                         self->errors));
  if (cot_summary_view_is_empty (COT_SUMMARY_VIEW (view)))
    return;
  g_signal_connect_swapped (view, "go-to", G_CALLBACK (on_go_to), self);
  gtk_box_append (GTK_BOX (self->box), view);
  g_set_weak_pointer (&self->beside, view);
}

/* (nullable): the list for what asks for nothing by itself: @normal, or @notes, which may hold
 * something to look at. */
static GPtrArray *
choose_quiet (const CotFinding *finding, GPtrArray *normal, GPtrArray *notes)
{
  if (cot_finding_is_trouble (finding) || (!finding->expected && finding->parent != NULL))
    return NULL;
  return finding->state == COT_FINDING_OPEN && finding->severity == COT_SEVERITY_INFO
                 && !finding->expected
             ? notes
             : normal;
}

/* Areas in the order of their first finding, which is the order to read them in. */
static void
append_areas (CotFindingsPage *self, guint first, guint end)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) groups
      = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) normal = g_ptr_array_new ();
  g_autoptr (GPtrArray) notes = g_ptr_array_new ();

  for (guint i = first; i < end; i++)
    {
      CotFinding *finding = cot_case_get_finding (self->a_case, i);
      GPtrArray *quiet = choose_quiet (finding, normal, notes);
      const char *name
          = cot_finding_text_get_area (cot_detector_get_area (finding->detector));
      guint index;

      if (finding->headline)
        continue;
      if (quiet != NULL)
        {
          g_ptr_array_add (quiet, finding);
          continue;
        }
      if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, &index))
        {
          index = names->len;
          g_ptr_array_add (names, (gpointer) name);
          g_ptr_array_add (groups, g_ptr_array_new ());
        }
      g_ptr_array_add (g_ptr_array_index (groups, index), finding);
    }
  for (guint i = 0; i < groups->len; i++)
    append_group (self, g_ptr_array_index (names, i), g_ptr_array_index (groups, i));
  if (cot_case_get_n_devices (self->a_case) < 2)
    append_beside (self);
  if (notes->len > 0)
    append_group (self, _("For your information"), notes);
  if (normal->len > 0)
    append_group (self, _("Normal or over, nothing to do"), normal);
}

/* What of the logs that the findings need is not there. */
static void
append_coverage (CotFindingsPage *self, const char *device)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < cot_case_get_n_coverages (self->a_case); i++)
    {
      const CotCoverage *coverage = cot_case_get_coverage (self->a_case, i);
      g_autofree char *lack = cot_sentence_dup_coverage (coverage);
      g_autofree char *text = NULL;

      if (lack == NULL || cot_case_get_coverage_device (self->a_case, i) != device)
        continue;
      if (!begun)
        gtk_box_append (GTK_BOX (self->box),
                        cot_text_label_new (_("Logs that would tell more"), "group-title"));
      begun = TRUE;
      text = g_strdup_printf ("%s · %s", cot_finding_text_get_area (coverage->area), lack);
      gtk_box_append (GTK_BOX (self->box), cot_text_label_new (text, NULL));
    }
}

static char *
dup_unidentified (CotCase *a_case, CotLog *log)
{
  g_autofree char *name = cot_sentence_dup_visible (cot_log_get_name (log));

  /* A text that was copied stands in no file. */
  if (!cot_case_is_bundle (a_case) && cot_log_get_path (log) == NULL)
    return g_strdup_printf (_("The entries of “%s” do not tell which log they are of, so detectors "
                              "that are bound to one log did not look at them. Copy entries of "
                              "one log, with their component, or open the log itself."),
                            name);
  return g_strdup_printf (_("Neither name nor entries tell which log “%s” is, so detectors that "
                            "are bound to one log did not look at it. Give it the name that it "
                            "had."),
                          name);
}

/* Silence about a log that nobody can tell from others says less than silence about one that is
 * known. */
static void
append_unidentified (CotFindingsPage *self, GtkWidget *box)
{
  CotLog *log = NULL;
  guint n = cot_case_get_n_unidentified (self->a_case, &log);
  g_autofree char *text = NULL;

  if (n == 0)
    return;
  if (n == 1)
    text = dup_unidentified (self->a_case, log);
  else
    {
      text = g_strdup_printf (ngettext ("Of %u log neither name nor entries tell which one it is, "
                                        "so detectors that are bound to one log did not look at "
                                        "it.",
                                        "Of %u logs neither name nor entries tell which ones they "
                                        "are, so detectors that are bound to one log did not look "
                                        "at them.",
                                        n),
                              n);
    }
  gtk_box_append (GTK_BOX (box), cot_text_label_new (text, "secondary-text"));
}

/* The end of a log that is followed moves all the time: what is said of it may lag behind a bit. */
static void
append_times (GString *text, const CotFinding *finding)
{
  if (finding->timer.due_usec != COT_TIME_NONE)
    g_string_append_printf (text, "due %" G_GINT64_FORMAT " %d %" G_GINT64_FORMAT "\n",
                            finding->timer.due_usec,
                            finding->timer.due_usec <= finding->timer.end_usec,
                            finding->timer.end_usec / END_STEP_USEC);
  for (guint i = 0; i < finding->expectations->len; i++)
    {
      const CotExpectation *expectation = g_ptr_array_index (finding->expectations, i);

      g_string_append_printf (text, "next %d %" G_GINT64_FORMAT "\n", expectation->state,
                              expectation->end_usec / END_STEP_USEC);
    }
  if (finding->parent != NULL)
    g_string_append_printf (text, "after %s\n", cot_detector_get_id (finding->parent->detector));
}

/* With each line that a log gets which is followed, all is judged again. What that comes to is
 * told, and not that it goes on: the page would come and go. */
static gboolean
is_judged (CotFindingsPage *self)
{
  return cot_case_get_settled (self->a_case)
         || (self->is_judged && cot_case_has_read_all (self->a_case));
}

/* What decides how the page looks; it is made anew only when this changes. */
static char *
dup_signature (CotFindingsPage *self)
{
  CotCase *a_case = self->a_case;
  GString *text = g_string_new (NULL);
  g_autoptr (CotSummary) all = cot_case_sum_up (a_case);

  g_string_append_printf (text, "%d %u %u %d %u %u %u %u\n", self->is_judged,
                          cot_case_get_n_logs (a_case), all->n_stopped,
                          (int) (100 * all->part_read), all->n_signs, all->n_stuck,
                          all->n_untold,
                          cot_case_get_n_unidentified (a_case, NULL));
  /* How many they are is said anew without making the page anew, unless of each computer. */
  if (self->is_judged)
    g_string_append_printf (text, "unexplained %d\n", all->n_unexplained > 0);
  if (self->is_judged && cot_case_get_n_devices (a_case) > 1)
    g_string_append_printf (text, "%" G_GUINT64_FORMAT " %u\n", all->n_unexplained,
                            all->unexplained->len);
  for (guint i = 0; i < cot_case_get_n_findings (a_case); i++)
    {
      CotFinding *finding = cot_case_get_finding (a_case, i);
      g_autofree char *key = cot_finding_dup_key (finding);

      /* One of the user's own may have been written anew, with other texts. */
      g_string_append_printf (text, "%p %s %u %d %d %d %u %" G_GINT64_FORMAT "\n",
                              (gconstpointer) finding->detector, key, finding->evidence->len,
                              finding->severity, finding->state, finding->headline,
                              finding->missing_logs->len, finding->last_time_usec);
      append_times (text, finding);
    }
  return g_string_free (text, FALSE);
}

/* Those of one computer, or of a case that is of one. */
static void
append_findings (CotFindingsPage *self, guint first, guint end, const char *device)
{
  for (guint i = first; i < end; i++)
    {
      CotFinding *finding = cot_case_get_finding (self->a_case, i);
      GtkWidget *card;

      if (!finding->headline)
        continue;
      card = make_card (self, finding, TRUE);
      gtk_box_append (GTK_BOX (self->box), card);
      remember_row (self, finding, card);
    }
  append_areas (self, first, end);
  append_coverage (self, device);
}

/* Each computer is judged alone, and stands alone here. */
static void
append_devices (CotFindingsPage *self)
{
  guint n_findings = cot_case_get_n_findings (self->a_case);
  guint first = 0;

  while (first < n_findings)
    {
      const char *device = cot_case_get_finding_device (
          self->a_case, cot_case_get_finding (self->a_case, first));
      guint end = first;

      while (end < n_findings
             && cot_case_get_finding_device (self->a_case,
                                             cot_case_get_finding (self->a_case, end))
                    == device)
        end++;
      gtk_box_append (GTK_BOX (self->box),
                      cot_text_label_new (device != NULL ? device : _("Unknown device"),
                                          "finding-device"));
      append_findings (self, first, end, device);
      first = end;
    }
}

static gboolean
scroll_to_row (gpointer data)
{
  GtkWidget *row = data;
  GtkWidget *scroller = gtk_widget_get_ancestor (row, GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *content;
  double x;
  double y;

  if (scroller == NULL)
    return G_SOURCE_REMOVE;
  content = gtk_widget_get_first_child (gtk_scrolled_window_get_child (
      GTK_SCROLLED_WINDOW (scroller)));
  if (content != NULL && gtk_widget_translate_coordinates (row, content, 0, 0, &x, &y))
    gtk_adjustment_set_value (
        gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), MAX (0, y - 12));
  return G_SOURCE_REMOVE;
}

static void
show_row (GtkWidget *row)
{
  if (ADW_IS_EXPANDER_ROW (row))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  /* After the row has its height. */
  g_idle_add_full (G_PRIORITY_LOW, scroll_to_row, g_object_ref (row), g_object_unref);
}

static void
on_show_finding (CotFindingsPage *self, CotFinding *finding)
{
  g_autofree char *key = dup_key (self, finding);
  GtkWidget *row = g_hash_table_lookup (self->rows, key);
  CotLog *log;
  guint64 ordinal;

  if (row == NULL)
    return;
  gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
  show_row (row);
  /* Who chooses a computer or a cause wants to see its line, too. */
  if (cot_case_get_evidence (self->a_case, finding, finding->primary, &log, &ordinal))
    on_go_to (self, log, ordinal);
}

static void
on_show_errors (CotFindingsPage *self)
{
  if (self->beside == NULL)
    return;
  gtk_widget_child_focus (self->beside, GTK_DIR_TAB_FORWARD);
  show_row (self->beside);
}

static void
append_summary (CotFindingsPage *self)
{
  GtkWidget *view = g_object_ref_sink (
      cot_summary_view_new (self->a_case, self->knowledge, self->errors, self->is_judged));

  g_signal_connect_swapped (view, "go-to", G_CALLBACK (on_go_to), self);
  g_signal_connect_swapped (view, "show-finding", G_CALLBACK (on_show_finding), self);
  g_signal_connect_swapped (view, "show-errors", G_CALLBACK (on_show_errors), self);
  if (!cot_summary_view_is_empty (COT_SUMMARY_VIEW (view)))
    {
      gtk_box_append (GTK_BOX (self->box), view);
      g_set_weak_pointer (&self->summary, view);
    }
  g_object_unref (view);
}

static void
clear (CotFindingsPage *self)
{
  GtkWidget *child;

  g_clear_weak_pointer (&self->beside);
  g_clear_weak_pointer (&self->summary);
  g_hash_table_remove_all (self->rows);
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
}

/* A log that is followed gets errors all the time, and with them a new page: the keyboard stays
 * where it was among them. */
static void
rebuild (CotFindingsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean is_among_errors
      = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->errors));

  clear (self);
  if (self->a_case == NULL)
    return;

  append_summary (self);
  if (cot_case_get_n_devices (self->a_case) > 1)
    {
      append_devices (self);
      append_beside (self);
    }
  else
    append_findings (self, 0, cot_case_get_n_findings (self->a_case), NULL);
  if (self->is_judged)
    append_unidentified (self, self->box);
  if (is_among_errors && gtk_widget_get_mapped (focus))
    gtk_widget_grab_focus (focus);
  /* It would keep logs that were closed. */
  if (gtk_widget_get_parent (GTK_WIDGET (self->errors)) == NULL)
    cot_error_list_set_logs (self->errors, NULL, NULL);
}

static gboolean
update (gpointer data)
{
  CotFindingsPage *self = data;
  g_autofree char *signature = NULL;

  self->update_source = 0;
  self->is_due = FALSE;
  self->is_judged = self->a_case != NULL && is_judged (self);
  if (self->a_case != NULL)
    signature = dup_signature (self);
  if (g_strcmp0 (signature, self->shown) != 0)
    {
      g_free (self->shown);
      self->shown = g_steal_pointer (&signature);
      rebuild (self);
    }
  else
    {
      if (self->beside != NULL)
        cot_summary_view_renew (COT_SUMMARY_VIEW (self->beside));
      if (self->summary != NULL)
        cot_summary_view_renew (COT_SUMMARY_VIEW (self->summary));
    }
  return G_SOURCE_REMOVE;
}

/* A page that is not seen is made when it is. */
static void
queue_update (CotFindingsPage *self)
{
  self->is_due = TRUE;
  if (self->update_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->update_source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, update, self, NULL);
}

static void
cot_findings_page_map (GtkWidget *widget)
{
  CotFindingsPage *self = COT_FINDINGS_PAGE (widget);

  GTK_WIDGET_CLASS (cot_findings_page_parent_class)->map (widget);
  if (self->is_due)
    queue_update (self);
}

static void
cot_findings_page_dispose (GObject *object)
{
  CotFindingsPage *self = COT_FINDINGS_PAGE (object);

  cot_findings_page_set_case (self, NULL);
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->errors);
  g_clear_pointer (&self->knowledge, cot_knowledge_unref);

  G_OBJECT_CLASS (cot_findings_page_parent_class)->dispose (object);
}

static void
cot_findings_page_finalize (GObject *object)
{
  CotFindingsPage *self = COT_FINDINGS_PAGE (object);

  g_free (self->shown);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->expanded);

  G_OBJECT_CLASS (cot_findings_page_parent_class)->finalize (object);
}

static void
cot_findings_page_class_init (CotFindingsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_findings_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = cot_findings_page_finalize;
  GTK_WIDGET_CLASS (klass)->map = cot_findings_page_map;
  signals[GO_TO]
      = g_signal_new ("go-to", COT_TYPE_FINDINGS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, COT_TYPE_LOG, G_TYPE_UINT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cot_findings_page_init (CotFindingsPage *self)
{
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->expanded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->heading = cot_text_label_new ("", "finding-device");
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->errors = g_object_ref_sink (COT_ERROR_LIST (cot_error_list_new ()));
  g_signal_connect_swapped (self->errors, "go-to", G_CALLBACK (on_go_to), self);
  gtk_widget_add_css_class (self->content, "panel-page");
  gtk_widget_set_visible (self->heading, FALSE);
  gtk_box_append (GTK_BOX (self->content), self->heading);
  gtk_box_append (GTK_BOX (self->content), self->box);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

GtkWidget *
cot_findings_page_new (CotKnowledge *knowledge)
{
  CotFindingsPage *self = g_object_new (COT_TYPE_FINDINGS_PAGE, NULL);

  self->knowledge = cot_knowledge_ref (knowledge);
  return GTK_WIDGET (self);
}

/**
 * cot_findings_page_set_knowledge:
 * @knowledge: what is known from now on
 */
void
cot_findings_page_set_knowledge (CotFindingsPage *self, CotKnowledge *knowledge)
{
  g_return_if_fail (COT_IS_FINDINGS_PAGE (self));

  cot_knowledge_ref (knowledge);
  cot_knowledge_unref (self->knowledge);
  self->knowledge = knowledge;
  self->is_judged = FALSE;
  g_clear_pointer (&self->shown, g_free);
  queue_update (self);
}

/**
 * cot_findings_page_set_case:
 * @a_case: (nullable): whose findings are shown
 */
void
cot_findings_page_set_case (CotFindingsPage *self, CotCase *a_case)
{
  g_return_if_fail (COT_IS_FINDINGS_PAGE (self));

  if (self->a_case == a_case)
    return;
  if (self->a_case != NULL)
    g_signal_handlers_disconnect_by_data (self->a_case, self);
  g_set_object (&self->a_case, a_case);
  if (self->errors != NULL)
    cot_error_list_set_logs (self->errors, NULL, NULL);
  g_hash_table_remove_all (self->expanded);
  self->is_judged = FALSE;
  /* Nothing of another device may stand beside the log of this one, however shortly. */
  g_clear_pointer (&self->shown, g_free);
  if (self->content != NULL)
    clear (self);
  if (a_case != NULL)
    {
      g_signal_connect_swapped (a_case, "findings-changed", G_CALLBACK (queue_update), self);
      g_signal_connect_swapped (a_case, "members-changed", G_CALLBACK (queue_update), self);
      g_signal_connect_swapped (a_case, "progress-changed", G_CALLBACK (queue_update), self);
    }
  queue_update (self);
}

/**
 * cot_findings_page_set_heading:
 * @heading: (nullable): whose findings they are, where those of others stand beside them
 */
void
cot_findings_page_set_heading (CotFindingsPage *self, const char *heading)
{
  g_return_if_fail (COT_IS_FINDINGS_PAGE (self));

  gtk_label_set_text (GTK_LABEL (self->heading), heading != NULL ? heading : "");
  gtk_widget_set_visible (self->heading, heading != NULL);
}

CotCase *
cot_findings_page_get_case (CotFindingsPage *self)
{
  g_return_val_if_fail (COT_IS_FINDINGS_PAGE (self), NULL);

  return self->a_case;
}

/**
 * cot_findings_page_show_finding:
 * @key: of the finding that is wanted, or the id of its detector
 *
 * Returns: %FALSE where the case has no such finding
 */
gboolean
cot_findings_page_show_finding (CotFindingsPage *self, const char *key)
{
  const char *end = strchr (key, ' ');
  GtkWidget *row;

  g_return_val_if_fail (COT_IS_FINDINGS_PAGE (self), FALSE);

  if (self->is_due)
    {
      g_clear_handle_id (&self->update_source, g_source_remove);
      update (self);
    }
  row = g_hash_table_lookup (self->rows, key);
  /* It may have been told apart from another one that is gone. */
  if (row == NULL && end != NULL)
    {
      g_autofree char *id = g_strndup (key, (gsize) (end - key));

      row = g_hash_table_lookup (self->rows, id);
    }
  if (row == NULL)
    return FALSE;
  show_row (row);
  return TRUE;
}
