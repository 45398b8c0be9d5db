/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-guide-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cot-copy-button.h"
#include "cot-finding-sign.h"
#include "cot-finding-text.h"
#include "cot-journeys-page.h"
#include "cot-log-catalogue-page.h"
#include "cot-log-group-row.h"
#include "cot-names.h"
#include "cot-text-label.h"
#include "cot-unfold.h"

enum
{
  GO_TO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define SHOW_JOURNEY_ACTION "guide.show-journey"
#define BASICS "basics" /* id of the section for who begins */

/* The places of the journeys and the logs among what can be chosen; the sections of the guide
 * follow. */
#define JOURNEYS 0
#define LOGS 1
#define FIRST_SECTION 2

struct _CotGuidePage
{
  GtkWidget parent_instance;

  CotKnowledge *knowledge;
  CotCase *a_case; /* (nullable) */
  GHashTable *seen; /* id of a detector that found something, to what it means */
  guint chosen; /* JOURNEYS, LOGS, or FIRST_SECTION and the index of a section */
  guint update_source;
  gboolean is_cleared; /* it was made of another case */
  gboolean was_chosen; /* by the user, who then is led nowhere else */
  gboolean is_choosing; /* it is the program that chooses */
  guint wanted_item; /* to open when the section is filled; G_MAXUINT: none */

  GtkWidget *box;
  GtkWidget *chooser;
  GtkWidget *scroller;
  GtkWidget *journeys;
  GtkWidget *logs;
  GtkWidget *content;
};

G_DEFINE_FINAL_TYPE (CotGuidePage, cot_guide_page, GTK_TYPE_WIDGET)

static gboolean
find_detector (CotKnowledge *knowledge, const char *id, guint *section, guint *item)
{
  const CotGuide *guide = cot_knowledge_get_guide (knowledge);

  for (guint i = 0; i < guide->n_sections; i++)
    for (guint j = 0; j < guide->sections[i].n_items; j++)
      if (guide->sections[i].items[j].detectors != NULL
          && g_strv_contains (guide->sections[i].items[j].detectors, id))
        {
          *section = i;
          *item = j;
          return TRUE;
        }
  return FALSE;
}

gboolean
cot_guide_has_detector (CotKnowledge *knowledge, const char *detector_id)
{
  guint section;
  guint item;

  return find_detector (knowledge, detector_id, &section, &item);
}

/* What the logs show of the item: of several findings, what matters the most. */
static CotFindingSign
get_seen (CotGuidePage *self, const CotGuideItem *item)
{
  guint sign = COT_FINDING_SIGN_NONE;

  for (guint i = 0; item->detectors != NULL && item->detectors[i] != NULL; i++)
    sign = MAX (sign, GPOINTER_TO_UINT (g_hash_table_lookup (self->seen, item->detectors[i])));
  return (CotFindingSign) sign;
}

static void
append_line (GtkWidget *box, const char *line)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = cot_text_label_new (line, "monospace");

  gtk_widget_add_css_class (row, "guide-line");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), cot_copy_button_new (line, _("Copy the line"), _("Line copied")));
  gtk_box_append (GTK_BOX (box), row);
}

static void
append_link (GtkWidget *box, const char *text, const char *action, const char *target)
{
  GtkWidget *button = cot_log_button_new (text, text, action, target);
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

  cot_text_label_set_wrapping (GTK_LABEL (label), NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "text-link");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), button);
}

/* Each leads to what is known of it. */
static void
append_logs (CotGuidePage *self, GtkWidget *box, const char *const *logs)
{
  if (logs == NULL || logs[0] == NULL)
    return;
  gtk_box_append (GTK_BOX (box),
                  cot_text_label_new (logs[1] == NULL ? _("Log") : _("Logs"), "card-title"));
  for (guint i = 0; logs[i] != NULL; i++)
    if (cot_knowledge_find_log_file (self->knowledge, logs[i]) != NULL)
      append_link (box, logs[i], COT_LOG_LOOK_UP_ACTION, logs[i]);
    else
      gtk_box_append (GTK_BOX (box), cot_text_label_new (logs[i], NULL));
}

static void
append_journeys (CotGuidePage *self, GtkWidget *box, const char *const *ids)
{
  if (ids == NULL || ids[0] == NULL)
    return;
  gtk_box_append (GTK_BOX (box), cot_text_label_new (_("The way, line by line"), "card-title"));
  for (guint i = 0; ids[i] != NULL; i++)
    {
      const CotJourney *journey = cot_knowledge_find_journey (self->knowledge, ids[i]);

      if (journey != NULL)
        append_link (box, cot_finding_text_translate (cot_journey_get_title (journey)),
                     SHOW_JOURNEY_ACTION, ids[i]);
    }
}

static void
append_detectors (CotGuidePage *self, GtkWidget *box, const char *const *ids)
{
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      const CotDetector *detector = cot_knowledge_find (self->knowledge, ids[i]);
      g_autofree char *text = NULL;

      if (detector == NULL || cot_detector_is_marker (detector))
        continue;
      if (!g_hash_table_contains (self->seen, ids[i]))
        {
          /* Where nothing is open, nothing could be seen. */
          text = g_strdup_printf (
              self->a_case != NULL ? _("Not seen here: %s") : _("A known finding: %s"),
              cot_finding_text_translate (cot_detector_get_title (detector)));
          gtk_box_append (GTK_BOX (box), cot_text_label_new (text, "secondary-text"));
          continue;
        }
      text = g_strdup_printf (_("Show the finding: %s"),
                              cot_finding_text_translate (cot_detector_get_title (detector)));
      append_link (box, text, "win.show-finding", ids[i]);
    }
}

static GtkWidget *
make_item_body (CotGuidePage *self, const CotGuideItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_add_css_class (box, "finding-body");
  if (item->title != NULL && item->text != NULL)
    gtk_box_append (GTK_BOX (box), cot_step_label_new (cot_finding_text_translate (item->text)));
  if (item->line != NULL)
    append_line (box, item->line);
  append_logs (self, box, item->logs);
  append_journeys (self, box, item->journeys);
  append_detectors (self, box, item->detectors);
  return box;
}

/* A tick says that it is so. Beside the name of an issue that would be the wrong thing to say: only
 * what names the line of a healthy log has one. */
static gboolean
is_neutral (CotFindingSign sign, const CotGuideItem *item)
{
  return sign <= COT_FINDING_SIGN_NORMAL && item->line == NULL;
}

static const char *
get_seen_text (CotFindingSign sign, const CotGuideItem *item)
{
  return is_neutral (sign, item) ? _("Seen in these logs, and nothing is wrong there")
                                 : cot_finding_sign_get_text (sign);
}

static GtkWidget *
make_seen_icon (CotFindingSign sign, const CotGuideItem *item)
{
  const char *text = get_seen_text (sign, item);
  CotFindingSign shown = is_neutral (sign, item) ? COT_FINDING_SIGN_OVER : sign;
  GtkWidget *icon = gtk_image_new_from_icon_name (cot_finding_sign_get_icon (shown));

  gtk_widget_add_css_class (icon, cot_finding_sign_get_css_class (shown));
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_tooltip_text (icon, text);
  return icon;
}

static GtkWidget *
make_number (guint n)
{
  g_autofree char *number = g_strdup_printf ("%u", n);
  GtkWidget *label = gtk_label_new (number);

  gtk_widget_add_css_class (label, "step-number");
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  return label;
}

/* Numbers are there to be told to others: the sign stands at the other end then. */
static void
add_sign (AdwExpanderRow *row, GtkWidget *icon, gboolean is_numbered)
{
  if (is_numbered)
    adw_expander_row_add_action (row, icon);
  else
    adw_expander_row_add_prefix (row, icon);
}

/* "Seen in these logs: a failure, 3", as far as it is shown. */
static char *
dup_sign (CotFindingSign seen, const CotGuideItem *item, guint number)
{
  const char *text = seen != COT_FINDING_SIGN_NONE ? get_seen_text (seen, item) : "";

  if (number == 0)
    return g_strdup (text);
  return g_strdup_printf ("%s%s%u", text, *text != '\0' ? ", " : "", number);
}

static GtkWidget *
make_item (CotGuidePage *self, const CotGuideSection *section, guint index)
{
  const CotGuideItem *item = &section->items[index];
  GtkWidget *row = adw_expander_row_new ();
  const char *text = item->title != NULL ? item->title : item->text;
  CotFindingSign seen = get_seen (self, item);
  g_autofree char *plain = cot_step_text_to_plain (cot_finding_text_translate (text));
  g_autofree char *sign = dup_sign (seen, item, section->numbered ? index + 1 : 0);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), plain);
  cot_names_set_row (row, sign);
  gtk_widget_add_css_class (row, "finding-row");
  if (section->numbered)
    adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), make_number (index + 1));
  if (seen != COT_FINDING_SIGN_NONE)
    add_sign (ADW_EXPANDER_ROW (row), make_seen_icon (seen, item), section->numbered);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), make_item_body (self, item));
  if (index == self->wanted_item)
    cot_unfold_at_once (ADW_EXPANDER_ROW (row));
  cot_unfold_in_sight (ADW_EXPANDER_ROW (row));
  return row;
}

static gboolean
is_same (GHashTable *one, GHashTable *other)
{
  GHashTableIter iter;
  gpointer id;
  gpointer sign;

  if (g_hash_table_size (one) != g_hash_table_size (other))
    return FALSE;
  g_hash_table_iter_init (&iter, one);
  while (g_hash_table_iter_next (&iter, &id, &sign))
    if (g_hash_table_lookup (other, id) != sign)
      return FALSE;
  return TRUE;
}

/* Returns whether the detectors say something else than before. Several computers may have the
 * same finding: the worst counts. */
static gboolean
update_seen (CotGuidePage *self)
{
  guint n_findings = self->a_case != NULL ? cot_case_get_n_findings (self->a_case) : 0;
  g_autoptr (GHashTable) before = self->seen;

  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < n_findings; i++)
    {
      CotFinding *finding = cot_case_get_finding (self->a_case, i);
      const char *id = cot_detector_get_id (finding->detector);
      guint sign = GPOINTER_TO_UINT (g_hash_table_lookup (self->seen, id));

      sign = MAX (sign, cot_finding_sign_of (finding));
      g_hash_table_insert (self->seen, g_strdup (id), GUINT_TO_POINTER (sign));
    }
  return !is_same (before, self->seen);
}

static void
clear (CotGuidePage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->content)) != NULL)
    gtk_box_remove (GTK_BOX (self->content), child);
}

static void
fill (CotGuidePage *self)
{
  const CotGuide *guide = cot_knowledge_get_guide (self->knowledge);
  const CotGuideSection *section;
  GtkWidget *list;

  update_seen (self);
  self->is_cleared = FALSE;
  clear (self);
  gtk_widget_set_visible (self->journeys, self->chosen == JOURNEYS);
  gtk_widget_set_visible (self->logs, self->chosen == LOGS);
  gtk_widget_set_visible (self->content, self->chosen >= FIRST_SECTION);
  if (self->chosen < FIRST_SECTION || self->chosen - FIRST_SECTION >= guide->n_sections)
    return;

  section = &guide->sections[self->chosen - FIRST_SECTION];
  if (section->text != NULL)
    gtk_box_append (GTK_BOX (self->content),
                    cot_step_label_new (cot_finding_text_translate (section->text)));
  list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < section->n_items; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_item (self, section, i));
  gtk_widget_set_visible (list, section->n_items > 0);
  gtk_box_append (GTK_BOX (self->content), list);
  self->wanted_item = G_MAXUINT;
}

static void
choose (CotGuidePage *self, guint section)
{
  self->is_choosing = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->chooser), section);
  self->is_choosing = FALSE;
}

/* Who opens the guide without a log wants to learn; with one, to know how far its device came. */
static void
choose_first (CotGuidePage *self)
{
  const CotGuide *guide = cot_knowledge_get_guide (self->knowledge);
  guint section = JOURNEYS;

  if (self->was_chosen)
    return;
  for (guint i = 0; self->a_case == NULL && i < guide->n_sections; i++)
    if (g_str_equal (guide->sections[i].id, BASICS))
      section = FIRST_SECTION + i;
  choose (self, section);
}

static gboolean
update (gpointer data)
{
  CotGuidePage *self = data;

  self->update_source = 0;
  choose_first (self);
  if (update_seen (self) || self->is_cleared)
    fill (self);
  return G_SOURCE_REMOVE;
}

/* A page that is not seen is made when it is. */
static void
queue_update (CotGuidePage *self)
{
  if (self->update_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->update_source = g_idle_add_full (G_PRIORITY_LOW, update, self, NULL);
}

static void
cot_guide_page_map (GtkWidget *widget)
{
  choose_first (COT_GUIDE_PAGE (widget));
  GTK_WIDGET_CLASS (cot_guide_page_parent_class)->map (widget);
  queue_update (COT_GUIDE_PAGE (widget));
}

static void
scroll_to_start (CotGuidePage *self)
{
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
}

/* Also from inside of the page: to ask for the guide is to ask for its start. */
static gboolean
cot_guide_page_grab_focus (GtkWidget *widget)
{
  CotGuidePage *self = COT_GUIDE_PAGE (widget);

  scroll_to_start (self);
  return gtk_widget_grab_focus (self->chooser);
}

static void
on_section_chosen (CotGuidePage *self)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser));

  if (chosen == GTK_INVALID_LIST_POSITION)
    return;
  self->was_chosen |= !self->is_choosing;
  self->chosen = chosen;
  fill (self);
  scroll_to_start (self);
}

static void
on_look_up_log (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CotGuidePage *self = COT_GUIDE_PAGE (widget);
  g_autofree char *name = g_variant_dup_string (parameter, NULL);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->chooser), LOGS);
  cot_log_catalogue_page_look_up (COT_LOG_CATALOGUE_PAGE (self->logs), name);
}

static void
on_show_journey (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CotGuidePage *self = COT_GUIDE_PAGE (widget);
  g_autofree char *id = g_variant_dup_string (parameter, NULL);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->chooser), JOURNEYS);
  cot_journeys_page_show (COT_JOURNEYS_PAGE (self->journeys), id);
}

static void
on_go_to (CotGuidePage *self, CotLog *log, guint64 ordinal)
{
  g_signal_emit (self, signals[GO_TO], 0, log, ordinal);
}

static void
cot_guide_page_dispose (GObject *object)
{
  CotGuidePage *self = COT_GUIDE_PAGE (object);

  cot_guide_page_set_case (self, NULL);
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->knowledge, cot_knowledge_unref);

  G_OBJECT_CLASS (cot_guide_page_parent_class)->dispose (object);
}

static void
cot_guide_page_finalize (GObject *object)
{
  g_hash_table_unref (COT_GUIDE_PAGE (object)->seen);

  G_OBJECT_CLASS (cot_guide_page_parent_class)->finalize (object);
}

static void
cot_guide_page_class_init (CotGuidePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_guide_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = cot_guide_page_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = cot_guide_page_grab_focus;
  GTK_WIDGET_CLASS (klass)->map = cot_guide_page_map;
  signals[GO_TO]
      = g_signal_new ("go-to", COT_TYPE_GUIDE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, COT_TYPE_LOG, G_TYPE_UINT64);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), COT_LOG_LOOK_UP_ACTION, "s",
                                   on_look_up_log);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), SHOW_JOURNEY_ACTION, "s",
                                   on_show_journey);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cot_guide_page_init (CotGuidePage *self)
{
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->wanted_item = G_MAXUINT;
}

static GListModel *
make_titles (const CotGuide *guide)
{
  GtkStringList *titles = gtk_string_list_new (NULL);

  gtk_string_list_append (titles, _("Journeys: how far did it come?"));
  gtk_string_list_append (titles, _("Logs: what is each one for?"));
  for (guint i = 0; i < guide->n_sections; i++)
    gtk_string_list_append (titles, cot_finding_text_translate (guide->sections[i].title));
  return G_LIST_MODEL (titles);
}

GtkWidget *
cot_guide_page_new (CotKnowledge *knowledge)
{
  CotGuidePage *self = g_object_new (COT_TYPE_GUIDE_PAGE, NULL);
  GtkWidget *pages = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->knowledge = cot_knowledge_ref (knowledge);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->chooser = gtk_drop_down_new (make_titles (cot_knowledge_get_guide (knowledge)), NULL);
  gtk_widget_add_css_class (self->chooser, "guide-chooser");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chooser), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Section of the guide"), -1);
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->content, "panel-page");
  self->journeys = cot_journeys_page_new (knowledge);
  gtk_widget_add_css_class (self->journeys, "panel-page");
  g_signal_connect_swapped (self->journeys, "go-to", G_CALLBACK (on_go_to), self);
  self->logs = cot_log_catalogue_page_new (knowledge);
  gtk_widget_add_css_class (self->logs, "panel-page");
  gtk_box_append (GTK_BOX (pages), self->journeys);
  gtk_box_append (GTK_BOX (pages), self->logs);
  gtk_box_append (GTK_BOX (pages), self->content);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), pages);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_box_append (GTK_BOX (self->box), self->chooser);
  gtk_box_append (GTK_BOX (self->box), self->scroller);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_swapped (self->chooser, "notify::selected", G_CALLBACK (on_section_chosen),
                            self);
  fill (self);
  return GTK_WIDGET (self);
}

/**
 * cot_guide_page_set_knowledge:
 * @knowledge: what is known from now on; its guide is that of the built-in knowledge
 */
void
cot_guide_page_set_knowledge (CotGuidePage *self, CotKnowledge *knowledge)
{
  g_return_if_fail (COT_IS_GUIDE_PAGE (self));

  cot_knowledge_ref (knowledge);
  cot_knowledge_unref (self->knowledge);
  self->knowledge = knowledge;
  cot_journeys_page_set_knowledge (COT_JOURNEYS_PAGE (self->journeys), knowledge);
  cot_log_catalogue_page_set_knowledge (COT_LOG_CATALOGUE_PAGE (self->logs), knowledge);
}

void
cot_guide_page_set_case (CotGuidePage *self, CotCase *a_case)
{
  g_return_if_fail (COT_IS_GUIDE_PAGE (self));

  if (self->a_case == a_case)
    return;
  if (self->a_case != NULL)
    g_signal_handlers_disconnect_by_data (self->a_case, self);
  g_set_object (&self->a_case, a_case);
  if (a_case != NULL)
    g_signal_connect_swapped (a_case, "findings-changed", G_CALLBACK (queue_update), self);
  if (self->box != NULL)
    {
      /* Its signs are those of another device. */
      clear (self);
      self->is_cleared = TRUE;
      cot_journeys_page_set_case (COT_JOURNEYS_PAGE (self->journeys), a_case);
      cot_log_catalogue_page_set_case (COT_LOG_CATALOGUE_PAGE (self->logs), a_case);
    }
  queue_update (self);
}

/**
 * cot_guide_page_show_detector:
 * @detector_id: what the guide should speak of
 *
 * Returns: %FALSE where it does not
 */
gboolean
cot_guide_page_show_detector (CotGuidePage *self, const char *detector_id)
{
  guint section;
  guint item;

  g_return_val_if_fail (COT_IS_GUIDE_PAGE (self), FALSE);

  if (!find_detector (self->knowledge, detector_id, &section, &item))
    return FALSE;
  self->wanted_item = item;
  if (gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser)) == FIRST_SECTION + section)
    fill (self);
  else
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->chooser), FIRST_SECTION + section);
  return TRUE;
}
