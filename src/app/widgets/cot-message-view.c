/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-message-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-code-card.h"
#include "cot-code-sentences.h"
#include "cot-text-label.h"

/* A label is measured several times, at a cost that grows faster than its text. */
#define CHUNK_MAX_BYTES (4 * 1024)
/* The pane is never so narrow. Without a bound Pango sets a text to find it out with one letter in
 * a line, and for each line it copies all of what comes behind: that took seconds. */
#define MIN_CHARACTERS 24
/* More than a screen of any size: the rest comes when it is asked for. The first one is more than
 * most panes are high; each of the others comes in a frame of its own. */
#define FIRST_CHUNKS 4
#define MORE_CHUNKS 64
/* Each one costs in every layout of its chunk; a message with more is a list of them. */
#define MAX_UNDERLINED_CODES 64

struct _CotMessageView
{
  GtkWidget parent_instance;

  char *message;
  GPtrArray *codes; /* (nullable) (element-type CotCode) */
  GArray *ids; /* (nullable) (element-type CotMessageId) */
  gsize next; /* where the chunk begins that comes next, */
  guint n_wanted; /* and how many of them come */
  guint tick; /* 0: none */
  gboolean wrap;
  GtkWidget *scroller; /* (nullable) sideways, where lines are not wrapped */
  GtkWidget *box;
  GMenuModel *menu; /* of what is selected */
};

G_DEFINE_FINAL_TYPE (CotMessageView, cot_message_view, GTK_TYPE_WIDGET)

/* The end of the chunk that starts at @start: behind a line end where one is near, else between
 * two characters. */
static gsize
find_chunk_end (const char *text, gsize start, gsize length_bytes)
{
  gsize end;
  const char *line_end;

  if (length_bytes - start <= CHUNK_MAX_BYTES)
    return length_bytes;
  end = start + CHUNK_MAX_BYTES;
  while (end > start && ((guchar) text[end] & 0xc0) == 0x80)
    end--;
  line_end = g_strrstr_len (text + start, (gssize) (end - start), "\n");
  if (line_end != NULL && line_end > text + start)
    return (gsize) (line_end - text) + 1;
  return end > start ? end : start + CHUNK_MAX_BYTES;
}

static void
add_attribute (PangoAttrList *attributes, PangoAttribute *attribute, gsize start, gsize end)
{
  attribute->start_index = (guint) start;
  attribute->end_index = (guint) end;
  pango_attr_list_insert (attributes, attribute);
}

static void
underline_ids (CotMessageView *self, PangoAttrList *attributes, gsize start, gsize end)
{
  for (guint i = 0; self->ids != NULL && i < self->ids->len; i++)
    {
      const CotMessageId *id = &g_array_index (self->ids, CotMessageId, i);

      if (id->start >= start && id->end <= end)
        add_attribute (attributes, pango_attr_underline_new (PANGO_UNDERLINE_LOW),
                       id->start - start, id->end - start);
    }
}

static void
underline_codes (CotMessageView *self, GtkWidget *label, gsize start, gsize end)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  for (guint i = 0;
       self->codes != NULL && i < MIN (self->codes->len, MAX_UNDERLINED_CODES); i++)
    {
      const CotCode *code = g_ptr_array_index (self->codes, i);

      if (code->start < start || code->end > end)
        continue;
      add_attribute (attributes, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE),
                     code->start - start, code->end - start);
      add_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), code->start - start,
                     code->end - start);
    }
  underline_ids (self, attributes, start, end);
  cot_text_label_set_wrapping (GTK_LABEL (label), attributes);
  pango_attr_list_unref (attributes);
}

static void
on_popover_closed (GtkWidget *popover, gpointer data)
{
  gtk_widget_unparent (popover);
}

void
cot_code_popover_show (GtkWidget *parent, const GdkRectangle *place, const CotCode *code)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *card = cot_code_card_new (code, code->is_known);

  gtk_widget_set_size_request (card, 320, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), card);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_TOP);
  gtk_widget_set_parent (popover, parent);
  if (place != NULL)
    gtk_popover_set_pointing_to (GTK_POPOVER (popover), place);
  g_signal_connect (popover, "closed", G_CALLBACK (on_popover_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* Which byte of the message lies under a point of a chunk's label. */
static gboolean
find_byte_at (GtkWidget *label, double x, double y, gsize *byte)
{
  gsize start = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (label), "start"));
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));
  int layout_x;
  int layout_y;
  int index;
  int trailing;

  gtk_label_get_layout_offsets (GTK_LABEL (label), &layout_x, &layout_y);
  if (!pango_layout_xy_to_index (layout, (int) (x - layout_x) * PANGO_SCALE,
                                 (int) (y - layout_y) * PANGO_SCALE, &index, &trailing))
    return FALSE;
  *byte = start + (gsize) index;
  return TRUE;
}

/* (nullable) */
static const CotCode *
find_code_at (CotMessageView *self, gsize byte)
{
  for (guint i = 0; self->codes != NULL && i < self->codes->len; i++)
    {
      const CotCode *code = g_ptr_array_index (self->codes, i);

      if (code->start <= byte && byte < code->end)
        return code;
    }
  return NULL;
}

/* (nullable) */
static char *
dup_id_at (CotMessageView *self, gsize byte)
{
  for (guint i = 0; self->ids != NULL && i < self->ids->len; i++)
    {
      const CotMessageId *id = &g_array_index (self->ids, CotMessageId, i);

      if (id->start <= byte && byte < id->end)
        return g_strndup (self->message + id->start, id->end - id->start);
    }
  return NULL;
}

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  CotMessageView *self = COT_MESSAGE_VIEW (data);
  GtkWidget *label = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GdkRectangle place = { (int) x, (int) y, 1, 1 };
  g_autofree char *id = NULL;
  const CotCode *code;
  gsize byte;

  if (gtk_label_get_selection_bounds (GTK_LABEL (label), NULL, NULL)
      || !find_byte_at (label, x, y, &byte))
    return;
  code = find_code_at (self, byte);
  id = dup_id_at (self, byte);
  if (code != NULL)
    cot_code_popover_show (GTK_WIDGET (self), &place, code);
  else if (id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.find-all-text", "s", id);
}

static gboolean
on_query_tooltip (GtkWidget *label, int x, int y, gboolean keyboard, GtkTooltip *tooltip,
                  gpointer data)
{
  CotMessageView *self = COT_MESSAGE_VIEW (data);
  const CotCode *code;
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;
  gsize byte;

  if (keyboard || !find_byte_at (label, x, y, &byte))
    return FALSE;
  code = find_code_at (self, byte);
  id = dup_id_at (self, byte);
  if (code != NULL)
    text = cot_code_sentence_dup (code);
  else if (id != NULL)
    text = g_strdup (_("A click lists all entries with this identifier"));
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static void
append_chunk (CotMessageView *self, gsize start, gsize end)
{
  g_autofree char *text = g_strndup (self->message + start, end - start);
  GtkWidget *label = gtk_label_new (g_strchomp (text));
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_extra_menu (GTK_LABEL (label), self->menu);
  gtk_widget_add_css_class (label, "monospace");
  /* A log is written from left to right, whatever characters stand in it. */
  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  g_object_set_data (G_OBJECT (label), "start", GSIZE_TO_POINTER (start));
  underline_codes (self, label, start, end);
  gtk_label_set_wrap (GTK_LABEL (label), self->wrap);
  gtk_label_set_width_chars (GTK_LABEL (label), MIN_CHARACTERS);
  gtk_widget_set_has_tooltip (label, TRUE);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (on_query_tooltip), self);
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (click));
  gtk_box_append (GTK_BOX (self->box), label);
}

static void want_chunks (CotMessageView *self, guint n_chunks);

static void
on_show_more (GtkButton *button, gpointer data)
{
  CotMessageView *self = COT_MESSAGE_VIEW (data);

  gtk_box_remove (GTK_BOX (self->box), GTK_WIDGET (button));
  want_chunks (self, MORE_CHUNKS);
}

static void
append_button (CotMessageView *self, gsize n_left_bytes)
{
  g_autofree char *size = g_format_size (n_left_bytes);
  g_autofree char *text = g_strdup_printf (_("Show more (%s)"), size);
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect (button, "clicked", G_CALLBACK (on_show_more), self);
  gtk_box_append (GTK_BOX (self->box), button);
}

/* Returns whether there are more of them to come. */
static gboolean
append_next (CotMessageView *self)
{
  gsize length_bytes = strlen (self->message);
  gsize end;

  if (self->next >= length_bytes)
    {
      self->n_wanted = 0;
      return FALSE;
    }
  end = find_chunk_end (self->message, self->next, length_bytes);
  append_chunk (self, self->next, end);
  self->next = end;
  if (--self->n_wanted > 0)
    return TRUE;
  if (end < length_bytes)
    append_button (self, length_bytes - end);
  return FALSE;
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  CotMessageView *self = COT_MESSAGE_VIEW (widget);

  if (append_next (self))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
want_chunks (CotMessageView *self, guint n_chunks)
{
  self->n_wanted += n_chunks;
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static void
stop_chunks (CotMessageView *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  self->n_wanted = 0;
  self->next = 0;
}

static void
cot_message_view_dispose (GObject *object)
{
  CotMessageView *self = COT_MESSAGE_VIEW (object);
  GtkWidget *child;

  stop_chunks (self);
  /* The box, and a popover that is still open. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_object (&self->menu);

  G_OBJECT_CLASS (cot_message_view_parent_class)->dispose (object);
}

/* (nullable): the selected text, as far as one line goes: no more of it can stand in a row. */
static char *
dup_selection (CotMessageView *self)
{
  for (GtkWidget *label = gtk_widget_get_first_child (self->box); label != NULL;
       label = gtk_widget_get_next_sibling (label))
    {
      int start;
      int end;
      g_autofree char *text = NULL;

      if (!GTK_IS_LABEL (label)
          || !gtk_label_get_selection_bounds (GTK_LABEL (label), &start, &end))
        continue;
      text = g_utf8_substring (gtk_label_get_text (GTK_LABEL (label)), start, end);
      g_strstrip (text);
      text[strcspn (text, "\r\n")] = '\0';
      if (*text != '\0')
        return g_steal_pointer (&text);
    }
  return NULL;
}

static void
on_selection_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *text = dup_selection (COT_MESSAGE_VIEW (widget));

  if (text == NULL)
    gtk_widget_activate_action (widget, "win.toast", "s", _("Select a part of the text first"));
  else if (g_str_equal (name, "message.find"))
    gtk_widget_activate_action (widget, "win.find-text", "s", text);
  else if (g_str_equal (name, "message.find-all"))
    gtk_widget_activate_action (widget, "win.find-all-text", "s", text);
  else if (g_str_equal (name, "message.highlight"))
    gtk_widget_activate_action (widget, "win.highlight-text", "s", text);
  else
    gtk_widget_activate_action (widget, "win.filter-text", "(sb)", text,
                                g_str_equal (name, "message.filter-out"));
}

static GMenuModel *
make_menu (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _("_Find"), "message.find");
  g_menu_append (menu, _("Find in All _Logs"), "message.find-all");
  g_menu_append (menu, _("_Highlight"), "message.highlight");
  g_menu_append (menu, _("Filter _In"), "message.filter-in");
  g_menu_append (menu, _("Filter _Out"), "message.filter-out");
  return G_MENU_MODEL (menu);
}

static void
cot_message_view_class_init (CotMessageViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cot_message_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "messageview");
  gtk_widget_class_install_action (widget_class, "message.find", NULL, on_selection_action);
  gtk_widget_class_install_action (widget_class, "message.find-all", NULL, on_selection_action);
  gtk_widget_class_install_action (widget_class, "message.highlight", NULL, on_selection_action);
  gtk_widget_class_install_action (widget_class, "message.filter-in", NULL, on_selection_action);
  gtk_widget_class_install_action (widget_class, "message.filter-out", NULL, on_selection_action);
}

static void
cot_message_view_init (CotMessageView *self)
{
  self->menu = make_menu ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->wrap = TRUE;
}

GtkWidget *
cot_message_view_new (void)
{
  return g_object_new (COT_TYPE_MESSAGE_VIEW, NULL);
}

/**
 * cot_message_view_set_message:
 * @message: valid UTF-8, with every dangerous character made visible
 * @codes: (nullable) (element-type CotCode): the codes in it, in order
 * @ids: (nullable) (element-type CotMessageId): the identifiers in it, in order
 */
void
cot_message_view_set_message (CotMessageView *self, const char *message, GPtrArray *codes,
                              GArray *ids)
{
  GtkWidget *child;

  g_return_if_fail (COT_IS_MESSAGE_VIEW (self));

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  g_free (self->message);
  self->message = g_strdup (message);
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  if (codes != NULL)
    self->codes = g_ptr_array_ref (codes);
  g_clear_pointer (&self->ids, g_array_unref);
  if (ids != NULL)
    self->ids = g_array_ref (ids);
  stop_chunks (self);
  self->n_wanted = FIRST_CHUNKS;
  if (append_next (self))
    want_chunks (self, 0);
}

/**
 * cot_message_view_append:
 * @text: valid UTF-8, with every dangerous character made visible
 */
void
cot_message_view_append (CotMessageView *self, const char *text)
{
  char *message;

  g_return_if_fail (COT_IS_MESSAGE_VIEW (self));

  message = g_strconcat (self->message, text, NULL);
  g_free (self->message);
  self->message = message;
  want_chunks (self, MORE_CHUNKS);
}

/* A scrolled window asks its child for no height at its width: what wraps stands in none. */
static void
place_box (CotMessageView *self)
{
  g_autoptr (GtkWidget) box = g_object_ref (self->box);

  if (self->wrap)
    {
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), NULL);
      g_clear_pointer (&self->scroller, gtk_widget_unparent);
      gtk_widget_set_parent (box, GTK_WIDGET (self));
      return;
    }
  gtk_widget_unparent (box);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

/**
 * cot_message_view_set_wrap:
 * @wrap: whether lines that are too long are broken
 */
void
cot_message_view_set_wrap (CotMessageView *self, gboolean wrap)
{
  g_return_if_fail (COT_IS_MESSAGE_VIEW (self));

  if (self->wrap == wrap)
    return;
  self->wrap = wrap;
  place_box (self);
  for (GtkWidget *child = gtk_widget_get_first_child (self->box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LABEL (child))
      gtk_label_set_wrap (GTK_LABEL (child), wrap);
}
