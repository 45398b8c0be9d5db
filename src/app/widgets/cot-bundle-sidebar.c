/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-bundle-sidebar-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-log-place.h"
#include "cot-member-list.h"
#include "cot-member-row.h"
#include "cot-member-sentences.h"
#include "cot-sentences.h"

/* What made the bundle, or its devices, as far as they have room. */
#define MAX_SUBTITLE_LINES 3
/* A list box with more rows is slow to open; the filter does not reach the others. */
#define MAX_ROWS 2000
/* A finding is looked at for where it stands, not for each of its lines. */
#define MAX_EVIDENCE 2000
/* What was to be collected and is not here is a few things; a made-up report may name many. */
#define MAX_ABSENT 500
/* Of what could not be read, the banner says how much it is. */
#define MAX_REFUSED 300
/* Of a row: the member that it reads when it is chosen, + 1. */
#define UNREAD_MEMBER "cot-unread-member"
/* For the banner to close, and the sidebar to open. */
#define SCROLL_DELAY_MSEC 300
/* With few members there is nothing to filter. */
#define MIN_MEMBERS_TO_FILTER 12

enum
{
  LOG_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CotBundleSidebar, cot_bundle_sidebar, GTK_TYPE_WIDGET)

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  CotBundleSidebar *self = data;
  CotLog *log = cot_member_row_get_log (COT_MEMBER_ROW (row));
  guint unread = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), UNREAD_MEMBER));

  if (log == NULL && unread > 0)
    log = cot_case_read_member (self->a_case, unread - 1);
  if (log != NULL)
    g_signal_emit (self, signals[LOG_CHOSEN], 0, log);
}

static gboolean
filter_row (GtkListBoxRow *row, gpointer data)
{
  CotBundleSidebar *self = data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->filter));
  g_autofree char *folded_text = NULL;
  g_autofree char *folded_name = NULL;

  if (*text == '\0')
    return !cot_member_row_is_folded (COT_MEMBER_ROW (row));
  folded_text = g_utf8_casefold (text, -1);
  folded_name = g_utf8_casefold (cot_member_row_get_name (COT_MEMBER_ROW (row)), -1);
  return strstr (folded_name, folded_text) != NULL;
}

static GtkWidget *
make_heading (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, text);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_section_heading (CotMemberRow *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *number = cot_sentence_dup_number (cot_member_row_get_n_in_section (row));
  GtkWidget *count = gtk_label_new (number);

  gtk_widget_add_css_class (box, "member-group");
  gtk_box_append (GTK_BOX (box),
                  make_heading (cot_member_row_get_section (row), "member-group-title"));
  gtk_widget_set_valign (count, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_set_visible (count, cot_member_row_get_n_in_section (row) > 0);
  gtk_box_append (GTK_BOX (box), count);
  if (cot_member_row_get_log (row) != NULL && cot_member_row_get_n_in_section (row) > 1)
    gtk_box_append (GTK_BOX (box), cot_bundle_sidebar_make_section_button (row));
  return box;
}

static void
set_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  CotMemberRow *here = COT_MEMBER_ROW (row);
  const char *device = cot_member_row_get_device (here);
  gboolean same_device =
      before != NULL
      && g_strcmp0 (device, cot_member_row_get_device (COT_MEMBER_ROW (before))) == 0;
  GtkWidget *box;

  if (same_device
      && g_str_equal (cot_member_row_get_section (here),
                      cot_member_row_get_section (COT_MEMBER_ROW (before))))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  if (!same_device && device != NULL)
    gtk_box_append (GTK_BOX (box), make_heading (device, "member-device"));
  gtk_box_append (GTK_BOX (box), make_section_heading (here));
  gtk_list_box_row_set_header (row, box);
}

static void
append_row (CotBundleSidebar *self, GtkWidget *row, const char *device, const char *section,
            guint n_in_section)
{
  cot_member_row_set_section (COT_MEMBER_ROW (row), device, section, n_in_section);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

/* The heading above all members of a computer; NULL where the bundle is of one. */
static const char *
get_device_heading (CotCase *a_case, const CotMember *member)
{
  if (cot_case_get_n_devices (a_case) < 2)
    return NULL;
  return member->device != NULL ? member->device : _("Unknown device");
}

/* The heading above what was to be collected from a computer. */
static const char *
get_item_heading (CotCase *a_case, const CotCollectedItem *item)
{
  if (cot_case_get_n_devices (a_case) < 2)
    return NULL;
  return item->device != NULL ? item->device : _("Unknown device");
}

static guint
count_absent (CotCase *a_case, const char *device)
{
  guint n = 0;

  for (guint i = 0; i < cot_case_get_n_absent (a_case); i++)
    if (g_strcmp0 (get_item_heading (a_case, cot_case_get_absent (a_case, i)), device) == 0)
      n++;
  return n;
}

/* From @first on: how many stand under the same heading. Older parts do not count. */
static guint
count_section (CotCase *a_case, const GArray *places, guint first)
{
  const CotMemberPlace *start = &g_array_index (places, CotMemberPlace, first);
  const char *device = cot_case_get_member (a_case, start->member)->device;
  guint n = 0;

  for (guint i = first; i < places->len; i++)
    {
      const CotMemberPlace *place = &g_array_index (places, CotMemberPlace, i);

      if (place->section != start->section
          || g_strcmp0 (cot_case_get_member (a_case, place->member)->device, device) != 0)
        break;
      n += place->is_older ? 0 : 1;
    }
  if (start->section == COT_MEMBER_SECTION_NOT_COLLECTED)
    n += count_absent (a_case, get_device_heading (a_case, cot_case_get_member (a_case,
                                                                               start->member)));
  return n;
}

static GtkWidget *
make_row_for_item (const CotCollectedItem *item)
{
  g_autofree char *name = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *sentence = cot_sentence_dup_item_not_collected (item, &name, &reason);

  return cot_member_row_new_absent (name, reason, sentence);
}

/* What a member says that stands in the place of something that could not be collected. */
static GtkWidget *
make_row_not_collected (const CotMember *member, const CotCollectedItem *item)
{
  g_autofree char *name = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *sentence = cot_sentence_dup_not_collected (member->label, &name, &reason);

  if (sentence != NULL)
    return cot_member_row_new_absent (*name != '\0' ? name : member->base_name, reason, sentence);
  return item != NULL ? make_row_for_item (item) : cot_member_row_new_for_file (member);
}

/* Whether it is a log is for the user to say. */
static void
let_read (GtkWidget *row, guint member)
{
  g_object_set_data (G_OBJECT (row), UNREAD_MEMBER, GUINT_TO_POINTER (member + 1));
  gtk_widget_remove_css_class (row, "absent");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
}

static GtkWidget *
make_row (CotCase *a_case, const CotMemberPlace *place, GtkWidget *newest)
{
  const CotMember *member = cot_case_get_member (a_case, place->member);
  const CotCollectedItem *item = cot_case_get_collected (a_case, place->member);
  CotLog *log = cot_case_get_member_log (a_case, place->member);
  GtkWidget *row;

  if (cot_case_get_not_collected (a_case, place->member))
    return make_row_not_collected (member, item);
  if (log != NULL && place->is_older && newest != NULL)
    return cot_member_row_new_older (log, member, COT_MEMBER_ROW (newest),
                                     cot_case_get_joined (a_case, place->member));
  row = log != NULL ? cot_member_row_new_for_log (log, member, place->n_older)
                    : cot_member_row_new_for_file (member);
  if (cot_sentence_is_unknown_member (a_case, place->member))
    let_read (row, place->member);
  if (item != NULL)
    {
      g_autofree char *hint = cot_sentence_dup_collected_hint (item);

      cot_member_row_set_hint (COT_MEMBER_ROW (row), hint);
    }
  return row;
}

/* What the list has no room for is not left out in silence. */
static void
append_rest (CotBundleSidebar *self, guint n_left)
{
  g_autofree char *number = cot_sentence_dup_number (n_left);
  g_autofree char *name
      = g_strdup_printf (ngettext ("%s file more", "%s files more", n_left), number);
  const char *sentence = _("The list ends here. Open a part of the bundle to see the rest.");

  append_row (self, cot_member_row_new_absent (name, sentence, sentence), NULL, _("Not listed"),
              n_left);
}

/* What was to be collected from a computer and has no member at all: below what has one. */
static void
append_absent_items (CotBundleSidebar *self, const char *device)
{
  const char *section = cot_member_section_get_title (COT_MEMBER_SECTION_NOT_COLLECTED);
  guint n_all = count_absent (self->a_case, device);
  guint n = 0;

  for (guint i = 0; i < cot_case_get_n_absent (self->a_case) && n < MAX_ABSENT; i++)
    {
      const CotCollectedItem *item = cot_case_get_absent (self->a_case, i);

      if (g_strcmp0 (get_item_heading (self->a_case, item), device) != 0)
        continue;
      append_row (self, make_row_for_item (item), device, section, n_all);
      n++;
    }
  if (n_all > n)
    {
      g_autofree char *number = cot_sentence_dup_number (n_all - n);
      /* Translators: so many things more that were not collected */
      g_autofree char *name = g_strdup_printf (_("%s more"), number);
      const char *sentence = _("The list ends here. Open results.xml to see the rest.");

      append_row (self, cot_member_row_new_absent (name, sentence, sentence), device, section,
                  n_all);
    }
}

/* The same for logs of one name under the heading of one computer. */
static char *
dup_namesake_key (CotCase *a_case, const CotMemberPlace *place, CotLog *log)
{
  const char *device = cot_case_get_member (a_case, place->member)->device;
  g_autofree char *name = g_utf8_casefold (cot_log_get_name (log), -1);

  return g_strdup_printf ("%s/%s", device != NULL ? device : "", name);
}

/* (element-type utf8 GPtrArray): the labels of logs of one name, which end with NULL */
static GHashTable *
find_namesakes (CotCase *a_case, const GArray *places)
{
  GHashTable *namesakes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                 (GDestroyNotify) g_ptr_array_unref);
  GHashTableIter iter;
  gpointer labels;

  for (guint i = 0; i < MIN (places->len, MAX_ROWS); i++)
    {
      const CotMemberPlace *place = &g_array_index (places, CotMemberPlace, i);
      CotLog *log = cot_case_get_member_log (a_case, place->member);
      g_autofree char *key = NULL;

      if (log == NULL || place->is_older)
        continue;
      key = dup_namesake_key (a_case, place, log);
      labels = g_hash_table_lookup (namesakes, key);
      if (labels == NULL)
        {
          labels = g_ptr_array_new ();
          g_hash_table_insert (namesakes, g_steal_pointer (&key), labels);
        }
      g_ptr_array_add (labels, (gpointer) cot_log_get_label (log));
    }
  g_hash_table_iter_init (&iter, namesakes);
  while (g_hash_table_iter_next (&iter, NULL, &labels))
    g_ptr_array_add (labels, NULL);
  return namesakes;
}

static void
tell_from_namesakes (CotCase *a_case, GHashTable *namesakes, const CotMemberPlace *place,
                     GtkWidget *row)
{
  CotLog *log = cot_case_get_member_log (a_case, place->member);
  g_autofree char *key = NULL;
  g_autofree char *folder = NULL;
  const GPtrArray *labels;

  if (log == NULL || place->is_older)
    return;
  key = dup_namesake_key (a_case, place, log);
  labels = g_hash_table_lookup (namesakes, key);
  folder = cot_log_place_dup (cot_log_get_label (log), (const char *const *) labels->pdata);
  if (folder != NULL && cot_member_row_get_log (COT_MEMBER_ROW (row)) != NULL)
    cot_member_row_set_place (COT_MEMBER_ROW (row), folder);
}

static void
append_members (CotBundleSidebar *self)
{
  g_autoptr (GArray) places = cot_member_list_new (self->a_case);
  g_autoptr (GHashTable) namesakes = find_namesakes (self->a_case, places);
  const char *last_device = NULL;
  GtkWidget *newest = NULL;
  guint n_in_section = 0;

  for (guint i = 0; i < MIN (places->len, MAX_ROWS); i++)
    {
      const CotMemberPlace *place = &g_array_index (places, CotMemberPlace, i);
      const char *device =
          get_device_heading (self->a_case, cot_case_get_member (self->a_case, place->member));
      GtkWidget *row;

      if (i == 0 || place->section != g_array_index (places, CotMemberPlace, i - 1).section
          || g_strcmp0 (device, last_device) != 0)
        {
          if (i > 0 && g_strcmp0 (device, last_device) != 0)
            append_absent_items (self, last_device);
          n_in_section = count_section (self->a_case, places, i);
        }
      last_device = device;
      row = make_row (self->a_case, place, newest);
      tell_from_namesakes (self->a_case, namesakes, place, row);
      if (!place->is_older)
        newest = row;
      append_row (self, row, device, cot_member_section_get_title (place->section), n_in_section);
    }
  if (places->len > 0)
    append_absent_items (self, last_device);
  if (places->len > MAX_ROWS)
    append_rest (self, places->len - MAX_ROWS);
}

static GtkWidget *
make_row_for_refused (CotCase *a_case, guint index, CotLog *log)
{
  const GError *reason = NULL;
  const char *path = cot_case_get_refused (a_case, index, &reason);
  g_autofree char *name = cot_sentence_dup_base_name (path);
  g_autofree char *sentence = reason != NULL ? cot_sentence_from_refusal (a_case, index, name)
                                             : g_strdup (_("It could not be read."));

  if (log != NULL)
    return cot_member_row_new_partly (name, cot_sentence_get_partly (reason), sentence, log);
  return cot_member_row_new_absent (name, sentence, sentence);
}

typedef enum
{
  REFUSED_WHOLE, /* the bundle itself, which is none of its files */
  REFUSED_FILE,
  REFUSED_IN_PART, /* stands apart: it can be opened */
} RefusedKind;

static RefusedKind
get_refused_kind (CotCase *a_case, guint index)
{
  if (cot_case_is_whole_refused (a_case, index))
    return REFUSED_WHOLE;
  return cot_case_get_read_in_part (a_case, index) != NULL ? REFUSED_IN_PART : REFUSED_FILE;
}

static void
append_refused (CotBundleSidebar *self, RefusedKind kind, const char *section)
{
  guint n_all = cot_case_get_n_refused (self->a_case);
  guint n = 0;
  guint n_shown = 0;

  for (guint i = 0; i < n_all; i++)
    if (get_refused_kind (self->a_case, i) == kind)
      n++;
  for (guint i = 0; i < n_all && n_shown < MAX_REFUSED; i++)
    {
      GtkWidget *row;

      if (get_refused_kind (self->a_case, i) != kind)
        continue;
      row = make_row_for_refused (self->a_case, i, cot_case_get_read_in_part (self->a_case, i));
      if (self->first_refused == NULL)
        g_set_weak_pointer (&self->first_refused, row);
      /* Of the whole there is one. */
      append_row (self, row, NULL, section, kind == REFUSED_WHOLE ? 0 : n);
      n_shown++;
    }
  if (n > n_shown)
    append_rest (self, n - n_shown);
}

/* Of several computers each has a log of that name. */
static char *
dup_reason_absent (CotCase *a_case, const char *log_name)
{
  g_auto (GStrv) devices = cot_case_dup_who_misses (a_case, log_name);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *joined = NULL;

  for (guint i = 0; devices[i] != NULL; i++)
    g_ptr_array_add (names, devices[i]);
  if (names->len == 0 && !cot_case_is_missed_by_finding (a_case, log_name))
    return g_strdup (_("Add it to check more steps of the guide. No finding needs it."));
  if (names->len == 0)
    return g_strdup (g_str_has_suffix (log_name, ".log")
                         ? _("A finding needs this log to tell more. Drop it here.")
                         : _("A finding needs this to tell more. Drop it here."));
  joined = cot_sentence_join_names (names);
  if (!cot_case_is_missed_by_finding (a_case, log_name))
    /* Translators: names of computers */
    return g_strdup_printf (
        _("Add it to check more steps of the guide for %s. No finding needs it."), joined);
  /* Translators: names of computers */
  return g_strdup_printf (_("A finding of %s needs this log to tell more. Drop it here."), joined);
}

static void
append_absent (CotBundleSidebar *self)
{
  g_auto (GStrv) missing = cot_case_dup_missing_logs (self->a_case);

  append_refused (self, REFUSED_WHOLE, _("The bundle as a whole"));
  append_refused (self, REFUSED_FILE, _("Not readable"));
  append_refused (self, REFUSED_IN_PART, _("Read in part"));
  for (guint i = 0; missing != NULL && missing[i] != NULL; i++)
    {
      g_autofree char *sentence = dup_reason_absent (self->a_case, missing[i]);
      g_autofree char *tooltip = g_strdup_printf ("%s\n%s", missing[i], sentence);
      gsize length = strlen (missing[i]);

      /* Members drop it too. */
      if (g_str_has_suffix (missing[i], ".log"))
        missing[i][length - strlen (".log")] = '\0';
      append_row (self, cot_member_row_new_absent (missing[i], sentence, tooltip), NULL,
                  _("Would tell more, not here"), g_strv_length (missing));
    }
}

/* A log that is read anew is another one, and so may be the parts that it is read with. */
static guint
hash_logs (CotCase *a_case)
{
  guint hash = cot_case_get_n_logs (a_case);

  for (guint i = 0; i < cot_case_get_n_logs (a_case); i++)
    hash = hash * 31 + g_direct_hash (cot_case_get_log (a_case, i));
  return hash;
}

static char *
dup_absent_signature (CotCase *a_case)
{
  g_auto (GStrv) missing = cot_case_dup_missing_logs (a_case);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%u %u %u %u", cot_case_get_n_refused (a_case),
                          hash_logs (a_case), cot_case_get_n_collected (a_case),
                          cot_case_get_n_absent (a_case));
  for (guint i = 0; missing[i] != NULL; i++)
    {
      g_autofree char *reason = dup_reason_absent (a_case, missing[i]);

      g_string_append_printf (text, "/%s/%s", missing[i], reason);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
rebuild (CotBundleSidebar *self)
{
  GtkWidget *row;

  g_clear_weak_pointer (&self->first_refused);
  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  append_members (self);
  append_absent (self);
  gtk_widget_set_visible (self->filter,
                          cot_case_get_n_members (self->a_case) >= MIN_MEMBERS_TO_FILTER);
}

/* What the findings say of one log. */
typedef struct
{
  CotFindingSign worst;
  guint n_problems; /* as the badge of the findings counts them */
  guint last; /* the finding that was counted last, + 1 */
} Verdict;

static GHashTable *
find_verdicts (CotCase *a_case)
{
  GHashTable *verdicts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GHashTable) repeated = cot_case_find_repeated (a_case);

  for (guint i = 0; i < cot_case_get_n_findings (a_case); i++)
    {
      CotFinding *finding = cot_case_get_finding (a_case, i);
      CotFindingSign sign = cot_finding_sign_of (finding);
      gboolean counts = cot_finding_is_trouble (finding)
                        && finding->severity >= COT_SEVERITY_WARNING
                        && !g_hash_table_contains (repeated, finding);
      CotLog *log;
      guint64 ordinal;

      for (guint j = 0;
           j < MAX_EVIDENCE && cot_case_get_evidence (a_case, finding, j, &log, &ordinal); j++)
        {
          Verdict *verdict = g_hash_table_lookup (verdicts, log);

          if (verdict == NULL)
            {
              verdict = g_new0 (Verdict, 1);
              g_hash_table_insert (verdicts, log, verdict);
            }
          if (verdict->last == i + 1)
            continue;
          verdict->last = i + 1;
          verdict->n_problems += counts ? 1 : 0;
          verdict->worst = MAX (verdict->worst, sign);
        }
    }
  return verdicts;
}

GtkListBoxRow *
cot_bundle_sidebar_find_row (CotBundleSidebar *self, CotLog *log)
{
  GtkListBoxRow *row;

  if (log == NULL)
    return NULL;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL;
       i++)
    if (cot_member_row_get_log (COT_MEMBER_ROW (row)) == log)
      return row;
  return NULL;
}

static void
select_current (CotBundleSidebar *self)
{
  GtkListBoxRow *row = cot_bundle_sidebar_find_row (self, self->current);

  if (row != NULL)
    cot_member_row_unfold (COT_MEMBER_ROW (row));
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
}

static void
update_title (CotBundleSidebar *self)
{
  const char *device = cot_case_get_device (self->a_case);
  CotLayout layout = cot_case_get_layout (self->a_case);
  guint n_logs = cot_case_get_n_logs (self->a_case);
  g_autofree char *title = cot_sentence_dup_visible (cot_case_get_title (self->a_case));
  g_autofree char *path = cot_sentence_dup_visible (cot_case_get_path (self->a_case));
  g_autofree char *logs = g_strdup_printf (ngettext ("%u log", "%u logs", n_logs), n_logs);
  g_autofree char *notes =
      cot_sentence_dup_layout_notes (cot_case_get_layout_notes (self->a_case));
  g_autofree char *tooltip = g_strconcat (path, notes != NULL ? "\n" : NULL, notes, NULL);

  gtk_label_set_text (GTK_LABEL (self->title), device != NULL ? device : title);
  if (cot_case_get_n_devices (self->a_case) > 1)
    {
      g_autofree char *devices = cot_sentence_dup_devices (self->a_case);

      gtk_label_set_text (GTK_LABEL (self->subtitle), devices);
    }
  else if (layout != COT_LAYOUT_GENERIC)
    gtk_label_set_text (GTK_LABEL (self->subtitle), cot_sentence_get_layout (layout));
  else
    gtk_label_set_text (GTK_LABEL (self->subtitle),
                        device != NULL && !cot_sentence_is_title (self->a_case, device) ? title
                                                                                        : logs);
  gtk_widget_set_tooltip_text (self->head, tooltip);
  gtk_widget_set_visible (self->note, notes != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->note), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  notes != NULL ? notes : "", -1);
}

static gboolean
update (gpointer data)
{
  CotBundleSidebar *self = data;
  g_autoptr (GHashTable) verdicts = NULL;
  g_autofree char *absent = NULL;
  GtkListBoxRow *row;

  self->update_source = 0;
  if (self->a_case == NULL || cot_bundle_sidebar_has_open_menu (self))
    return G_SOURCE_REMOVE;

  update_title (self);
  absent = dup_absent_signature (self->a_case);
  if (self->n_members_shown != cot_case_get_n_members (self->a_case)
      || g_strcmp0 (absent, self->shown_absent) != 0)
    {
      self->n_members_shown = cot_case_get_n_members (self->a_case);
      g_free (self->shown_absent);
      self->shown_absent = g_steal_pointer (&absent);
      rebuild (self);
      select_current (self);
      cot_bundle_sidebar_show_merged (self);
    }
  verdicts = find_verdicts (self->a_case);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL;
       i++)
    {
      const Verdict *verdict =
          g_hash_table_lookup (verdicts, cot_member_row_get_log (COT_MEMBER_ROW (row)));

      if (verdict != NULL)
        cot_member_row_set_findings (COT_MEMBER_ROW (row), verdict->worst, verdict->n_problems);
      else
        cot_member_row_set_findings (COT_MEMBER_ROW (row), COT_FINDING_SIGN_NONE, 0);
    }
  return G_SOURCE_REMOVE;
}

void
cot_bundle_sidebar_queue_update (CotBundleSidebar *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add_full (G_PRIORITY_LOW, update, self, NULL);
}

static void
cot_bundle_sidebar_dispose (GObject *object)
{
  CotBundleSidebar *self = COT_BUNDLE_SIDEBAR (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->a_case != NULL)
    g_signal_handlers_disconnect_by_data (self->a_case, self);
  g_clear_object (&self->a_case);
  g_clear_pointer (&self->shown_absent, g_free);
  g_clear_weak_pointer (&self->first_refused);
  cot_bundle_sidebar_merge_dispose (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cot_bundle_sidebar_parent_class)->dispose (object);
}

/* The row of the log in front, where there is one. */
static gboolean
cot_bundle_sidebar_grab_focus (GtkWidget *widget)
{
  CotBundleSidebar *self = COT_BUNDLE_SIDEBAR (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  if (row != NULL && gtk_widget_get_mapped (GTK_WIDGET (row))
      && gtk_widget_grab_focus (GTK_WIDGET (row)))
    return TRUE;
  return gtk_widget_child_focus (self->box, GTK_DIR_TAB_FORWARD);
}

static void
cot_bundle_sidebar_class_init (CotBundleSidebarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_bundle_sidebar_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = cot_bundle_sidebar_grab_focus;
  signals[LOG_CHOSEN] = g_signal_new ("log-chosen", COT_TYPE_BUNDLE_SIDEBAR, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 1, COT_TYPE_LOG);
  g_signal_new ("merge-logs", COT_TYPE_BUNDLE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_PTR_ARRAY, COT_TYPE_MERGED_LOG);
  cot_bundle_sidebar_merge_class_init (GTK_WIDGET_CLASS (klass));
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "bundlesidebar");
}

static GtkWidget *
make_head (CotBundleSidebar *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->title = gtk_label_new (NULL);
  self->subtitle = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_xalign (GTK_LABEL (self->subtitle), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (self->subtitle), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (self->subtitle), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->subtitle), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (self->subtitle), MAX_SUBTITLE_LINES);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_widget_add_css_class (self->subtitle, "caption");
  gtk_widget_add_css_class (self->subtitle, "secondary-text");
  gtk_box_append (GTK_BOX (names), self->title);
  gtk_box_append (GTK_BOX (names), self->subtitle);
  gtk_box_append (GTK_BOX (head), gtk_image_new_from_icon_name ("computer-symbolic"));
  gtk_widget_set_hexpand (names, TRUE);
  gtk_box_append (GTK_BOX (head), names);
  self->note = gtk_image_new_from_icon_name ("security-high-symbolic");
  gtk_widget_add_css_class (self->note, "secondary-text");
  gtk_widget_set_visible (self->note, FALSE);
  gtk_box_append (GTK_BOX (head), self->note);
  gtk_widget_add_css_class (head, "sidebar-head");
  self->head = head;
  return head;
}

static void
cot_bundle_sidebar_init (CotBundleSidebar *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->filter = gtk_search_entry_new ();
  self->list = gtk_list_box_new ();

  g_object_set (self->filter, "placeholder-text", _("Filter logs"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->filter), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Filter logs"), -1);
  gtk_widget_add_css_class (self->filter, "sidebar-filter");
  gtk_widget_set_visible (self->filter, FALSE);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), filter_row, self, NULL);
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), set_header, NULL, NULL);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  cot_bundle_sidebar_init_keys (self);
  g_signal_connect_swapped (self->filter, "search-changed",
                            G_CALLBACK (gtk_list_box_invalidate_filter), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_vexpand (scroller, TRUE);

  gtk_box_append (GTK_BOX (self->box), make_head (self));
  gtk_box_append (GTK_BOX (self->box), cot_bundle_sidebar_make_merged_row (self));
  gtk_box_append (GTK_BOX (self->box), self->filter);
  gtk_box_append (GTK_BOX (self->box), scroller);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
cot_bundle_sidebar_new (void)
{
  return g_object_new (COT_TYPE_BUNDLE_SIDEBAR, NULL);
}

/**
 * cot_bundle_sidebar_set_case:
 * @a_case: (nullable): the bundle
 */
void
cot_bundle_sidebar_set_case (CotBundleSidebar *self, CotCase *a_case)
{
  g_return_if_fail (COT_IS_BUNDLE_SIDEBAR (self));

  if (self->a_case == a_case)
    return;
  if (self->a_case != NULL)
    g_signal_handlers_disconnect_by_data (self->a_case, self);
  if (cot_bundle_sidebar_has_open_menu (self))
    gtk_popover_popdown (GTK_POPOVER (self->menu));
  g_clear_object (&self->menu_log);
  g_set_object (&self->a_case, a_case);
  self->n_members_shown = G_MAXUINT;
  gtk_editable_set_text (GTK_EDITABLE (self->filter), "");
  if (a_case != NULL)
    {
      g_signal_connect_swapped (a_case, "members-changed",
                                G_CALLBACK (cot_bundle_sidebar_queue_update), self);
      g_signal_connect_swapped (a_case, "findings-changed",
                                G_CALLBACK (cot_bundle_sidebar_queue_update), self);
      g_signal_connect_swapped (a_case, "progress-changed",
                                G_CALLBACK (cot_bundle_sidebar_queue_update), self);
    }
  cot_bundle_sidebar_queue_update (self);
}

/**
 * cot_bundle_sidebar_set_current:
 * @log: (nullable): the log whose tab is in front
 */
void
cot_bundle_sidebar_set_current (CotBundleSidebar *self, CotLog *log)
{
  g_return_if_fail (COT_IS_BUNDLE_SIDEBAR (self));

  self->current = log;
  select_current (self);
}

/* The focus alone brings a row only just into view. */
static gboolean
bring_to_top (gpointer data)
{
  CotBundleSidebar *self = data;
  GtkWidget *scroller = gtk_widget_get_ancestor (self->list, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  GtkWidget *heading;
  graphene_rect_t place;

  if (self->first_refused == NULL)
    return G_SOURCE_REMOVE;
  heading = gtk_list_box_row_get_header (GTK_LIST_BOX_ROW (self->first_refused));
  if (gtk_widget_compute_bounds (heading != NULL ? heading : self->first_refused, self->list,
                                 &place))
    gtk_adjustment_set_value (adjustment, place.origin.y);
  return G_SOURCE_REMOVE;
}

/**
 * cot_bundle_sidebar_show_refused:
 *
 * Scrolls to what could not be read, or not to its end.
 */
void
cot_bundle_sidebar_show_refused (CotBundleSidebar *self)
{
  g_return_if_fail (COT_IS_BUNDLE_SIDEBAR (self));

  gtk_editable_set_text (GTK_EDITABLE (self->filter), "");
  if (self->update_source != 0)
    {
      g_source_remove (self->update_source);
      update (self);
    }
  if (self->first_refused == NULL)
    return;
  gtk_widget_grab_focus (self->first_refused);
  /* The sidebar may have been hidden until now: its rows have their places with the next frame. */
  g_timeout_add_full (G_PRIORITY_LOW, SCROLL_DELAY_MSEC, bring_to_top, g_object_ref (self),
                      g_object_unref);
}
