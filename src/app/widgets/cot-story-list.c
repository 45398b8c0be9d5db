/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-story-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-finding-text.h"
#include "cot-log-model.h"
#include "cot-sentences.h"
#include "cot-text-label.h"

/* A longer story is told by its beginning. */
#define MAX_LINES 30
#define DATE_LENGTH (sizeof "2026-11-18" - 1)
#define TIME_LENGTH (sizeof "09:12:41" - 1)

enum
{
  GO_TO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotStoryList
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GCancellable *cancellable;
  gboolean one_day; /* times need no date */
};

G_DEFINE_FINAL_TYPE (CotStoryList, cot_story_list, GTK_TYPE_WIDGET)

/* What a row leads to. */
typedef struct
{
  CotLog *log;
  guint64 ordinal;
  char *title;
  char *time; /* (nullable) */
  char *times; /* (nullable): how often, where it is more than once */
  GtkWidget *row; /* (unowned) */
  GtkLabel *place; /* (unowned) */
} Place;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_object_unref (place->log);
  g_free (place->title);
  g_free (place->time);
  g_free (place->times);
  g_free (place);
}

/* "09:12:41", or "11-18 09:12:41" where the story takes several days. */
static char *
dup_time (CotStoryList *self, gint64 time_usec)
{
  g_autofree char *text = cot_time_dup_text (time_usec);

  if (text == NULL || strlen (text) < DATE_LENGTH + 1 + TIME_LENGTH)
    return g_steal_pointer (&text);
  return self->one_day ? g_strndup (text + DATE_LENGTH + 1, TIME_LENGTH)
                       : g_strndup (text + strlen ("2026-"), strlen ("11-18 ") + TIME_LENGTH);
}

static char *
dup_times (CotStoryList *self, const CotStoryLine *line)
{
  g_autofree char *last = dup_time (self, line->last_time_usec);

  if (line->n <= 1)
    return NULL;
  if (last == NULL)
    return g_strdup_printf (ngettext ("%u time", "%u times", line->n), line->n);
  /* Translators: "14 times, last 09:19:11" */
  return g_strdup_printf (ngettext ("%u time, last %s", "%u times, last %s", line->n), line->n,
                          last);
}

static gboolean
is_of_one_day (const CotStory *story)
{
  g_autofree char *first = NULL;

  for (guint i = 0; i < story->lines->len; i++)
    {
      const CotStoryLine *line = &g_array_index (story->lines, CotStoryLine, i);
      g_autofree char *begin = cot_time_dup_text (line->time_usec);
      g_autofree char *end = cot_time_dup_text (line->last_time_usec);

      if (begin == NULL || end == NULL)
        continue;
      if (first == NULL)
        first = g_strdup (begin);
      if (strncmp (first, begin, DATE_LENGTH) != 0 || strncmp (first, end, DATE_LENGTH) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
set_place_text (Place *place, const char *where)
{
  g_autofree char *text = place->times != NULL ? g_strdup_printf ("%s · %s", where, place->times)
                                               : g_strdup (where);
  g_autofree char *name = place->time != NULL
                              ? g_strdup_printf ("%s, %s, %s", place->time, place->title, text)
                              : g_strdup_printf ("%s, %s", place->title, text);

  gtk_label_set_text (place->place, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (place->row), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

/* Counting lines means reading the file, so the number comes later. */
static void
on_details (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) row = data;
  g_autoptr (CotEntryDetails) details
      = cot_log_load_details_finish (COT_LOG (source), result, NULL);
  Place *place = g_object_get_data (G_OBJECT (row), "place");
  g_autofree char *number = NULL;
  g_autofree char *name = NULL;
  g_autofree char *where = NULL;

  if (details == NULL || details->line == 0)
    return;
  number = cot_sentence_dup_number (details->line);
  name = cot_log_dup_part_name (place->log, place->ordinal, NULL);
  where = g_strdup_printf (_("%s, line %s"), name, number);
  set_place_text (place, where);
}

static GtkWidget *
make_text (const Place *place)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (place->title);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  cot_text_label_set_wrapping (GTK_LABEL (title), NULL);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (first), title);
  if (place->time != NULL)
    {
      GtkWidget *time = gtk_label_new (place->time);

      gtk_widget_add_css_class (time, "numeric");
      gtk_widget_add_css_class (time, "secondary-text");
      gtk_widget_set_valign (time, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (first), time);
    }
  gtk_label_set_xalign (place->place, 0);
  cot_text_label_set_wrapping (place->place, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (place->place), "story-place");
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (lines), first);
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (place->place));
  return lines;
}

/* (nullable): where the evidence is not there any more. */
static Place *
place_new (CotStoryList *self, CotCase *a_case, const CotStoryLine *line)
{
  CotLog *log;
  guint64 ordinal;
  Place *place;

  if (!cot_case_get_evidence (a_case, line->finding, line->first, &log, &ordinal))
    return NULL;
  place = g_new0 (Place, 1);
  place->log = g_object_ref (log);
  place->ordinal = ordinal;
  place->title = cot_finding_text_dup_title (line->finding);
  place->time = dup_time (self, line->time_usec);
  place->times = dup_times (self, line);
  return place;
}

static void
append_line (CotStoryList *self, GtkWidget *list, CotCase *a_case, const CotStoryLine *line)
{
  Place *place = place_new (self, a_case, line);
  GtkWidget *box, *icon;
  guint64 in_part;
  g_autofree char *name = NULL;
  g_autofree char *number = NULL;
  g_autofree char *where = NULL;

  if (place == NULL)
    return;
  in_part = place->ordinal;
  name = cot_log_dup_part_name (place->log, place->ordinal, &in_part);
  number = cot_sentence_dup_number (in_part + 1);
  where = g_strdup_printf (_("%s, entry %s"), name, number);
  place->row = gtk_list_box_row_new ();
  place->place = GTK_LABEL (gtk_label_new (NULL));
  set_place_text (place, where);
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  icon = gtk_image_new_from_icon_name (cot_finding_text_get_icon (line->finding));
  gtk_widget_add_css_class (icon, cot_finding_text_get_css_class (line->finding));
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), make_text (place));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (place->row), box);
  gtk_widget_set_tooltip_text (place->row, _("Go to this entry"));
  g_object_set_data_full (G_OBJECT (place->row), "place", place, place_free);
  gtk_list_box_append (GTK_LIST_BOX (list), place->row);
  cot_log_load_details_async (place->log, place->ordinal, self->cancellable, on_details,
                              g_object_ref (place->row));
}

static void
on_row_activated (CotStoryList *self, GtkListBoxRow *row)
{
  const Place *place = g_object_get_data (G_OBJECT (row), "place");

  g_signal_emit (self, signals[GO_TO], 0, place->log, place->ordinal);
}

static void
cot_story_list_dispose (GObject *object)
{
  CotStoryList *self = COT_STORY_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cot_story_list_parent_class)->dispose (object);
}

static void
cot_story_list_finalize (GObject *object)
{
  g_object_unref (COT_STORY_LIST (object)->cancellable);

  G_OBJECT_CLASS (cot_story_list_parent_class)->finalize (object);
}

static void
cot_story_list_class_init (CotStoryListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_story_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = cot_story_list_finalize;
  signals[GO_TO] = g_signal_new ("go-to", COT_TYPE_STORY_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 2, COT_TYPE_LOG, G_TYPE_UINT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cot_story_list_init (CotStoryList *self)
{
  self->cancellable = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
append_clock (CotStoryList *self, CotStoryClock clock)
{
  const char *text = NULL;

  if (clock == COT_STORY_CLOCK_UTC)
    text = _("Times are in UTC, as the logs were written in several time zones.");
  else if (clock == COT_STORY_CLOCK_MIXED)
    text = _("Some of these logs do not tell their time zone: the order between logs is a guess.");
  if (text != NULL)
    gtk_box_append (GTK_BOX (self->box), cot_text_label_new (text, "secondary-text"));
}

/**
 * cot_story_list_new:
 * @a_case: whose story it is
 * @story: what is told; only used during the call
 *
 * Returns: (transfer floating): the list
 */
GtkWidget *
cot_story_list_new (CotCase *a_case, const CotStory *story)
{
  CotStoryList *self = g_object_new (COT_TYPE_STORY_LIST, NULL);
  GtkWidget *list = gtk_list_box_new ();
  guint n = MIN (story->lines->len, MAX_LINES);

  self->one_day = is_of_one_day (story);
  append_clock (self, story->clock);
  gtk_widget_add_css_class (list, "story");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What happened"), -1);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (on_row_activated), self);
  for (guint i = 0; i < n; i++)
    append_line (self, list, a_case, &g_array_index (story->lines, CotStoryLine, i));
  gtk_box_append (GTK_BOX (self->box), list);
  if (story->lines->len > n)
    {
      guint n_more = story->lines->len - n;
      g_autofree char *more
          = g_strdup_printf (ngettext ("and %u more line", "and %u more lines", n_more), n_more);

      gtk_box_append (GTK_BOX (self->box), cot_text_label_new (more, "secondary-text"));
    }
  return GTK_WIDGET (self);
}
