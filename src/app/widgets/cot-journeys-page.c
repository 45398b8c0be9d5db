/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-journeys-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cot-finding-text.h"
#include "cot-journey-outline.h"
#include "cot-journey-sentences.h"
#include "cot-journey-view.h"
#include "cot-names.h"
#include "cot-text-label.h"
#include "cot-unfold.h"

enum
{
  GO_TO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotJourneysPage
{
  GtkWidget parent_instance;

  CotKnowledge *knowledge;
  CotCase *a_case; /* (nullable) */
  char *shown; /* what the widgets were made from */
  guint update_source;
  GHashTable *expanded; /* set of what dup_key() makes; "" for those that do not apply */
  GHashTable *places; /* id of a journey to the first widget (unowned) that tells of it */
  GtkWidget *others_row; /* (nullable): holds those that do not apply */

  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (CotJourneysPage, cot_journeys_page, GTK_TYPE_WIDGET)

static void
on_go_to (CotJourneysPage *self, CotLog *log, guint64 ordinal)
{
  g_signal_emit (self, signals[GO_TO], 0, log, ordinal);
}

static GtkWidget *
make_view (CotJourneysPage *self, CotJourneyReport *report)
{
  GtkWidget *view = cot_journey_view_new (self->a_case, report);

  g_signal_connect_swapped (view, "go-to", G_CALLBACK (on_go_to), self);
  return view;
}

/* Of two paths to the same end a device goes one. Where the one that stands above tells all, or
 * what is wrong, the gap of the other is none to look at.
 * @front: (nullable): what stands above */
static gboolean
is_another_path (const CotJourneyReport *report, const CotJourneyReport *front)
{
  if (front == NULL || front == report || cot_journey_report_get_gap (report) == NULL
      || !g_str_equal (cot_journey_get_area (report->journey),
                       cot_journey_get_area (front->journey)))
    return FALSE;
  if (report->explanation != NULL && report->explanation->headline)
    return FALSE;
  return cot_journey_report_get_gap (front) == NULL
         || (front->explanation != NULL && front->explanation->headline);
}

static char *
dup_subtitle (const CotJourneyReport *report, gboolean is_aside)
{
  const CotMilestoneReport *gap = cot_journey_report_get_gap (report);
  g_autofree char *progress = cot_sentence_dup_progress (report);
  g_autofree char *untold = cot_sentence_dup_untold (report);
  g_autofree char *end = cot_sentence_dup_end (report);
  g_autoptr (GString) text = g_string_new (progress);

  if (is_aside)
    {
      /* Translators: what follows "4 of 9 milestones seen" */
      g_string_append (text, _(" · another path to the same end: look at the one above first"));
      return g_string_free (g_steal_pointer (&text), FALSE);
    }
  if (untold != NULL)
    g_string_append_printf (text, " · %s", untold);
  if (gap == NULL)
    {
      g_string_append_printf (text, " · %s", end);
    }
  else
    {
      /* Translators: what follows "4 of 9 milestones seen" */
      g_string_append_printf (text, _(" · first gap: %s"),
                              cot_finding_text_translate (gap->milestone->title));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
note_expanded (CotJourneysPage *self, AdwExpanderRow *row, const char *id)
{
  if (adw_expander_row_get_expanded (row))
    g_hash_table_add (self->expanded, g_strdup (id));
  else
    g_hash_table_remove (self->expanded, id);
}

/* The body of a row is made when it is opened for the first time. */
static void
on_expanded (AdwExpanderRow *row, GParamSpec *pspec, gpointer data)
{
  CotJourneysPage *self = COT_JOURNEYS_PAGE (data);
  CotJourneyReport *report = g_object_get_data (G_OBJECT (row), "report");
  GtkWidget *view;

  note_expanded (self, row, g_object_get_data (G_OBJECT (row), "key"));
  if (!adw_expander_row_get_expanded (row) || g_object_get_data (G_OBJECT (row), "body") != NULL)
    return;
  view = make_view (self, report);
  gtk_widget_add_css_class (view, "finding-body");
  adw_expander_row_add_row (row, view);
  g_object_set_data (G_OBJECT (row), "body", view);
}

/* What the whole way looks like, and what a screen reader says of it. */
typedef struct
{
  const char *icon;
  const char *css_class;
  const char *name;
} Look;

/* A tick would say that all of it is known, and well. */
static Look
get_look (const CotJourneyReport *report, gboolean is_aside)
{
  g_autofree char *untold = cot_sentence_dup_untold (report);

  if (is_aside)
    return (Look){ "list-remove-symbolic", "secondary-text", _("Another path") };
  if (report->first_gap >= 0)
    return (Look){ "dialog-question-symbolic", "cot-warning", _("With a gap") };
  if (report->contradiction != NULL)
    return (Look){ "dialog-error-symbolic", "cot-error", _("Without a gap, but with an error") };
  if (untold != NULL)
    return (Look){ "list-remove-symbolic", "secondary-text", _("Cannot be told in full") };
  return (Look){ "object-select-symbolic", "cot-success", _("Without a gap") };
}

static GtkWidget *
make_icon (const CotJourneyReport *report, gboolean is_aside)
{
  Look look = get_look (report, is_aside);
  GtkWidget *icon = gtk_image_new_from_icon_name (look.icon);

  gtk_widget_add_css_class (icon, look.css_class);
  gtk_widget_set_tooltip_text (icon, look.name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, look.name,
                                  -1);
  return icon;
}

/* Each device has its own rows. */
static char *
dup_key (const CotJourneyReport *report, const char *device)
{
  return g_strconcat (cot_journey_get_id (report->journey), "\n", device, NULL);
}

static void
add_place (CotJourneysPage *self, const CotJourney *journey, GtkWidget *widget)
{
  if (!g_hash_table_contains (self->places, cot_journey_get_id (journey)))
    g_hash_table_insert (self->places, g_strdup (cot_journey_get_id (journey)), widget);
}

static GtkWidget *
make_row (CotJourneysPage *self, CotJourneyReport *report, const char *device, gboolean is_aside)
{
  char *key = dup_key (report, device);
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *subtitle = dup_subtitle (report, is_aside);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (
      ADW_PREFERENCES_ROW (row),
      cot_finding_text_translate (cot_journey_get_title (report->journey)));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), make_icon (report, is_aside));
  cot_names_set_row (row, get_look (report, is_aside).name);
  gtk_widget_add_css_class (row, "finding-row");
  g_object_set_data_full (G_OBJECT (row), "report", cot_journey_report_ref (report),
                          (GDestroyNotify) cot_journey_report_unref);
  g_object_set_data_full (G_OBJECT (row), "key", key, g_free);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (on_expanded), self);
  cot_unfold_in_sight (ADW_EXPANDER_ROW (row));
  if (g_hash_table_contains (self->expanded, key))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  add_place (self, report->journey, row);
  return row;
}

static GtkWidget *
make_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

/* The outline is made when it is opened for the first time. */
static void
on_outline_expanded (AdwExpanderRow *row)
{
  GtkWidget *outline;

  if (!adw_expander_row_get_expanded (row) || g_object_get_data (G_OBJECT (row), "body") != NULL)
    return;
  outline = cot_journey_outline_new (g_object_get_data (G_OBJECT (row), "journey"));
  gtk_widget_add_css_class (outline, "finding-body");
  adw_expander_row_add_row (row, outline);
  g_object_set_data (G_OBJECT (row), "body", outline);
}

static GtkWidget *
make_outline_row (CotJourneysPage *self, const CotJourney *journey)
{
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 cot_finding_text_translate (cot_journey_get_title (journey)));
  cot_names_set_row (row, NULL);
  gtk_widget_add_css_class (row, "finding-row");
  g_object_set_data (G_OBJECT (row), "journey", (gpointer) journey);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (on_outline_expanded), NULL);
  cot_unfold_in_sight (ADW_EXPANDER_ROW (row));
  add_place (self, journey, row);
  return row;
}

/* Few look at them: their rows are made when they do. */
static void
on_others_expanded (AdwExpanderRow *row, GParamSpec *pspec, gpointer data)
{
  CotJourneysPage *self = COT_JOURNEYS_PAGE (data);
  GPtrArray *others = g_object_get_data (G_OBJECT (row), "others");

  note_expanded (self, row, "");
  if (!adw_expander_row_get_expanded (row) || others == NULL)
    return;
  for (guint i = 0; i < others->len; i++)
    adw_expander_row_add_row (row, make_outline_row (self, g_ptr_array_index (others, i)));
  g_object_set_data (G_OBJECT (row), "others", NULL);
}

/* Where nothing is open, they are what there is to read. */
static void
append_all (CotJourneysPage *self, GPtrArray *journeys)
{
  GtkWidget *list = make_list ();

  for (guint i = 0; i < journeys->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list),
                         make_outline_row (self, g_ptr_array_index (journeys, i)));
  gtk_box_append (GTK_BOX (self->box), list);
}

static void
append_others (CotJourneysPage *self, GPtrArray *others)
{
  GtkWidget *list = make_list ();
  GtkWidget *row = adw_expander_row_new ();

  if (others->len == 0)
    {
      g_object_ref_sink (row);
      g_object_unref (row);
      g_object_ref_sink (list);
      g_object_unref (list);
      return;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Other journeys"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row),
                                 _("Nothing here speaks of them, so nothing of them is missing"));
  cot_names_set_row (row, NULL);
  gtk_widget_add_css_class (row, "finding-row");
  g_object_set_data_full (G_OBJECT (row), "others", g_ptr_array_ref (others),
                          (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (on_others_expanded), self);
  if (g_hash_table_contains (self->expanded, ""))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  self->others_row = row;
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_box_append (GTK_BOX (self->box), list);
}

static void
append_first (CotJourneysPage *self, CotJourneyReport *report)
{
  const char *title = cot_finding_text_translate (cot_journey_get_title (report->journey));
  GtkWidget *label = cot_text_label_new (title, "finding-title");

  add_place (self, report->journey, label);
  gtk_box_append (GTK_BOX (self->box), label);
  gtk_box_append (GTK_BOX (self->box), make_view (self, report));
}

/* What no computer has to do with. */
static GPtrArray *
list_others (CotJourneysPage *self, guint n)
{
  GPtrArray *others = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n; i++)
    if (cot_case_get_journey (self->a_case, i)->applies)
      g_hash_table_add (seen, (gpointer) cot_case_get_journey (self->a_case, i)->journey);
  for (guint i = 0; i < n; i++)
    {
      gpointer journey = (gpointer) cot_case_get_journey (self->a_case, i)->journey;

      if (g_hash_table_add (seen, journey))
        g_ptr_array_add (others, journey);
    }
  for (guint i = 0; n == 0 && i < cot_knowledge_get_n_journeys (self->knowledge); i++)
    g_ptr_array_add (others, (gpointer) cot_knowledge_get_journey (self->knowledge, i));
  return others;
}

/* What a computer went behind what stands above; another path to the same end comes last. */
static void
append_more (CotJourneysPage *self, GPtrArray *reports, const char *device)
{
  const CotJourneyReport *front = reports->len > 0 ? g_ptr_array_index (reports, 0) : NULL;
  GtkWidget *list;

  if (reports->len < 2)
    return;
  list = make_list ();
  for (guint asides = 0; asides < 2; asides++)
    for (guint i = 1; i < reports->len; i++)
      {
        CotJourneyReport *report = g_ptr_array_index (reports, i);

        if (is_another_path (report, front) == (asides != 0))
          gtk_list_box_append (GTK_LIST_BOX (list), make_row (self, report, device, asides != 0));
      }
  gtk_box_append (GTK_BOX (self->box), list);
}

/* Each computer goes its own way, and stands alone here. */
static guint
append_applying (CotJourneysPage *self, guint n)
{
  g_autoptr (GPtrArray) reports = g_ptr_array_new (); /* of one computer */
  const char *device = NULL;
  guint n_applying = 0;

  for (guint i = 0; i < n; i++)
    {
      CotJourneyReport *report = cot_case_get_journey (self->a_case, i);
      const char *of = cot_case_get_journey_device (self->a_case, i);

      if (!report->applies)
        continue;
      if (of != device || (n_applying == 0 && cot_case_get_n_devices (self->a_case) > 1))
        {
          append_more (self, reports, device);
          g_ptr_array_set_size (reports, 0);
          device = of;
          gtk_box_append (GTK_BOX (self->box),
                          cot_text_label_new (device != NULL ? device : _("Unknown device"),
                                              "finding-device"));
        }
      n_applying++;
      g_ptr_array_add (reports, report);
      if (reports->len == 1)
        append_first (self, report);
    }
  append_more (self, reports, device);
  return n_applying;
}

static void
append_compare_button (CotJourneysPage *self)
{
  GtkWidget *button = gtk_button_new_with_label (_("Compare with Another Device…"));

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.compare-devices");
  gtk_box_append (GTK_BOX (self->box), button);
}

static GtkWidget *
make_action_button (const char *label, const char *action)
{
  GtkWidget *button = cot_button_new_named (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

/* Nothing is open: what to do, and what there is to read meanwhile. */
static void
append_beginning (CotJourneysPage *self, GPtrArray *journeys)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (self->box),
                  cot_text_label_new (
                      _("A journey is the way of a device, line by line: from the installation of "
                        "the client to its registration, for one. Open the logs of a device to see "
                        "how far it came, and which line is missing."),
                      NULL));
  gtk_box_append (GTK_BOX (buttons), make_action_button (_("_Open…"), "win.open"));
  gtk_box_append (GTK_BOX (buttons), make_action_button (_("_Practice…"), "practice.list"));
  gtk_box_append (GTK_BOX (self->box), buttons);
  gtk_box_append (GTK_BOX (self->box),
                  cot_text_label_new (_("The journeys that are known"), "group-title"));
  append_all (self, journeys);
}

/* Why there is no journey. */
static const char *
get_reason (CotJourneysPage *self)
{
  CotExercise *exercise = self->a_case != NULL ? cot_case_get_exercise (self->a_case) : NULL;

  if (exercise != NULL && cot_exercise_get_stage (exercise) != COT_EXERCISE_DONE)
    return _("How far the device came is told when the exercise is done.");
  return _("Nothing in these logs belongs to a journey. Open the logs of a device to see how far "
           "it came.");
}

static void
clear (CotJourneysPage *self)
{
  GtkWidget *child;

  g_hash_table_remove_all (self->places);
  self->others_row = NULL;
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
}

static void
rebuild (CotJourneysPage *self)
{
  guint n = self->a_case != NULL ? cot_case_get_n_journeys (self->a_case) : 0;
  g_autoptr (GPtrArray) others = list_others (self, n);

  clear (self);
  if (self->a_case == NULL)
    {
      append_beginning (self, others);
      return;
    }
  if (append_applying (self, n) == 0)
    gtk_box_append (GTK_BOX (self->box), cot_text_label_new (get_reason (self), NULL));
  else
    append_compare_button (self);
  append_others (self, others);
}

static const char *
get_id (const CotFinding *finding)
{
  return finding != NULL ? cot_detector_get_id (finding->detector) : "";
}

/* What decides how the page looks; it is made anew only when this changes. */
static char *
dup_signature (CotCase *a_case)
{
  GString *text = g_string_new ("case");

  for (guint i = 0; a_case != NULL && i < cot_case_get_n_journeys (a_case); i++)
    {
      const CotJourneyReport *report = cot_case_get_journey (a_case, i);

      g_string_append_printf (text, "\n%s %d %s %s", cot_journey_get_id (report->journey),
                              report->applies, get_id (report->explanation),
                              get_id (report->contradiction));
      for (guint j = 0; report->applies && j < report->milestones->len; j++)
        {
          const CotMilestoneReport *one
              = &g_array_index (report->milestones, CotMilestoneReport, j);

          g_string_append_printf (text, " %d/%d/%d/%u/%" G_GUINT64_FORMAT, one->state,
                                  one->coverage, one->seen_before, one->log, one->ordinal);
        }
    }
  return g_string_free (text, FALSE);
}

static gboolean
update (gpointer data)
{
  CotJourneysPage *self = data;
  g_autofree char *signature = dup_signature (self->a_case);

  self->update_source = 0;
  if (g_strcmp0 (signature, self->shown) == 0)
    return G_SOURCE_REMOVE;
  g_free (self->shown);
  self->shown = g_steal_pointer (&signature);
  rebuild (self);
  return G_SOURCE_REMOVE;
}

/* A page that is not seen is made when it is. */
static void
queue_update (CotJourneysPage *self)
{
  if (self->update_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->update_source = g_idle_add_full (G_PRIORITY_LOW, update, self, NULL);
}

static void
cot_journeys_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cot_journeys_page_parent_class)->map (widget);
  queue_update (COT_JOURNEYS_PAGE (widget));
}

static void
cot_journeys_page_dispose (GObject *object)
{
  CotJourneysPage *self = COT_JOURNEYS_PAGE (object);

  cot_journeys_page_set_case (self, NULL);
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->knowledge, cot_knowledge_unref);

  G_OBJECT_CLASS (cot_journeys_page_parent_class)->dispose (object);
}

static void
cot_journeys_page_finalize (GObject *object)
{
  CotJourneysPage *self = COT_JOURNEYS_PAGE (object);

  g_free (self->shown);
  g_hash_table_unref (self->expanded);
  g_hash_table_unref (self->places);

  G_OBJECT_CLASS (cot_journeys_page_parent_class)->finalize (object);
}

static void
cot_journeys_page_class_init (CotJourneysPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_journeys_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = cot_journeys_page_finalize;
  GTK_WIDGET_CLASS (klass)->map = cot_journeys_page_map;
  signals[GO_TO]
      = g_signal_new ("go-to", COT_TYPE_JOURNEYS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, COT_TYPE_LOG, G_TYPE_UINT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cot_journeys_page_init (CotJourneysPage *self)
{
  self->expanded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
cot_journeys_page_new (CotKnowledge *knowledge)
{
  CotJourneysPage *self = g_object_new (COT_TYPE_JOURNEYS_PAGE, NULL);

  self->knowledge = cot_knowledge_ref (knowledge);
  queue_update (self);
  return GTK_WIDGET (self);
}

/**
 * cot_journeys_page_set_knowledge:
 * @knowledge: what is known from now on
 */
void
cot_journeys_page_set_knowledge (CotJourneysPage *self, CotKnowledge *knowledge)
{
  g_return_if_fail (COT_IS_JOURNEYS_PAGE (self));

  /* Its rows know journeys of what was known before. */
  clear (self);
  cot_knowledge_ref (knowledge);
  cot_knowledge_unref (self->knowledge);
  self->knowledge = knowledge;
  g_clear_pointer (&self->shown, g_free);
  queue_update (self);
}

/**
 * cot_journeys_page_set_case:
 * @a_case: (nullable): whose journeys are shown
 */
void
cot_journeys_page_set_case (CotJourneysPage *self, CotCase *a_case)
{
  g_return_if_fail (COT_IS_JOURNEYS_PAGE (self));

  if (self->a_case == a_case)
    return;
  if (self->a_case != NULL)
    g_signal_handlers_disconnect_by_data (self->a_case, self);
  g_set_object (&self->a_case, a_case);
  g_hash_table_remove_all (self->expanded);
  /* Reports of another case may look the same, and lead elsewhere; until those of this one are
   * there, nothing is. */
  g_clear_pointer (&self->shown, g_free);
  if (self->box != NULL)
    clear (self);
  if (a_case != NULL)
    g_signal_connect_swapped (a_case, "findings-changed", G_CALLBACK (queue_update), self);
  queue_update (self);
}

static gboolean
scroll_to_place (gpointer data)
{
  GtkWidget *place = data;
  GtkWidget *scroller = gtk_widget_get_ancestor (place, GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *content;
  double x;
  double y;

  if (scroller == NULL)
    return G_SOURCE_REMOVE;
  content = gtk_widget_get_first_child (
      gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller)));
  if (content != NULL && gtk_widget_translate_coordinates (place, content, 0, 0, &x, &y))
    gtk_adjustment_set_value (
        gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), MAX (0, y - 12));
  return G_SOURCE_REMOVE;
}

/**
 * cot_journeys_page_show:
 * @journey_id: of a journey
 */
void
cot_journeys_page_show (CotJourneysPage *self, const char *journey_id)
{
  GtkWidget *place;

  g_return_if_fail (COT_IS_JOURNEYS_PAGE (self));

  g_clear_handle_id (&self->update_source, g_source_remove);
  update (self);
  place = g_hash_table_lookup (self->places, journey_id);
  if (place == NULL && self->others_row != NULL)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->others_row), TRUE);
  place = g_hash_table_lookup (self->places, journey_id);
  if (place == NULL)
    return;
  if (ADW_IS_EXPANDER_ROW (place))
    {
      if (self->others_row != NULL && gtk_widget_is_ancestor (place, self->others_row))
        adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->others_row), TRUE);
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (place), TRUE);
      gtk_widget_child_focus (place, GTK_DIR_TAB_FORWARD);
    }
  /* After the rows have their heights. */
  g_idle_add_full (G_PRIORITY_LOW, scroll_to_place, g_object_ref (place), g_object_unref);
}
