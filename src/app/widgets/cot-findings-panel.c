/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-findings-panel.h"

#include <glib/gi18n.h>

#include "cot-codes-view.h"
#include "cot-findings-page.h"
#include "cot-guide-page.h"
#include "cot-join-page.h"
#include "cot-member-sentences.h"
#include "cot-practice-page.h"

/* So many cases of a merge have their findings here. */
#define MAX_CASES 20
/* So many pages stay as they are while those of other cases are looked at: whoever goes to and fro
 * between two devices does not wait for them. */
#define MAX_KEPT 3
/* On a page that is still seen, but whose case was closed. */
#define CLOSED_KEY "cot-findings-panel-closed"

enum
{
  GO_TO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotFindingsPanel
{
  GtkWidget parent_instance;

  CotCase *a_case; /* (nullable) */
  CotCase *row_case; /* (nullable): of the selected row, where the log in front is of several */
  CotLog *front; /* (nullable): the log that is looked at */
  CotKnowledge *knowledge;
  GPtrArray *cases; /* (element-type CotCase): those whose findings are listened to */

  GtkWidget *box;
  GtkWidget *switcher;
  GtkWidget *stack;
  GtkWidget *badge;
  GtkWidget *findings; /* scrolls @pages */
  GtkWidget *pages; /* a box of CotFindingsPage: those that are seen, then those of late */
  GtkWidget *guide;
  GtkWidget *codes;
  GtkWidget *join;
  GtkWidget *practice;
  GtkWidget *left; /* (nullable): the page that went with the last case, to come again with one */
};

G_DEFINE_FINAL_TYPE (CotFindingsPanel, cot_findings_panel, GTK_TYPE_WIDGET)

/* Of a case: its findings have been shown. */
static G_DEFINE_QUARK (cot-panel-known, known)

static gboolean
keeps_answers (CotCase *a_case)
{
  CotExercise *exercise = cot_case_get_exercise (a_case);

  return exercise != NULL && cot_exercise_get_stage (exercise) != COT_EXERCISE_DONE;
}

/* Of another case than the one in front. A folder of loose files says something only where
 * something was found, or where errors are that nobody knows; and an exercise keeps its answers. */
static gboolean
has_say (CotCase *a_case)
{
  g_autoptr (CotSummary) all = NULL;

  if (keeps_answers (a_case))
    return FALSE;
  if (cot_case_is_bundle (a_case) || cot_case_get_n_findings (a_case) > 0)
    return TRUE;
  all = cot_case_sum_up (a_case);
  return all->n_unexplained > 0;
}

/* (transfer container) (element-type CotCase): whose findings are to be seen. */
static GPtrArray *
list_cases (CotFindingsPanel *self, gboolean all)
{
  GPtrArray *cases = g_ptr_array_new ();
  CotMergedLog *merged = COT_IS_MERGED_LOG (self->front) ? COT_MERGED_LOG (self->front) : NULL;

  if (self->a_case != NULL)
    g_ptr_array_add (cases, self->a_case);
  for (guint i = 0; self->a_case != NULL && merged != NULL && i < cot_merged_log_get_n_logs (merged)
                    && cases->len < MAX_CASES;
       i++)
    {
      CotCase *a_case = cot_merged_log_get_case (merged, i);

      if (!g_ptr_array_find (cases, a_case, NULL) && (all || has_say (a_case)))
        g_ptr_array_add (cases, a_case);
    }
  return cases;
}

static void
count_findings (CotCase *a_case, guint *n, guint *n_problems, CotSeverity *worst)
{
  g_autoptr (GHashTable) repeated = cot_case_find_repeated (a_case);

  for (guint i = 0; i < cot_case_get_n_findings (a_case); i++)
    {
      CotFinding *finding = cot_case_get_finding (a_case, i);

      if (!cot_finding_is_trouble (finding) || g_hash_table_contains (repeated, finding))
        continue;
      (*n)++;
      *n_problems += finding->severity >= COT_SEVERITY_WARNING ? 1 : 0;
      *worst = MAX (*worst, finding->severity);
    }
}

guint
cot_findings_panel_count (CotFindingsPanel *self, CotSeverity *worst)
{
  g_autoptr (GPtrArray) cases = list_cases (self, FALSE);
  guint n = 0;
  guint n_problems = 0;

  *worst = COT_SEVERITY_UNKNOWN;
  for (guint i = 0; i < cases->len; i++)
    count_findings (g_ptr_array_index (cases, i), &n, &n_problems, worst);
  /* A red number is one of problems: what only waits is none. */
  return *worst >= COT_SEVERITY_ERROR ? n_problems : n;
}

static void
update_badge (CotFindingsPanel *self)
{
  CotSeverity worst;
  guint n = cot_findings_panel_count (self, &worst);
  g_autofree char *text = g_strdup_printf ("%u", n);

  gtk_label_set_text (GTK_LABEL (self->badge), text);
  gtk_widget_set_visible (self->badge, n > 0);
  if (worst >= COT_SEVERITY_ERROR)
    gtk_widget_remove_css_class (self->badge, "quiet");
  else
    gtk_widget_add_css_class (self->badge, "quiet");
}

static void
show_page (GtkWidget *page)
{
  gtk_toggle_button_set_active (g_object_get_data (G_OBJECT (page), "button"), TRUE);
}

static CotExercise *
get_exercise (CotFindingsPanel *self)
{
  return self->a_case != NULL ? cot_case_get_exercise (self->a_case) : NULL;
}

/* What would give the answer away. */
static gboolean
must_hide_answers (CotFindingsPanel *self)
{
  return self->a_case != NULL && keeps_answers (self->a_case);
}

static gboolean
is_shown (GtkWidget *page)
{
  return gtk_toggle_button_get_active (g_object_get_data (G_OBJECT (page), "button"));
}

/* The page is there where there is something to show on it: of the log in front, or of the computer
 * that it comes from. */
static void
update_join (CotFindingsPanel *self)
{
  CotLog *log = self->a_case != NULL && !must_hide_answers (self)
                    ? cot_case_find_join_log (self->a_case, self->front)
                    : NULL;
  const char *device = log != NULL ? cot_case_get_log_device (self->a_case, log) : NULL;
  GtkWidget *button = g_object_get_data (G_OBJECT (self->join), "button");

  cot_join_page_set_log (COT_JOIN_PAGE (self->join), log,
                         device == NULL && log != NULL ? cot_log_get_name (log) : device);
  if (log == NULL && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
    show_page (self->a_case != NULL ? self->findings : self->guide);
  gtk_widget_set_visible (button, log != NULL);
}

/* Where nothing is open there are the guide and the codes. */
static void
leave_case (CotFindingsPanel *self)
{
  if (!is_shown (self->findings) && !is_shown (self->practice))
    return;
  self->left = is_shown (self->findings) ? self->findings : self->practice;
  show_page (self->guide);
}

/* While an exercise is open the task stands where the findings would. */
static void
update_practice (CotFindingsPanel *self)
{
  gboolean is_practice = get_exercise (self) != NULL;
  gboolean hide = must_hide_answers (self);

  gtk_widget_set_visible (g_object_get_data (G_OBJECT (self->practice), "button"), is_practice);
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (self->findings), "button"),
                          self->a_case != NULL && !hide);
  if (self->a_case == NULL)
    {
      /* While nobody sees it, a case may be on its way. */
      if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        leave_case (self);
      return;
    }
  if (self->left != NULL && is_shown (self->guide))
    show_page (self->left);
  self->left = NULL;
  if (hide && is_shown (self->findings))
    show_page (self->practice);
  else if (!is_practice && is_shown (self->practice))
    show_page (self->findings);
}

/* Of an exercise that keeps its answers the guide tells nothing. */
static void
set_guide_case (CotFindingsPanel *self, CotCase *a_case)
{
  if (a_case != NULL && a_case != self->a_case && keeps_answers (a_case))
    a_case = self->a_case;
  cot_guide_page_set_case (COT_GUIDE_PAGE (self->guide), a_case);
}

/* Of loose files the folder tells most; a text that was copied is in none. */
static char *
dup_folder_heading (CotCase *a_case)
{
  CotLog *log = cot_case_get_n_logs (a_case) > 0 ? cot_case_get_log (a_case, 0) : NULL;
  const char *path = log != NULL ? cot_log_get_path (log) : NULL;
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
  g_autofree char *base = folder != NULL ? g_filename_display_basename (folder) : NULL;
  g_autofree char *name = base != NULL ? cot_sentence_dup_visible (base) : NULL;

  if (log == NULL)
    return g_strdup (_("Unknown device"));
  if (name == NULL)
    return cot_sentence_dup_visible (cot_log_get_name (log));
  /* Translators: name of a folder */
  return g_strdup_printf (_("Logs in “%s”"), name);
}

static char *
dup_heading (CotCase *a_case)
{
  const char *device = cot_case_get_n_devices (a_case) < 2 ? cot_case_get_device (a_case) : NULL;

  if (device == NULL && !cot_case_is_bundle (a_case))
    return dup_folder_heading (a_case);
  return cot_sentence_dup_visible (device != NULL ? device : cot_case_get_title (a_case));
}

static void
on_go_to (CotFindingsPanel *self, CotLog *log, guint64 ordinal)
{
  g_signal_emit (self, signals[GO_TO], 0, log, ordinal);
}

static GtkWidget *
append_findings_page (CotFindingsPanel *self)
{
  GtkWidget *page = cot_findings_page_new (self->knowledge);

  g_signal_connect_swapped (page, "go-to", G_CALLBACK (on_go_to), self);
  gtk_box_append (GTK_BOX (self->pages), page);
  return page;
}

/* (nullable) */
static GtkWidget *
find_findings_page (CotFindingsPanel *self, CotCase *a_case)
{
  GtkWidget *page = gtk_widget_get_first_child (self->pages);

  while (page != NULL && cot_findings_page_get_case (COT_FINDINGS_PAGE (page)) != a_case)
    page = gtk_widget_get_next_sibling (page);
  return page;
}

/* A page for each case; the first one is always there. */
static void
update_pages (CotFindingsPanel *self)
{
  g_autoptr (GPtrArray) cases = list_cases (self, FALSE);
  GtkWidget *last = NULL;
  GtkWidget *page;
  guint n_kept = 0;

  for (guint i = 0; i < MAX (cases->len, 1); i++)
    {
      CotCase *a_case = i < cases->len ? g_ptr_array_index (cases, i) : NULL;
      g_autofree char *heading = cases->len > 1 ? dup_heading (a_case) : NULL;

      page = find_findings_page (self, a_case);
      if (page == NULL)
        page = append_findings_page (self);
      cot_findings_page_set_heading (COT_FINDINGS_PAGE (page), heading);
      cot_findings_page_set_case (COT_FINDINGS_PAGE (page), a_case);
      gtk_box_reorder_child_after (GTK_BOX (self->pages), page, last);
      gtk_widget_set_visible (page, TRUE);
      g_object_set_data (G_OBJECT (page), CLOSED_KEY, NULL);
      last = page;
    }
  page = gtk_widget_get_next_sibling (last);
  while (page != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (page);

      gtk_widget_set_visible (page, FALSE);
      if (g_object_get_data (G_OBJECT (page), CLOSED_KEY) != NULL || n_kept++ >= MAX_KEPT)
        gtk_box_remove (GTK_BOX (self->pages), page);
      page = next;
    }
}

static void
on_findings_changed (CotFindingsPanel *self)
{
  update_pages (self);
  update_badge (self);
  update_join (self);
}

static void
stop_listening (CotFindingsPanel *self)
{
  for (guint i = 0; i < self->cases->len; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (self->cases, i), on_findings_changed,
                                          self);
  g_ptr_array_set_size (self->cases, 0);
}

/* Also to those that have nothing to say yet. */
static void
update_cases (CotFindingsPanel *self)
{
  g_autoptr (GPtrArray) cases = list_cases (self, TRUE);

  stop_listening (self);
  for (guint i = 0; i < cases->len; i++)
    {
      CotCase *a_case = g_ptr_array_index (cases, i);

      g_ptr_array_add (self->cases, g_object_ref (a_case));
      g_signal_connect_swapped (a_case, "findings-changed", G_CALLBACK (on_findings_changed), self);
    }
  on_findings_changed (self);
}

static void
on_page_toggled (GtkToggleButton *button, gpointer data)
{
  CotFindingsPanel *self = COT_FINDINGS_PANEL (data);
  GtkWidget *page = g_object_get_data (G_OBJECT (button), "page");

  if (!gtk_toggle_button_get_active (button))
    return;
  gtk_stack_set_visible_child (GTK_STACK (self->stack), page);
  /* Whoever goes there has a code to type. */
  if (page == self->codes)
    cot_codes_view_grab_entry (COT_CODES_VIEW (self->codes));
}

static GtkWidget *
append_page (CotFindingsPanel *self, const char *title, GtkWidget *page, GtkWidget *badge)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *first = gtk_widget_get_first_child (self->switcher);

  gtk_widget_set_halign (content, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (content), gtk_label_new (title));
  if (badge != NULL)
    gtk_box_append (GTK_BOX (content), badge);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  gtk_widget_set_hexpand (button, TRUE);
  if (first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
  g_object_set_data (G_OBJECT (button), "page", page);
  g_object_set_data (G_OBJECT (page), "button", button);
  gtk_box_append (GTK_BOX (self->switcher), button);
  gtk_stack_add_child (GTK_STACK (self->stack), page);
  g_signal_connect (button, "toggled", G_CALLBACK (on_page_toggled), self);
  return button;
}

static void
cot_findings_panel_map (GtkWidget *widget)
{
  CotFindingsPanel *self = COT_FINDINGS_PANEL (widget);

  if (self->a_case == NULL)
    leave_case (self);
  GTK_WIDGET_CLASS (cot_findings_panel_parent_class)->map (widget);
}

static void
cot_findings_panel_dispose (GObject *object)
{
  CotFindingsPanel *self = COT_FINDINGS_PANEL (object);

  stop_listening (self);
  if (self->front != NULL)
    g_signal_handlers_disconnect_by_data (self->front, self);
  g_clear_object (&self->a_case);
  g_clear_object (&self->row_case);
  g_clear_object (&self->front);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->knowledge, cot_knowledge_unref);

  G_OBJECT_CLASS (cot_findings_panel_parent_class)->dispose (object);
}

static void
cot_findings_panel_finalize (GObject *object)
{
  g_ptr_array_unref (COT_FINDINGS_PANEL (object)->cases);

  G_OBJECT_CLASS (cot_findings_panel_parent_class)->finalize (object);
}

static void
cot_findings_panel_class_init (CotFindingsPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_findings_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = cot_findings_panel_finalize;
  GTK_WIDGET_CLASS (klass)->map = cot_findings_panel_map;
  signals[GO_TO]
      = g_signal_new ("go-to", COT_TYPE_FINDINGS_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, COT_TYPE_LOG, G_TYPE_UINT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "findingspanel");
}

static void
cot_findings_panel_init (CotFindingsPanel *self)
{
  self->cases = g_ptr_array_new_with_free_func (g_object_unref);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->switcher = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->stack = gtk_stack_new ();
  self->badge = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->badge, "count-badge");
  gtk_widget_add_css_class (self->badge, "numeric");
  gtk_widget_set_valign (self->badge, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->switcher, "panel-switcher");
  /* While one page fades into another, GTK 4.8 gives a press to neither. */
  gtk_stack_set_transition_type (GTK_STACK (self->stack), GTK_STACK_TRANSITION_TYPE_NONE);
  /* To know the size of a page that is not seen is half of what it costs to show it. */
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (self->box), self->switcher);
  gtk_box_append (GTK_BOX (self->box), self->stack);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static GtkWidget *
make_findings (CotFindingsPanel *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->pages = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->pages);
  append_findings_page (self);
  return scroller;
}

GtkWidget *
cot_findings_panel_new (CotKnowledge *knowledge)
{
  CotFindingsPanel *self = g_object_new (COT_TYPE_FINDINGS_PANEL, NULL);

  self->knowledge = cot_knowledge_ref (knowledge);
  self->findings = make_findings (self);
  self->guide = cot_guide_page_new (knowledge);
  self->codes = cot_codes_view_new ();
  cot_codes_view_set_purpose (COT_CODES_VIEW (self->codes),
                              _("The codes of the entry that is selected in the log stand here, "
                                "above what you type. A window of its own has the same look-up, "
                                "and stays open beside other programs:"),
                              _("Open Error Lookup (Ctrl+L)"), "app.error-lookup");
  self->join = cot_join_page_new ();
  self->practice = cot_practice_page_new ();
  g_signal_connect_swapped (self->join, "go-to", G_CALLBACK (on_go_to), self);
  g_signal_connect_swapped (self->guide, "go-to", G_CALLBACK (on_go_to), self);
  g_signal_connect_swapped (self->practice, "go-to", G_CALLBACK (on_go_to), self);
  append_page (self, _("Task"), self->practice, NULL);
  append_page (self, _("Findings"), self->findings, self->badge);
  append_page (self, _("Guide"), self->guide, NULL);
  append_page (self, _("Codes"), self->codes, NULL);
  append_page (self, _("Join"), self->join, NULL);
  update_join (self);
  show_page (self->findings);
  update_practice (self);
  update_badge (self);
  return GTK_WIDGET (self);
}

/**
 * cot_findings_panel_set_knowledge:
 * @knowledge: what is known from now on
 */
void
cot_findings_panel_set_knowledge (CotFindingsPanel *self, CotKnowledge *knowledge)
{
  g_return_if_fail (COT_IS_FINDINGS_PANEL (self));

  cot_knowledge_ref (knowledge);
  cot_knowledge_unref (self->knowledge);
  self->knowledge = knowledge;
  for (GtkWidget *page = gtk_widget_get_first_child (self->pages); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    cot_findings_page_set_knowledge (COT_FINDINGS_PAGE (page), knowledge);
  cot_guide_page_set_knowledge (COT_GUIDE_PAGE (self->guide), knowledge);
}

static void
scroll_to_top (GtkWidget *page)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (page)), 0);
}

/* What is new is told of from its beginning, whatever was looked at before. */
static void
show_from_beginning (CotFindingsPanel *self)
{
  gpointer is_known = g_object_get_qdata (G_OBJECT (self->a_case), known_quark ());

  scroll_to_top (self->findings);
  if (is_known == NULL && get_exercise (self) == NULL)
    show_page (self->findings);
  g_object_set_qdata (G_OBJECT (self->a_case), known_quark (), GINT_TO_POINTER (TRUE));
}

/**
 * cot_findings_panel_set_case:
 * @a_case: (nullable): whose findings are shown
 */
void
cot_findings_panel_set_case (CotFindingsPanel *self, CotCase *a_case)
{
  g_return_if_fail (COT_IS_FINDINGS_PANEL (self));

  if (self->a_case == a_case)
    return;
  g_set_object (&self->a_case, a_case);
  g_clear_object (&self->row_case);
  set_guide_case (self, a_case);
  cot_practice_page_set_case (COT_PRACTICE_PAGE (self->practice), a_case);
  update_practice (self);
  if (get_exercise (self) != NULL)
    show_page (self->practice);
  update_cases (self);
  if (a_case != NULL)
    show_from_beginning (self);
}

/**
 * cot_findings_panel_forget_case:
 * @a_case: a case that was closed
 */
void
cot_findings_panel_forget_case (CotFindingsPanel *self, CotCase *a_case)
{
  GtkWidget *page;

  g_return_if_fail (COT_IS_FINDINGS_PANEL (self));

  page = find_findings_page (self, a_case);
  if (page != NULL && gtk_widget_get_visible (page))
    g_object_set_data (G_OBJECT (page), CLOSED_KEY, GINT_TO_POINTER (TRUE));
  else if (page != NULL)
    gtk_box_remove (GTK_BOX (self->pages), page);
}

/**
 * cot_findings_panel_set_row_case:
 * @row_case: (nullable): which of the cases of a merge the selected row is of
 */
void
cot_findings_panel_set_row_case (CotFindingsPanel *self, CotCase *row_case)
{
  g_return_if_fail (COT_IS_FINDINGS_PANEL (self));

  if (g_set_object (&self->row_case, row_case) && self->a_case != NULL)
    set_guide_case (self, row_case != NULL ? row_case : self->a_case);
}

/**
 * cot_findings_panel_set_log:
 * @log: (nullable): the log in front, whose computer the join page tells of; a merge: the findings
 *   of all its cases are shown
 */
void
cot_findings_panel_set_log (CotFindingsPanel *self, CotLog *log)
{
  g_return_if_fail (COT_IS_FINDINGS_PANEL (self));

  if (self->front == log)
    return;
  if (self->front != NULL)
    g_signal_handlers_disconnect_by_data (self->front, self);
  g_set_object (&self->front, log);
  if (COT_IS_MERGED_LOG (log))
    g_signal_connect_swapped (log, "logs-changed", G_CALLBACK (update_cases), self);
  update_cases (self);
}

void
cot_findings_panel_show_findings (CotFindingsPanel *self)
{
  g_return_if_fail (COT_IS_FINDINGS_PANEL (self));

  show_page (self->findings);
}

void
cot_findings_panel_show_finding (CotFindingsPanel *self, const char *key)
{
  g_return_if_fail (COT_IS_FINDINGS_PANEL (self));

  show_page (self->findings);
  /* Two devices may have the same finding. */
  for (GtkWidget *page = gtk_widget_get_first_child (self->pages); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    if (gtk_widget_get_visible (page)
        && cot_findings_page_get_case (COT_FINDINGS_PAGE (page)) == self->row_case
        && cot_findings_page_show_finding (COT_FINDINGS_PAGE (page), key))
      return;
  for (GtkWidget *page = gtk_widget_get_first_child (self->pages); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    if (gtk_widget_get_visible (page)
        && cot_findings_page_show_finding (COT_FINDINGS_PAGE (page), key))
      return;
}

/**
 * cot_findings_panel_open_guide:
 *
 * Shows the guide in the section where it was left, from its start, with the focus on what chooses
 * its sections.
 */
void
cot_findings_panel_open_guide (CotFindingsPanel *self)
{
  g_return_if_fail (COT_IS_FINDINGS_PANEL (self));

  show_page (self->guide);
  gtk_widget_grab_focus (self->guide);
}

void
cot_findings_panel_show_guide (CotFindingsPanel *self, const char *detector_id)
{
  GtkRoot *root;
  GtkWidget *focus;
  GtkWidget *page;

  g_return_if_fail (COT_IS_FINDINGS_PANEL (self));

  /* The link stands on a page of findings, of whichever case. */
  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  page = focus != NULL ? gtk_widget_get_ancestor (focus, COT_TYPE_FINDINGS_PAGE) : NULL;
  if (page != NULL && cot_findings_page_get_case (COT_FINDINGS_PAGE (page)) != NULL)
    set_guide_case (self, cot_findings_page_get_case (COT_FINDINGS_PAGE (page)));
  show_page (self->guide);
  cot_guide_page_show_detector (COT_GUIDE_PAGE (self->guide), detector_id);
}

void
cot_findings_panel_update_exercise (CotFindingsPanel *self)
{
  g_return_if_fail (COT_IS_FINDINGS_PANEL (self));

  update_practice (self);
  update_join (self);
}

void
cot_findings_panel_show_codes (CotFindingsPanel *self)
{
  g_return_if_fail (COT_IS_FINDINGS_PANEL (self));

  show_page (self->codes);
  cot_codes_view_grab_entry (COT_CODES_VIEW (self->codes));
}

void
cot_findings_panel_set_codes (CotFindingsPanel *self, GPtrArray *codes)
{
  g_return_if_fail (COT_IS_FINDINGS_PANEL (self));

  cot_codes_view_set_codes (COT_CODES_VIEW (self->codes), codes);
}

GtkWidget *
cot_findings_panel_get_codes_view (CotFindingsPanel *self)
{
  g_return_val_if_fail (COT_IS_FINDINGS_PANEL (self), NULL);

  return self->codes;
}
