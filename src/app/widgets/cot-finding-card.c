/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-finding-card.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-copy-button.h"
#include "cot-evidence-list.h"
#include "cot-finding-sentences.h"
#include "cot-finding-text.h"
#include "cot-journey-sentences.h"
#include "cot-steps.h"
#include "cot-story-list.h"
#include "cot-text-label.h"

/* Year, month, day, hour, minute, second. */
#define N_TIME_PARTS 6
/* How often "in 42 minutes" is said anew. */
#define FACTS_INTERVAL_SECONDS 20

enum
{
  GO_TO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define MAX_VALUE_CHARS 4000

struct _CotFindingCard
{
  GtkWidget parent_instance;

  CotCase *a_case;
  CotFinding *finding;
  GtkWidget *box;
  GPtrArray *facts; /* (element-type GtkLabel), which the box owns */
  guint facts_source;
};

G_DEFINE_FINAL_TYPE (CotFindingCard, cot_finding_card, GTK_TYPE_WIDGET)

static void
append_title (CotFindingCard *self, const char *text)
{
  gtk_box_append (GTK_BOX (self->box), cot_text_label_new (text, "card-title"));
}

/* A heading and a text of the knowledge; nothing where it has no such text. */
static void
append_text (CotFindingCard *self, const char *title, const char *text)
{
  g_autofree char *expanded = NULL;

  if (text == NULL || *text == '\0')
    return;
  expanded = cot_finding_expand (self->finding, cot_finding_text_translate (text));
  append_title (self, title);
  gtk_box_append (GTK_BOX (self->box), cot_step_label_new (expanded));
}

static void
append_notes (CotFindingCard *self)
{
  for (guint i = 0; i < self->finding->notes->len; i++)
    {
      const CotNote *note = g_ptr_array_index (self->finding->notes, i);
      g_autofree char *text = cot_note_expand (note, cot_finding_text_translate (note->text));

      gtk_box_append (GTK_BOX (self->box), cot_text_label_new (text, "note"));
    }
}

/* The same sentences, with the durations of now. */
static gboolean
renew_facts (gpointer data)
{
  CotFindingCard *self = data;
  g_auto (GStrv) facts = cot_sentence_dup_facts (self->finding, g_get_real_time ());

  for (guint i = 0; facts[i] != NULL && i < self->facts->len; i++)
    {
      GtkLabel *label = g_ptr_array_index (self->facts, i);

      if (!g_str_equal (gtk_label_get_text (label), facts[i]))
        gtk_label_set_text (label, facts[i]);
    }
  return G_SOURCE_CONTINUE;
}

/* What did not come, what is due, and how often the line came back. */
static void
append_facts (CotFindingCard *self)
{
  g_auto (GStrv) facts = cot_sentence_dup_facts (self->finding, g_get_real_time ());

  for (guint i = 0; facts[i] != NULL; i++)
    {
      GtkWidget *label = cot_text_label_new (facts[i], "note");

      g_ptr_array_add (self->facts, label);
      gtk_box_append (GTK_BOX (self->box), label);
    }
  if (cot_sentence_facts_age (self->finding))
    self->facts_source = g_timeout_add_seconds (FACTS_INTERVAL_SECONDS, renew_facts, self);
}

/* What the conditions could not look at. */
static void
append_missing_logs (CotFindingCard *self)
{
  g_autofree char *sentence = cot_sentence_dup_missing_for_finding (self->finding);

  if (sentence != NULL)
    gtk_box_append (GTK_BOX (self->box), cot_text_label_new (sentence, "note"));
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint64 number_a = *(const guint64 *) a;
  guint64 number_b = *(const guint64 *) b;

  return number_a < number_b ? -1 : number_a > number_b;
}

/* The numbers in @text, ordered: what two spellings of one time have in common. */
static GArray *
collect_numbers (const char *text)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint64));

  while (*text != '\0')
    {
      char *end;
      guint64 number;

      if (!g_ascii_isdigit (*text))
        {
          text++;
          continue;
        }
      number = g_ascii_strtoull (text, &end, 10);
      g_array_append_val (numbers, number);
      text = end;
    }
  g_array_sort (numbers, compare_numbers);
  return numbers;
}

/* Whether @decoded is the date and time of @text, written in another order. */
static gboolean
is_same_time (const char *text, const char *decoded)
{
  g_autoptr (GArray) written = collect_numbers (text);
  g_autoptr (GArray) read = collect_numbers (decoded);

  return read->len >= N_TIME_PARTS && written->len == read->len
         && memcmp (written->data, read->data, read->len * sizeof (guint64)) == 0;
}

/* Whether @decoded has @text in it as a word of its own: "401" in "HTTP 401: Unauthorized". */
static gboolean
has_word (const char *decoded, const char *text)
{
  const char *at = strstr (decoded, text);
  const char *end = at != NULL ? at + strlen (text) : NULL;

  return at != NULL && (at == decoded || !g_ascii_isalnum (at[-1])) && !g_ascii_isalnum (*end);
}

/* The text as written and what it means; once, where both say the same. */
static char *
dup_capture_text (const CotCapture *capture)
{
  const char *decoded
      = capture->decoded != NULL ? cot_finding_text_translate (capture->decoded) : NULL;

  if (decoded == NULL)
    return g_strdup (capture->text);
  if (is_same_time (capture->text, decoded) || has_word (decoded, capture->text))
    return g_strdup (decoded);
  return g_strdup_printf ("%s: %s", capture->text, decoded);
}

/* All of it but for what nobody reads; what is copied is whole. */
static char *
dup_cut (const char *text)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= MAX_VALUE_CHARS)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, MAX_VALUE_CHARS);
  return g_strconcat (start, "…", NULL);
}

/* "{attempt}" becomes "attempt": names of captures are plain words of the knowledge. */
static void
append_captures (CotFindingCard *self)
{
  GtkWidget *grid;

  if (self->finding->captures->len == 0)
    return;
  append_title (self, _("What the line says"));
  grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 2);
  for (guint i = 0; i < self->finding->captures->len; i++)
    {
      const CotCapture *capture = g_ptr_array_index (self->finding->captures, i);
      g_autofree char *name = g_strdelimit (g_strdup (capture->name), "_", ' ');
      g_autofree char *text = dup_capture_text (capture);
      g_autofree char *shown = dup_cut (text);
      GtkWidget *name_label = gtk_label_new (name);
      GtkWidget *value = cot_text_label_new (shown, NULL);
      GtkWidget *copy
          = cot_copy_button_new (capture->text, _("Copy the value"), _("Value copied"));

      gtk_widget_add_css_class (name_label, "secondary-text");
      gtk_widget_set_halign (name_label, GTK_ALIGN_START);
      gtk_widget_set_valign (name_label, GTK_ALIGN_START);
      gtk_widget_set_hexpand (value, TRUE);
      gtk_widget_set_valign (copy, GTK_ALIGN_START);
      gtk_grid_attach (GTK_GRID (grid), name_label, 0, (int) i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), value, 1, (int) i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), copy, 2, (int) i, 1, 1);
    }
  gtk_box_append (GTK_BOX (self->box), grid);
}

static void
on_go_to (CotFindingCard *self, CotLog *log, guint64 ordinal)
{
  g_signal_emit (self, signals[GO_TO], 0, log, ordinal);
}

static void
append_evidence (CotFindingCard *self)
{
  GtkWidget *list = cot_evidence_list_new (self->a_case, self->finding);

  append_title (self, _("Evidence"));
  g_signal_connect_swapped (list, "go-to", G_CALLBACK (on_go_to), self);
  gtk_box_append (GTK_BOX (self->box), list);
}

/* Only a cause from which something followed has more to tell than its evidence. */
static void
append_story (CotFindingCard *self)
{
  g_autoptr (CotStory) story = cot_case_tell_story (self->a_case, self->finding);
  GtkWidget *list;

  if (story == NULL || story->n_findings < 2 || story->cause != self->finding)
    return;
  append_title (self, _("What happened"));
  list = cot_story_list_new (self->a_case, story);
  g_signal_connect_swapped (list, "go-to", G_CALLBACK (on_go_to), self);
  gtk_box_append (GTK_BOX (self->box), list);
}

static void
append_references (CotFindingCard *self)
{
  guint n_references;
  const CotReference *references
      = cot_detector_get_references (self->finding->detector, &n_references);

  for (guint i = 0; i < n_references; i++)
    {
      g_autofree char *text
          = g_strdup_printf (_("Source: %s"), cot_finding_text_translate (references[i].text));

      if (cot_detector_is_builtin (self->finding->detector)
          && cot_finding_text_is_allowed_url (references[i].url))
        {
          GtkWidget *link = gtk_link_button_new_with_label (references[i].url, text);
          GtkWidget *label = gtk_button_get_child (GTK_BUTTON (link));

          cot_text_label_set_wrapping (GTK_LABEL (label), NULL);
          gtk_label_set_xalign (GTK_LABEL (label), 0);
          gtk_widget_add_css_class (link, "source-link");
          gtk_widget_set_halign (link, GTK_ALIGN_START);
          gtk_box_append (GTK_BOX (self->box), link);
        }
      else
        {
          gtk_box_append (GTK_BOX (self->box), cot_text_label_new (text, "secondary-text"));
        }
    }
}

static GtkWidget *
make_head_line (CotFindingCard *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name (cot_finding_text_get_icon (self->finding));
  /* In an exercise what is normal may be what it was about. */
  GtkWidget *word = gtk_label_new (self->finding->waiting || self->finding->expected
                                       ? cot_finding_text_get_kind (self->finding)
                                       : _("Read this first"));
  GtkWidget *area = gtk_label_new (
      cot_finding_text_get_area (cot_detector_get_area (self->finding->detector)));
  const char *css_class = cot_finding_text_get_css_class (self->finding);

  gtk_widget_add_css_class (icon, css_class);
  gtk_widget_add_css_class (word, css_class);
  gtk_widget_add_css_class (word, "card-kind");
  gtk_widget_add_css_class (area, "secondary-text");
  gtk_widget_add_css_class (area, "caption");
  gtk_label_set_ellipsize (GTK_LABEL (area), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (area), 1);
  gtk_widget_set_hexpand (area, TRUE);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), word);
  gtk_box_append (GTK_BOX (line), area);
  return line;
}

static void
append_head (CotFindingCard *self)
{
  g_autofree char *whose = cot_finding_text_dup_whose (self->a_case, self->finding, FALSE);
  g_autofree char *title = cot_finding_text_dup_title (self->finding);
  g_autofree char *when = cot_finding_text_dup_when (self->finding);
  g_autofree char *where
      = whose != NULL ? g_strdup_printf ("%s · %s", whose, when) : g_strdup (when);

  gtk_box_append (GTK_BOX (self->box), make_head_line (self));
  gtk_box_append (GTK_BOX (self->box), cot_text_label_new (title, "finding-title"));
  gtk_box_append (GTK_BOX (self->box), cot_text_label_new (where, "secondary-text"));
}

static void
fill (CotFindingCard *self, gboolean headline)
{
  CotFinding *finding = self->finding;

  if (headline)
    append_head (self);
  if (finding->state == COT_FINDING_HISTORY)
    gtk_box_append (GTK_BOX (self->box),
                    cot_text_label_new (_("This is over: later entries of the log say so."),
                                        "note"));
  append_text (self, _("What it means"), finding->meaning);
  append_notes (self);
  append_facts (self);
  append_missing_logs (self);
  append_text (self, _("Likely cause"), finding->cause);
  if (finding->n_steps > 0)
    {
      append_title (self, _("What to do"));
      gtk_box_append (GTK_BOX (self->box), cot_steps_new (finding));
    }
  else if (finding->expected)
    {
      gtk_box_append (GTK_BOX (self->box),
                      cot_text_label_new (_("This is normal: there is nothing to do."), NULL));
    }
  append_text (self, _("How to see that it works"), finding->verify);
  append_story (self);
  append_evidence (self);
  /* Behind the steps and the evidence: a whole command line would push them out of sight. */
  append_captures (self);
  append_references (self);
}

static void
cot_finding_card_dispose (GObject *object)
{
  CotFindingCard *self = COT_FINDING_CARD (object);

  g_clear_handle_id (&self->facts_source, g_source_remove);
  g_clear_pointer (&self->facts, g_ptr_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->finding, cot_finding_unref);
  g_clear_object (&self->a_case);

  G_OBJECT_CLASS (cot_finding_card_parent_class)->dispose (object);
}

static void
cot_finding_card_class_init (CotFindingCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_finding_card_dispose;
  signals[GO_TO]
      = g_signal_new ("go-to", COT_TYPE_FINDING_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, COT_TYPE_LOG, G_TYPE_UINT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "findingcard");
}

static void
cot_finding_card_init (CotFindingCard *self)
{
  self->facts = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * cot_finding_card_new:
 * @a_case: whose finding it is
 * @finding: what is shown; a reference is taken
 * @headline: whether to draw it as the card that is read first
 *
 * Returns: (transfer floating): the card
 */
GtkWidget *
cot_finding_card_new (CotCase *a_case, CotFinding *finding, gboolean headline)
{
  CotFindingCard *self = g_object_new (COT_TYPE_FINDING_CARD, NULL);

  self->a_case = g_object_ref (a_case);
  self->finding = cot_finding_ref (finding);
  if (headline)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "card");
      gtk_widget_add_css_class (GTK_WIDGET (self), "headline");
      gtk_widget_add_css_class (GTK_WIDGET (self), cot_finding_text_get_css_class (finding));
    }
  fill (self, headline);
  return GTK_WIDGET (self);
}

/**
 * cot_finding_card_add_guide_link:
 *
 * Adds the link to the guide entry of the finding's detector.
 */
void
cot_finding_card_add_guide_link (CotFindingCard *self)
{
  GtkWidget *button;

  g_return_if_fail (COT_IS_FINDING_CARD (self));

  button = gtk_button_new_with_label (_("Read about it in the guide"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "text-link");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-guide");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s",
                                    cot_detector_get_id (self->finding->detector));
  gtk_box_append (GTK_BOX (self->box), button);
}
